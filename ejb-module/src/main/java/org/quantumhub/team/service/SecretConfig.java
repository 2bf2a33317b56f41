package org.quantumhub.team.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.quantumhub.team.SecretRegister.Pauses;

/// Settings of the teams' secrets.
@ApplicationScoped
public class SecretConfig {

    private static final int LONGEST_PAUSE = 6 * 3600;

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
    @ConfigProperty(name = "hub.secrets.validate-seconds", defaultValue = "86400")
    int validateSeconds;

    @Inject
    @ConfigProperty(name = "hub.secrets.retry-seconds", defaultValue = "60")
    int retrySeconds;

    @Inject
    @ConfigProperty(name = "hub.secrets.kms.key")
    Optional<String> kmsKey;

    @Inject
    @ConfigProperty(name = "hub.secrets.kms.endpoint")
    Optional<String> kmsEndpoint;

    @Inject
    @ConfigProperty(name = "hub.secrets.kms.timeout-seconds", defaultValue = "10")
    int kmsTimeoutSeconds;

    @PostConstruct
    void check() {
        between("hub.secrets.validate-seconds", validateSeconds, 60, 2_592_000);
        between("hub.secrets.retry-seconds", retrySeconds, 1, 86_400);
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", it must lie between " + least + " and " + most);
        }
    }

    /// When secrets are tried out again: after a verdict, and where the provider could not be asked.
    Pauses pauses() {
        return new Pauses(validateSeconds, retrySeconds, Math.max(LONGEST_PAUSE, retrySeconds));
    }

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
