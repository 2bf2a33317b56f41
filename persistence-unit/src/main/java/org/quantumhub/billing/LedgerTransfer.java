package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// A posted transfer, for reading.
@Entity
@Table(name = "ledger_transfers")
public class LedgerTransfer {

    @Id
    private long id;

    @Column(name = "team_id")
    private UUID teamId;

    @Enumerated(EnumType.STRING)
    private TransferKind kind;

    private UUID reference;

    @Column(name = "debit_account")
    @Enumerated(EnumType.STRING)
    private TransferKind.Account debitAccount;

    @Column(name = "credit_account")
    @Enumerated(EnumType.STRING)
    private TransferKind.Account creditAccount;

    private BigDecimal amount;
    private String currency;
    private String description;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are posted by Ledger
    protected LedgerTransfer() {}

    public long id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public TransferKind.Account debitAccount() {
        return debitAccount;
    }

    public TransferKind.Account creditAccount() {
        return creditAccount;
    }

    public TransferKind kind() {
        return kind;
    }

    public UUID reference() {
        return reference;
    }

    public Money amount() {
        return new Money(amount, Currency.getInstance(currency));
    }

    public String description() {
        return description;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
