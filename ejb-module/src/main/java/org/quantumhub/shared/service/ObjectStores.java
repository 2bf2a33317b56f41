package org.quantumhub.shared.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Chooses the object store by configuration.
@ApplicationScoped
public class ObjectStores {

    @Inject
    @ConfigProperty(name = "hub.objects.store", defaultValue = "database")
    String store;

    @Inject
    @ConfigProperty(name = "hub.objects.folder")
    Optional<String> folder;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.endpoint")
    Optional<String> endpoint;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.region", defaultValue = "us-east-1")
    String region;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.bucket")
    Optional<String> bucket;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.prefix")
    Optional<String> prefix;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.access-key")
    Optional<String> accessKey;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.secret-key")
    Optional<String> secretKey;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.path-style", defaultValue = "true")
    boolean pathStyle;

    @Inject
    @ConfigProperty(name = "hub.objects.s3.timeout-seconds", defaultValue = "60")
    int timeoutSeconds;

    @Inject
    Database database;

    @Produces
    @ApplicationScoped
    ObjectStore chosen() {
        return switch (store.strip().toLowerCase(Locale.ROOT)) {
            case "database" -> new DatabaseObjects(database);
            case "file" -> new FileObjects(Path.of(given(folder, "hub.objects.folder")));
            case "s3" ->
                new S3Objects(new S3Objects.Place(
                        endpoint.filter(e -> !e.isBlank()).map(URI::create),
                        region,
                        given(bucket, "hub.objects.s3.bucket"),
                        prefix.orElse(""),
                        accessKey.filter(k -> !k.isBlank()),
                        secretKey.filter(k -> !k.isBlank()),
                        pathStyle,
                        Duration.ofSeconds(timeoutSeconds)));
            default ->
                throw new IllegalArgumentException(
                        "hub.objects.store is '" + store + "', it must be database, file or s3");
        };
    }

    private static String given(Optional<String> value, String name) {
        return value.filter(v -> !v.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing for the chosen object store"));
    }
}
