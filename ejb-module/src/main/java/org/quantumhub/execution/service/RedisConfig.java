package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of the Redis that remembers results, if there is one.
@ApplicationScoped
public class RedisConfig {

    private static final int LONGEST_TIMEOUT = 10_000;

    @Inject
    @ConfigProperty(name = "hub.redis.url")
    Optional<String> url;

    @Inject
    @ConfigProperty(name = "hub.redis.user")
    Optional<String> user;

    @Inject
    @ConfigProperty(name = "hub.redis.password")
    Optional<String> password;

    @Inject
    @ConfigProperty(name = "hub.redis.ca-file")
    Optional<String> authority;

    @Inject
    @ConfigProperty(name = "hub.redis.prefix", defaultValue = "quantum-hub")
    String prefix;

    @Inject
    @ConfigProperty(name = "hub.redis.timeout-millis", defaultValue = "200")
    int timeoutMillis;

    /// Where Redis is; empty when the database remembers by itself.
    ///
    /// @throws IllegalArgumentException when a setting is wrong
    Optional<RedisPlace> place() {
        if (timeoutMillis < 1 || timeoutMillis > LONGEST_TIMEOUT) {
            throw new IllegalArgumentException(
                    "hub.redis.timeout-millis is " + timeoutMillis + ", it must lie between 1 and " + LONGEST_TIMEOUT);
        }
        Optional<Path> certificates = given(authority).map(Path::of);
        if (certificates.isPresent() && !Files.isReadable(certificates.get())) {
            throw new IllegalArgumentException("hub.redis.ca-file cannot be read: " + certificates.get());
        }
        return given(url)
                .map(address -> RedisPlace.of(address, prefix.strip(), Duration.ofMillis(timeoutMillis))
                        .as(given(user), given(password))
                        .trusting(certificates));
    }

    private static Optional<String> given(Optional<String> setting) {
        return setting.filter(value -> !value.isBlank());
    }
}
