/// Analytics: what was used, by whom, and whether the books agree. Listens and reads; nobody calls it but its own
/// doors.
///
/// *Words*: usage, roll-up, reconciliation, invariant. *Invariants*: rolling a day up again writes the same rows; a
/// statement of a provider is taken in once. *Tables*: `usage_analytics`, `usage_days`, `provider_statements`,
/// `provider_statement_lines`.
@NullMarked
package org.quantumhub.analytics;

import org.jspecify.annotations.NullMarked;
