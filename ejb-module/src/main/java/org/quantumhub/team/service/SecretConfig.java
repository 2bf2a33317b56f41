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

    @Inject
    @ConfigProperty(name = "hub.secrets.kms-key")
    Optional<String> kmsKey;

    @Inject
    @ConfigProperty(name = "hub.secrets.kms-endpoint")
    Optional<String> kmsEndpoint;

    /// The file with the master keys, unless a key management service has them.
    public Path keystore() {
        return keystore.filter(given -> !given.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(home.orElse(".")).resolve("hub-secrets.p12"));
    }

    /// What protects the file.
    public char[] password() {
        return password.orElse("").toCharArray();
    }

    /// The ARN of the master key at AWS KMS; empty for the file.
    public Optional<String> kmsKey() {
        return kmsKey.filter(key -> !key.isBlank());
    }

    /// Another address of the service than Amazon's own, such as a private endpoint.
    public Optional<String> kmsEndpoint() {
        return kmsEndpoint.filter(address -> !address.isBlank());
    }
}
