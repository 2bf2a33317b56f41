package org.quantumhub.account.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of accounts, checked at the start.
@ApplicationScoped
public class AccountConfig {

    @Inject
    @ConfigProperty(name = "hub.account.bcrypt-cost", defaultValue = "12")
    int bcryptCost;

    @Inject
    @ConfigProperty(name = "hub.account.parallel-hashes", defaultValue = "2")
    int parallelHashes;

    @Inject
    @ConfigProperty(name = "hub.account.free-attempts", defaultValue = "5")
    int freeAttempts;

    @Inject
    @ConfigProperty(name = "hub.account.free-attempts-of-address", defaultValue = "50")
    int freeAttemptsOfAddress;

    @Inject
    @ConfigProperty(name = "hub.account.registrations-of-address", defaultValue = "300")
    int registrationsOfAddress;

    @Inject
    @ConfigProperty(name = "hub.account.session-days", defaultValue = "30")
    int sessionDays;

    @Inject
    @ConfigProperty(name = "hub.account.signing-key-days", defaultValue = "90")
    int signingKeyDays;

    @Inject
    @ConfigProperty(name = "hub.account.unverified-may-submit", defaultValue = "true")
    boolean unverifiedMaySubmit;

    @Inject
    @ConfigProperty(name = "hub.account.monthly-quota", defaultValue = "10000")
    int monthlyQuota;

    @Inject
    @ConfigProperty(name = "hub.jwt.issuer", defaultValue = "quantum-hub")
    String issuer;

    @Inject
    @ConfigProperty(name = "hub.admin.email", defaultValue = "admin@localhost")
    String adminEmail;

    @Inject
    @ConfigProperty(name = "hub.admin.password")
    Optional<String> adminPassword;

    @Inject
    @ConfigProperty(name = "hub.admin.monthly-quota", defaultValue = "2147483647")
    int adminMonthlyQuota;

    @PostConstruct
    void check() {
        between("hub.account.bcrypt-cost", bcryptCost, 4, 20);
        between("hub.account.parallel-hashes", parallelHashes, 1, 256);
        between("hub.account.free-attempts", freeAttempts, 1, 1000);
        between("hub.account.free-attempts-of-address", freeAttemptsOfAddress, 1, 1_000_000);
        between("hub.account.registrations-of-address", registrationsOfAddress, 1, 1_000_000);
        between("hub.account.session-days", sessionDays, 1, 365);
        between("hub.account.signing-key-days", signingKeyDays, 1, 3650);
        between("hub.account.monthly-quota", monthlyQuota, 0, Integer.MAX_VALUE);
        between("hub.admin.monthly-quota", adminMonthlyQuota, 0, Integer.MAX_VALUE);
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must lie between " + least + " and " + most + ".");
        }
    }

    /// Cost of bcrypt: 2^cost rounds. 12 is about a quarter of a second.
    public int bcryptCost() {
        return bcryptCost;
    }

    /// How many passwords are hashed at a time; each keeps a core busy.
    public int parallelHashes() {
        return parallelHashes;
    }

    /// Wrong passwords, or codes, for one account before the next must wait.
    public int freeAttempts() {
        return freeAttempts;
    }

    /// The same from one network address.
    public int freeAttemptsOfAddress() {
        return freeAttemptsOfAddress;
    }

    /// Accounts made from one network address before the next must wait.
    public int registrationsOfAddress() {
        return registrationsOfAddress;
    }

    /// How long somebody stays signed in without giving the password again.
    public Duration sessionLife() {
        return Duration.ofDays(sessionDays);
    }

    /// How old the key that signs tokens may become.
    public int signingKeyDays() {
        return signingKeyDays;
    }

    /// Whether people whose e-mail address is not verified may submit jobs.
    public boolean unverifiedMaySubmit() {
        return unverifiedMaySubmit;
    }

    /// Requests a month for new accounts.
    public int monthlyQuota() {
        return monthlyQuota;
    }

    /// Who signs the tokens, by name.
    public String issuer() {
        return issuer;
    }

    public String adminEmail() {
        return adminEmail;
    }

    /// Given by the launcher at the first start; without it no administrator is made.
    public Optional<String> adminPassword() {
        return adminPassword;
    }

    /// Requests a month for the first administrator.
    public int adminMonthlyQuota() {
        return adminMonthlyQuota;
    }
}
