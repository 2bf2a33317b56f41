package org.quantumhub.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// An amount of one currency, exact to eight decimals. Written as a string in JSON, `numeric(18,8)` in the database,
/// and rounded to the currency's own decimals only on a bill.
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /// Decimals kept inside the hub: a shot costs far less than a cent.
    public static final int SCALE = 8;

    public Money {
        if (amount.scale() > SCALE && amount.stripTrailingZeros().scale() > SCALE) {
            throw new IllegalArgumentException(
                    "money has at most " + SCALE + " decimals, got " + amount.toPlainString());
        }
        amount = amount.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /// @throws IllegalArgumentException when the currencies differ: they are never mixed
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    /// @throws IllegalArgumentException when the currencies differ
    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    public Money times(long quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)), currency);
    }

    public Money atLeast(Money minimum) {
        return compareTo(minimum) < 0 ? minimum : this;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    /// @throws IllegalArgumentException when the currencies differ
    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot mix " + currency + " and " + other.currency);
        }
        return other;
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
