package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// The price of something for a period. Whoever was quoted this version pays this version.
@Entity
@Table(name = "price_versions")
public class PriceVersion {

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

    @SuppressWarnings("NullAway") // for JPA: prices are filled by migrations
    protected PriceVersion() {}

    /// The price of one task of so many shots: task fee plus shots, but not less than the minimum.
    ///
    /// @param shots 1 or more
    public Money cost(int shots) {
        Currency unit = Currency.getInstance(currency);
        Money perShots = new Money(components.perShot(), unit).times(shots);
        return new Money(components.taskFee(), unit).plus(perShots).atLeast(new Money(components.minimumCost(), unit));
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
}
