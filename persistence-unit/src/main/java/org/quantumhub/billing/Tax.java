package org.quantumhub.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The tax on a bill.
///
/// @param name such as VAT; null where none is charged
/// @param rate in percent
/// @param note what the bill must say about it
public record Tax(
        @Nullable String name, BigDecimal rate, @Nullable String note) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// The standard rate of a country.
    ///
    /// @param eu whether the country belongs to the European Union
    public record Rate(String country, String name, BigDecimal rate, boolean eu) {}

    /// Looks a country's rate up.
    @FunctionalInterface
    public interface Rates {
        @Nullable
        Rate of(String country, LocalDate day);
    }

    public static final Tax NONE = new Tax(null, BigDecimal.ZERO, null);

    /// Which tax a sale of services by wire bears, by the rules of the European Union and otherwise by plain sense: the
    /// seller's own at home; none, with the debt turned to the buyer, for a business elsewhere in the Union; the
    /// buyer's for a private person there; none for who is outside.
    ///
    /// @param seller the seller's country; null when the seller has not said, and charges none
    /// @param buyer the buyer's country; the seller's, if null
    /// @param taxId the buyer's, if it is a business
    public static Tax between(
            @Nullable String seller, @Nullable String buyer, @Nullable String taxId, LocalDate day, Rates rates) {
        if (seller == null) {
            return NONE;
        }
        Rate home = rates.of(seller, day);
        if (home == null) {
            return NONE;
        }
        if (buyer == null || buyer.equals(seller)) {
            return new Tax(home.name(), home.rate(), null);
        }
        Rate abroad = rates.of(buyer, day);
        if (home.eu() && abroad != null && abroad.eu()) {
            return taxId != null
                    ? new Tax(home.name(), BigDecimal.ZERO, "Reverse charge: the tax is owed by the recipient.")
                    : new Tax(abroad.name(), abroad.rate(), null);
        }
        return new Tax(home.name(), BigDecimal.ZERO, "Not taxable here: supply to a recipient abroad.");
    }

    /// @param digits decimals of the currency
    BigDecimal on(BigDecimal amount, int digits) {
        return amount.multiply(rate).divide(HUNDRED, digits, RoundingMode.HALF_UP);
    }
}
