package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whom the bills of a team are made out to. A bill keeps what stood here when it was drawn up.
@Entity
@Table(name = "billing_profiles")
public class BillingProfile {

    @Id
    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "legal_name")
    private String legalName;

    private @Nullable String street;

    @Column(name = "postal_code")
    private @Nullable String postalCode;

    private @Nullable String city;
    private @Nullable String country;

    @Column(name = "tax_id")
    private @Nullable String taxId;

    private @Nullable String email;
    private @Nullable String reference;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    /// What it says.
    ///
    /// @param country two letters
    /// @param taxId of a business
    /// @param reference the buyer's own word, such as an order number
    public record Details(
            String legalName,
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String city,
            @Nullable String country,
            @Nullable String taxId,
            @Nullable String email,
            @Nullable String reference) {}

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected BillingProfile() {}

    public BillingProfile(UUID teamId, Details details, Instant now) {
        this.teamId = teamId;
        this.legalName = details.legalName();
        this.updatedAt = now;
        describe(details, now);
    }

    /// Says it anew, all of it.
    public void describe(Details details, Instant now) {
        legalName = details.legalName();
        street = details.street();
        postalCode = details.postalCode();
        city = details.city();
        country = details.country();
        taxId = details.taxId();
        email = details.email();
        reference = details.reference();
        updatedAt = now;
    }

    public Details details() {
        return new Details(legalName, street, postalCode, city, country, taxId, email, reference);
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public long version() {
        return version;
    }
}
