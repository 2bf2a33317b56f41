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

    /// Requests a month, unless the installation or an administrator says otherwise.
    public static final int DEFAULT_QUOTA = 10_000;

    /// Stands where the hash of a password would, and is none of any.
    public static final String NO_PASSWORD = "-";

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

    /// The shared secret of the second factor, sealed; there may be one before the factor is in force.
    @Column(name = "mfa_secret_enc")
    private byte @Nullable [] factorSecret;

    /// The time step of the last code that was taken; no code of that step or an earlier one is taken again.
    @Column(name = "mfa_last_step")
    private long factorStep;

    @Column(name = "email_verified_at")
    private @Nullable Instant emailVerifiedAt;

    @Column(name = "pending_email")
    private @Nullable String pendingEmail;

    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    @Column(name = "default_team_id")
    private @Nullable UUID defaultTeamId;

    @Column(name = "api_quota_monthly")
    private int apiQuotaMonthly = DEFAULT_QUOTA;

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

    /// The person has shown that this address is theirs; if it is the one they wanted to change to, it is theirs now.
    ///
    /// @return whether the address of the account changed
    public boolean verifyEmail(String shown, Instant now) {
        boolean changed = shown.equals(pendingEmail);
        if (changed) {
            email = shown;
            pendingEmail = null;
        } else if (!shown.equals(email)) {
            throw new IllegalStateException("the address was changed meanwhile");
        }
        emailVerifiedAt = now;
        updatedAt = now;
        return changed;
    }

    /// The person wants another address; the old one is valid until the new one is verified.
    public void wantEmail(String wanted, Instant now) {
        pendingEmail = normalised(wanted);
        updatedAt = now;
    }

    public void changePassword(String newHash, Instant now) {
        passwordHash = newHash;
        updatedAt = now;
    }

    public void rename(@Nullable String newFullName, Instant now) {
        fullName = newFullName;
        updatedAt = now;
    }

    /// A secret that becomes the second factor once a code of it has been shown.
    ///
    /// @param sealed the secret, sealed for this account
    public void offerFactor(byte[] sealed, Instant now) {
        if (mfaEnabled) {
            throw new IllegalStateException("a factor in force is removed before another is offered");
        }
        factorSecret = sealed.clone();
        factorStep = 0;
        updatedAt = now;
    }

    /// From now on sign-in asks for a code.
    public void activateFactor(Instant now) {
        if (factorSecret == null) {
            throw new IllegalStateException("no factor was offered");
        }
        mfaEnabled = true;
        updatedAt = now;
    }

    public void removeFactor(Instant now) {
        mfaEnabled = false;
        factorSecret = null;
        factorStep = 0;
        updatedAt = now;
    }

    /// Takes a code of a time step, once.
    ///
    /// @return false when a code of this step or a later one was taken before
    public boolean takeStep(long step) {
        if (step <= factorStep) {
            return false;
        }
        factorStep = step;
        return true;
    }

    /// From now on the person has these platform roles and no others. Who may give which, the database decides too.
    public void holdRoles(Set<PlatformRole> wanted, Instant now) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("an account has at least one role");
        }
        roles.retainAll(wanted);
        roles.addAll(wanted);
        updatedAt = now;
    }

    public void limitRequests(int monthly, Instant now) {
        apiQuotaMonthly = monthly;
        updatedAt = now;
    }

    /// Nobody signs in with it until it is opened again.
    public void close(Instant now) {
        active = false;
        updatedAt = now;
    }

    public void reopen(Instant now) {
        if (deletedAt != null) {
            throw new IllegalStateException("a deleted account stays deleted");
        }
        active = true;
        updatedAt = now;
    }

    /// Takes from the account whatever tells whose it was. The row stays, because jobs and money refer to it.
    public void anonymise(Instant now) {
        close(now);
        removeFactor(now);
        deletedAt = now;
        username = "deleted-" + id;
        email = username + "@deleted.invalid";
        pendingEmail = null;
        emailVerifiedAt = null;
        fullName = null;
        passwordHash = NO_PASSWORD;
        lastLogin = null;
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

    public boolean hasPassword() {
        return !passwordHash.equals(NO_PASSWORD);
    }

    /// The shared secret of the second factor, sealed for this account.
    public byte @Nullable [] factorSecret() {
        return factorSecret == null ? null : factorSecret.clone();
    }

    public boolean isEmailVerified() {
        return emailVerifiedAt != null;
    }

    public @Nullable String pendingEmail() {
        return pendingEmail;
    }

    public boolean isDeleted() {
        return deletedAt != null;
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
