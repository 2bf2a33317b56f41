/// Billing: wallets, the ledger and prices. Knows nothing of jobs: it holds, charges and releases money for a team,
/// with a
/// reference and a text.
///
/// *Words*: credit, hold, charge, release. *Invariants*: a transfer is a whole double entry, so nothing is ever out of
/// balance;
/// transfers are only added; a reference is held, charged and released at most once; a wallet equals the sum of its
/// transfers and its available money is never below zero. All four live in the database.
/// *Event in*: `TeamCreated`. *Tables*: `wallets`, `ledger_transfers` (view `ledger_entries`), `price_versions`.
@NullMarked
package org.quantumhub.billing;

import org.jspecify.annotations.NullMarked;
