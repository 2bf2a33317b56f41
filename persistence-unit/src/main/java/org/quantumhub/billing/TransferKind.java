package org.quantumhub.billing;

/// What a transfer does, and between which accounts. The database accepts no other pairing.
public enum TransferKind {
    CREDIT(Account.FUNDING, Account.AVAILABLE),
    HOLD(Account.AVAILABLE, Account.HELD),
    CHARGE(Account.HELD, Account.REVENUE),
    RELEASE(Account.HELD, Account.AVAILABLE),
    REFUND(Account.REVENUE, Account.AVAILABLE);

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
        /// where credits come from: payments, grants
        FUNDING,
        /// what the team may spend
        AVAILABLE,
        /// what is set aside for work under way
        HELD,
        /// what the team has paid for
        REVENUE
    }
}
