package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// What a team has, for reading: only the ledger's trigger changes it.
@Entity
@Table(name = "wallets")
public class Wallet {

    @Id
    @Column(name = "team_id")
    private UUID teamId;

    private String currency;
    private BigDecimal available;
    private BigDecimal held;
    private BigDecimal spent;

    @SuppressWarnings("NullAway") // for JPA: rows are opened by Ledger
    protected Wallet() {}

    public Money available() {
        return money(available);
    }

    public Money held() {
        return money(held);
    }

    public Money spent() {
        return money(spent);
    }

    private Money money(BigDecimal amount) {
        return new Money(amount, Currency.getInstance(currency));
    }
}
