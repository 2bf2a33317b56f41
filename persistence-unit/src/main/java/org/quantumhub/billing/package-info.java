/// Billing: wallets, the ledger and prices. Knows nothing of jobs: it holds, charges and releases money for a team,
/// with a
/// reference and a text.
///
/// *Words*: credit, hold, charge, release, refund, credit line, budget, seal, bill, credit note, payment, close.
///
/// *Invariants*: a transfer is a whole double entry, so nothing is ever out of balance; transfers are only added, and
/// sealed by a hash chain; a reference is held, charged, released and refunded at most once; a wallet equals the sum of
/// its transfers and its available money is never below zero; a budget equals the sum of its entries and one that caps
/// is
/// never passed; versions of a price follow each other; a month of a team is billed once, its bill says what the ledger
/// says, an issued bill is never changed, and numbers have no gap; a payment is booked once. All of them live in the
/// database.
///
/// *Event in*: `TeamCreated`. *Events out*: `BudgetThresholdReached`, `BillIssued`, `BillOverdue`, `PaymentReceived`.
/// *Tables*: `wallets`, `ledger_transfers` (view `ledger_entries`), `ledger_seals`, `price_versions`, `budgets`,
/// `budget_entries`, `budget_warnings`, `tax_rates`, `billing_profiles`, `bill_numbers`, `bills`, `billing_items`,
/// `bill_reminders`, `payments`, `bank_entries`, `checkouts`.
@NullMarked
package org.quantumhub.billing;

import org.jspecify.annotations.NullMarked;
