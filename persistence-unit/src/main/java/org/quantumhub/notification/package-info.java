/// Telling people and machines what happened: by mail, in their inbox, on open streams, by webhook.
///
/// *Words*: mail (a message to one address, made of a template and its values), outbox (where it waits until it has
/// been
/// sent), feed (what happened, for those who listen), cursor (how far somebody has heard), endpoint and delivery (of a
/// webhook).
///
/// *Invariants*: a mail and an entry of the feed are written in the transaction that causes them; what a mail says is
/// stored sealed and forgotten once sent, so that no token in a link can be read from the database. The feed, and the
/// events of jobs beside it, are read up to a horizon below which nothing can appear any more: nobody who listens
/// misses an
/// entry, and an event reaches an endpoint's queue once. A delivery is sent at least once, under one id, to a public
/// address that was judged when connecting. Who listens hears what their team may hear at that moment.
///
/// *Events in*: those of `account` and `team` that ask for a mail, `TeamStanding`, `MembershipChanged`,
/// `BudgetThresholdReached`, `BillIssued`, `BillOverdue`, `PaymentReceived`, `SecretJudged`. *Tables*: `mails`,
/// `feed_entries`, `notifications`, `notification_preferences`,
/// `webhook_endpoints`, `webhook_deliveries`, `webhook_attempts`, `webhook_positions`.
@NullMarked
package org.quantumhub.notification;

import org.jspecify.annotations.NullMarked;
