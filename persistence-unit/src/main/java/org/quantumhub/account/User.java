package org.quantumhub.account;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person or a machine that signs in.
@Entity
@Table(name = "users")
public class User {

    @Id
    private UUID id;

    private String username;
    private String email;

    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "full_name")
    private @Nullable String fullName;

    @Column(name = "is_active")
    private boolean active;

    @Column(name = "last_login")
    private @Nullable Instant lastLogin;

    @Column(name = "mfa_enabled")
    private boolean mfaEnabled;

    @Column(name = "default_team_id")
    private @Nullable UUID defaultTeamId;

    @Column(name = "api_quota_monthly")
    private int apiQuotaMonthly = 10_000;

    @Column(name = "api_quota_used")
    private int apiQuotaUsed;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "user_roles", joinColumns = @JoinColumn(name = "user_id"))
    @Column(name = "role")
    @Enumerated(EnumType.STRING)
    private Set<PlatformRole> roles = EnumSet.noneOf(PlatformRole.class);

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected User() {}

    public User(
            UUID id,
            String username,
            String email,
            @Nullable String fullName,
            String passwordHash,
            Set<PlatformRole> roles,
            Instant now) {
        this.id = id;
        this.username = normalised(username);
        this.email = normalised(email);
        this.fullName = fullName;
        this.passwordHash = passwordHash;
        this.roles = EnumSet.copyOf(roles);
        this.active = true;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /// How names and addresses are stored and looked up: without surrounding space, in lower case.
    public static String normalised(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    /// The password was right just now.
    public void signedIn(Instant now) {
        lastLogin = now;
    }

    /// From now on requests act for this team unless they name another.
    public void choose(UUID teamId, Instant now) {
        defaultTeamId = teamId;
        updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    public String username() {
        return username;
    }

    public String email() {
        return email;
    }

    public String passwordHash() {
        return passwordHash;
    }

    public @Nullable String fullName() {
        return fullName;
    }

    public boolean isActive() {
        return active;
    }

    public @Nullable Instant lastLogin() {
        return lastLogin;
    }

    public boolean isMfaEnabled() {
        return mfaEnabled;
    }

    public @Nullable UUID defaultTeamId() {
        return defaultTeamId;
    }

    public int apiQuotaMonthly() {
        return apiQuotaMonthly;
    }

    public int apiQuotaUsed() {
        return apiQuotaUsed;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Set<PlatformRole> roles() {
        return Set.copyOf(roles);
    }
}
