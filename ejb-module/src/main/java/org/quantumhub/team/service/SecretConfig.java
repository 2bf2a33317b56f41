package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of the teams' secrets.
@ApplicationScoped
public class SecretConfig {

    @Inject
    @ConfigProperty(name = "HUB_HOME")
    Optional<String> home;

    @Inject
    @ConfigProperty(name = "hub.secrets.keystore")
    Optional<String> keystore;

    @Inject
    @ConfigProperty(name = "HUB_KEYSTORE_PASSWORD")
    Optional<String> password;

    /// The file with the master keys.
    public Path keystore() {
        return keystore.filter(given -> !given.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(home.orElse(".")).resolve("hub-secrets.p12"));
    }

    /// What protects the file.
    public char[] password() {
        return password.orElse("").toCharArray();
    }
}
