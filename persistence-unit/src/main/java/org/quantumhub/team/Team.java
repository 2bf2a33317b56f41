package org.quantumhub.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tenant and the payer.
@Entity
@Table(name = "teams")
public class Team {

    @Id
    private UUID id;

    private String name;
    private String slug;
    private boolean personal;
    private String currency;

    @Column(name = "mfa_required")
    private boolean mfaRequired;

    @Column(name = "billing_address")
    private @Nullable String billingAddress;

    @Column(name = "devices_listed")
    private boolean devicesListed;

    @Column(name = "suspended_at")
    private @Nullable Instant suspendedAt;

    @Column(name = "suspended_reason")
    private @Nullable String suspendedReason;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected Team() {}

    private Team(UUID id, String name, String slug, boolean personal, String currency, Instant now) {
        this.id = id;
        this.name = name;
        this.slug = slug;
        this.personal = personal;
        this.currency = currency;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /// The team that everybody has from registration on.
    public static Team personalOf(String username, UUID id, String currency, Instant now) {
        // user names are unique, and so are their teams' slugs
        return new Team(id, username + "'s Team", "~" + username, true, currency, now);
    }

    /// The team of somebody whose account was deleted: it keeps its books and loses the name.
    public void forgetPerson(Instant now) {
        if (personal) {
            name = "Deleted account";
            slug = "~deleted-" + id;
            updatedAt = now;
        }
    }

    /// A team that somebody makes to work with others.
    ///
    /// @param slug unique, also among those to come
    public static Team named(String name, String slug, UUID id, String currency, Instant now) {
        return new Team(id, name, slug, false, currency, now);
    }

    /// The slug stays: links to the team go on working.
    public void rename(String name, Instant now) {
        this.name = name;
        this.updatedAt = now;
    }

    public void billTo(String address, Instant now) {
        this.billingAddress = address.isEmpty() ? null : address;
        this.updatedAt = now;
    }

    /// Whether the team may use only the backends of its list.
    public void listDevices(boolean listed, Instant now) {
        this.devicesListed = listed;
        this.updatedAt = now;
    }

    /// From now on the team reads only; doing it again changes the reason.
    public void suspend(String reason, Instant now) {
        if (suspendedAt == null) {
            suspendedAt = now;
        }
        suspendedReason = reason;
        updatedAt = now;
    }

    public void resume(Instant now) {
        suspendedAt = null;
        suspendedReason = null;
        updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String slug() {
        return slug;
    }

    public boolean isPersonal() {
        return personal;
    }

    public String currency() {
        return currency;
    }

    /// Whether members without a second factor may do nothing for the team.
    public boolean requiresFactor() {
        return mfaRequired;
    }

    public void requireFactor(boolean required, Instant now) {
        mfaRequired = required;
        updatedAt = now;
    }

    public boolean isSuspended() {
        return suspendedAt != null;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable String billingAddress() {
        return billingAddress;
    }

    public boolean isDevicesListed() {
        return devicesListed;
    }

    public @Nullable Instant suspendedAt() {
        return suspendedAt;
    }

    public @Nullable String suspendedReason() {
        return suspendedReason;
    }

    public long version() {
        return version;
    }
}
