package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
    @ConfigProperty(name = "hub.secrets.kms.key")
    Optional<String> kmsKey;

    @Inject
    @ConfigProperty(name = "hub.secrets.kms.endpoint")
    Optional<String> kmsEndpoint;

    @Inject
    @ConfigProperty(name = "hub.secrets.kms.timeout-seconds", defaultValue = "10")
    int kmsTimeoutSeconds;

    /// The key of AWS KMS under which new data keys are wrapped; without one it is a key of the file.
    ///
    /// @throws IllegalArgumentException when it is not the ARN of a key
    Optional<KmsKey> kmsKey() {
        return kmsKey.map(String::strip).filter(given -> !given.isEmpty()).map(KmsKey::new);
    }

    /// Where AWS KMS answers; empty for Amazon's own addresses.
    Optional<URI> kmsEndpoint() {
        return kmsEndpoint.map(String::strip).filter(given -> !given.isEmpty()).map(URI::create);
    }

    /// How long one call of AWS KMS may take.
    Duration kmsTimeout() {
        if (kmsTimeoutSeconds < 1 || kmsTimeoutSeconds > 60) {
            throw new IllegalArgumentException(
                    "hub.secrets.kms.timeout-seconds is " + kmsTimeoutSeconds + ", it must be 1 to 60.");
        }
        return Duration.ofSeconds(kmsTimeoutSeconds);
    }

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
