package org.quantumhub.hardware.braket.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.service.ProviderCredentials;
import org.quantumhub.hardware.service.RateLimit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.braket.BraketClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The clients of each account and region, with their rates. Braket's quotas count for an account and region; what is
/// set here
/// stays
/// below them, because several servers may share an account.
@ApplicationScoped
public class BraketClients {

    /// The slug of the provider, under which its settings lie.
    static final String PROVIDER = "amazon-braket";

    /// Where there are devices.
    static final List<String> REGIONS = List.of("us-east-1", "us-west-1", "us-west-2", "eu-north-1", "eu-west-2");

    private static final String OTHER_REGION = "us-east-1";

    /// Without it GetDevice leaves out what old clients do not know, OpenQASM among it.
    private static final String SCHEMAS = "BraketSchemas/1.8.0";

    @Inject
    ProviderCredentials credentials;

    /// What nobody has used for half an hour is closed, long after the longest call has ended.
    private final Cache<Whose, Reach> reaches = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(30))
            .executor(Runnable::run)
            .removalListener((@Nullable Whose whose, @Nullable Reach reach, RemovalCause cause) -> close(reach))
            .build();

    /// @param account a digest of the keys; empty for what the server itself may use
    private record Whose(String region, String account) {}

    /// What is needed to work with one region.
    record Reach(
            BraketClient braket,
            S3Client s3,
            RateLimit creating,
            RateLimit reading,
            RateLimit cancelling,
            RateLimit searching) {}

    /// The bucket for results of a region.
    Optional<String> bucket(String region) {
        return credentials.find(PROVIDER, "bucket." + region).or(() -> credentials.find(PROVIDER, "bucket"));
    }

    /// @throws org.quantumhub.hardware.service.ProviderException NOT_DONE when there is none
    String bucketThere(String region) {
        return bucket(region).orElseGet(() -> credentials.get(PROVIDER, "bucket"));
    }

    String prefix() {
        return credentials.find(PROVIDER, "prefix").orElse("quantum-hub");
    }

    /// Where devices without a region of their own are called.
    String region() {
        return credentials.find(PROVIDER, "region").orElse(OTHER_REGION);
    }

    /// The region that an ARN of a device or task names.
    String regionOf(String arn) {
        String region = BraketDevice.region(arn);
        return region == null ? region() : region;
    }

    /// Regions that results can be fetched from; against a single endpoint there is only one.
    List<String> regions() {
        List<String> all = credentials.find(PROVIDER, "endpoint").isPresent() ? List.of(region()) : REGIONS;
        return all.stream().filter(region -> bucket(region).isPresent()).toList();
    }

    Reach reach(String region) {
        String account = Stream.of("access-key-id", "secret-access-key", "session-token")
                .map(name -> credentials.find(PROVIDER, name).orElse(""))
                .collect(Collectors.joining("\n"));
        return reaches.get(new Whose(region, digest(account)), whose -> open(region));
    }

    private static String digest(String account) {
        try {
            return account.isBlank()
                    ? ""
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(account.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Reach open(String region) {
        AwsCredentialsProvider who = who();
        ClientOverrideConfiguration limits = ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(Duration.ofSeconds(number("attempt-seconds", 15, 300)))
                .apiCallTimeout(Duration.ofSeconds(number("call-seconds", 40, 600)))
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, SCHEMAS)
                .build();
        var braket = BraketClient.builder()
                .region(Region.of(region))
                .credentialsProvider(who)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(limits);
        credentials.find(PROVIDER, "endpoint").map(URI::create).ifPresent(braket::endpointOverride);
        var s3 = S3Client.builder()
                .region(Region.of(region))
                .credentialsProvider(who)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(limits);
        credentials
                .find(PROVIDER, "s3-endpoint")
                .map(URI::create)
                .ifPresent(endpoint -> s3.endpointOverride(endpoint).forcePathStyle(true));
        return new Reach(
                braket.build(),
                s3.build(),
                rate("orders-per-second", 10),
                rate("questions-per-second", 50),
                new RateLimit(2, 10),
                new RateLimit(2, 10));
    }

    /// Half of the published quota unless an account has another, with bursts of two seconds.
    private RateLimit rate(String name, int usual) {
        int perSecond = number(name, usual, 10_000);
        return new RateLimit(perSecond, 2 * perSecond);
    }

    private int number(String name, int usual, int most) {
        String text = credentials.find(PROVIDER, name).orElse(String.valueOf(usual));
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "hub.provider." + PROVIDER + "." + name + " must lie between 1 and " + most + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    /// The keys of the account; in the hub's, where none are configured, whatever the server itself may use: its role.
    /// That is never lent to a team.
    private AwsCredentialsProvider who() {
        Optional<String> key = credentials.find(PROVIDER, "access-key-id");
        Optional<String> secret = credentials.find(PROVIDER, "secret-access-key");
        if (key.isEmpty() || secret.isEmpty()) {
            if (credentials.isHubs()) {
                return DefaultCredentialsProvider.builder().build();
            }
            key = Optional.of(credentials.get(PROVIDER, "access-key-id"));
            secret = Optional.of(credentials.get(PROVIDER, "secret-access-key"));
        }
        String keyId = key.get();
        String secretKey = secret.get();
        return credentials
                .find(PROVIDER, "session-token")
                .<AwsCredentialsProvider>map(token ->
                        StaticCredentialsProvider.create(AwsSessionCredentials.create(keyId, secretKey, token)))
                .orElseGet(() -> StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secretKey)));
    }

    private static void close(@Nullable Reach reach) {
        if (reach != null) {
            reach.braket().close();
            reach.s3().close();
        }
    }

    @PreDestroy
    void close() {
        reaches.invalidateAll();
    }
}
