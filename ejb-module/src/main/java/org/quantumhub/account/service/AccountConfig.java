package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of accounts.
@ApplicationScoped
public class AccountConfig {

    @Inject
    @ConfigProperty(name = "hub.account.bcrypt-cost", defaultValue = "12")
    int bcryptCost;

    @Inject
    @ConfigProperty(name = "hub.account.parallel-hashes", defaultValue = "2")
    int parallelHashes;

    @Inject
    @ConfigProperty(name = "hub.admin.email", defaultValue = "admin@localhost")
    String adminEmail;

    @Inject
    @ConfigProperty(name = "hub.admin.password")
    Optional<String> adminPassword;

    /// Cost of bcrypt: 2^cost rounds. 12 is about a quarter of a second.
    public int bcryptCost() {
        return bcryptCost;
    }

    /// How many passwords are hashed at a time; each keeps a core busy.
    public int parallelHashes() {
        return parallelHashes;
    }

    public String adminEmail() {
        return adminEmail;
    }

    /// Given by the launcher at the first start; without it no administrator is made.
    public Optional<String> adminPassword() {
        return adminPassword;
    }
}
