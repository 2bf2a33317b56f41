package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// The price of something for a period. Whoever was quoted this version pays this version.
@Entity
@Table(name = "price_versions")
public class PriceVersion {

    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

    /// What a column of money takes at most.
    private static final BigDecimal LARGEST = new BigDecimal("9999999999.99999999");

    private static final double HEADROOM = 3;
    private static final double LONGEST_SECONDS = 1e9;

    @Id
    private UUID id;

    @Column(name = "subject_kind")
    private String subjectKind;

    private String subject;
    private String plan;

    @Convert(converter = PriceComponents.JsonText.class)
    private PriceComponents components;

    private String currency;

    @Column(name = "valid_from")
    private Instant validFrom;

    @Column(name = "valid_to")
    private @Nullable Instant validTo;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by PriceLists
    protected PriceVersion() {}

    /// The price of one task of so many shots, as far as it does not depend on time: task fee plus shots, but not less
    /// than the minimum.
    ///
    /// @param shots 1 or more
    public Money cost(int shots) {
        return cost(shots, BigDecimal.ZERO);
    }

    /// The price of one task: fee, shots and time together, but not less than the minimum. The one place where a price
    /// is
    /// rounded: half up, to the eight decimals of [Money].
    ///
    /// @param shots 1 or more
    /// @param seconds how long it ran, 0 or more
    public Money cost(int shots, BigDecimal seconds) {
        BigDecimal time = components
                .perSecond()
                .multiply(seconds)
                .add(components.perHour().multiply(seconds).divide(HOUR, MathContext.DECIMAL128));
        BigDecimal exact = components
                .taskFee()
                .add(components.perShot().multiply(BigDecimal.valueOf(shots)))
                .add(time)
                .max(components.minimumCost());
        return new Money(
                exact.setScale(Money.SCALE, RoundingMode.HALF_UP).min(LARGEST), Currency.getInstance(currency));
    }

    /// What is set aside for a task before it runs, and what it costs at most. By task and shot that is the price
    /// itself.
    /// By time it is the price of three times the expected time and of a second at least; if the task needs longer,
    /// that is
    /// not the payer's risk.
    ///
    /// @param expectedSeconds how long the task is expected to run
    public Money hold(int shots, double expectedSeconds) {
        if (!isTimed()) {
            return cost(shots);
        }
        double seconds = Math.clamp(expectedSeconds * HEADROOM, 1.0, LONGEST_SECONDS);
        return cost(shots, BigDecimal.valueOf(seconds));
    }

    public boolean isTimed() {
        return components.isTimed();
    }

    /// Whether this version is in force no more.
    public boolean isOver(Instant now) {
        return validTo != null && !now.isBefore(validTo);
    }

    public UUID id() {
        return id;
    }

    public String subject() {
        return subject;
    }

    public PriceComponents components() {
        return components;
    }

    public String currency() {
        return currency;
    }

    public Instant validFrom() {
        return validFrom;
    }

    public @Nullable Instant validTo() {
        return validTo;
    }

    public String plan() {
        return plan;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
