package org.quantumhub.billing;

/// What a transfer does, and between which accounts. The database accepts no other pairing.
public enum TransferKind {
    /// a grant: money the hub gives away, such as the welcome credit
    CREDIT(Account.FUNDING, Account.AVAILABLE),
    /// money paid in advance
    TOPUP(Account.CASH, Account.AVAILABLE),
    /// money paid in advance that is paid back
    PAYOUT(Account.AVAILABLE, Account.CASH),
    /// a credit line: may be spent now and is billed later
    ADVANCE(Account.LINE, Account.AVAILABLE),
    /// a credit line, or a part of it, taken back
    RECALL(Account.AVAILABLE, Account.LINE),
    /// set aside for work under way
    HOLD(Account.AVAILABLE, Account.HELD),
    /// the part of a hold that is paid
    CHARGE(Account.HELD, Account.REVENUE),
    /// the part of a hold that is given back
    RELEASE(Account.HELD, Account.AVAILABLE),
    /// a charge that is given back, before its bill or with the next one
    REFUND(Account.REVENUE, Account.AVAILABLE),
    /// a bill is paid: the credit line it had used can be used again
    PAYMENT(Account.CASH, Account.AVAILABLE),
    /// the tax in a payment
    TAX(Account.CASH, Account.TAX),
    /// what a bill took more than the ledger by rounding
    ROUND_IN(Account.CASH, Account.ROUNDING),
    /// what a bill took less than the ledger by rounding
    ROUND_OUT(Account.ROUNDING, Account.AVAILABLE),
    /// the unpaid part of a bill that a credit note takes back
    WAIVE(Account.REVENUE, Account.AVAILABLE),
    /// the paid part of a bill that a credit note takes back; from then on money paid in advance
    RETURN(Account.REVENUE, Account.AVAILABLE),
    /// the tax in the paid part of a bill that a credit note takes back
    TAX_BACK(Account.TAX, Account.AVAILABLE);

    private final Account debit;
    private final Account credit;

    TransferKind(Account debit, Account credit) {
        this.debit = debit;
        this.credit = credit;
    }

    public Account debit() {
        return debit;
    }

    public Account credit() {
        return credit;
    }

    /// The accounts each team has in the ledger.
    public enum Account {
        /// where grants come from
        FUNDING,
        /// where money comes from that was paid
        CASH,
        /// where credit lines come from
        LINE,
        /// what the team may spend
        AVAILABLE,
        /// what is set aside for work under way
        HELD,
        /// what the team has been charged
        REVENUE,
        /// tax that was paid with bills
        TAX,
        /// what rounding on bills took or gave
        ROUNDING
    }
}
