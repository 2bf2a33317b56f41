package org.quantumhub.team.service;

import com.google.crypto.tink.Aead;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/// The clients of AWS KMS, one for each region that a key names, made when one is first needed. Who the hub is, they
/// find
/// out as the AWS client does: environment, web identity, profile, container, instance.
final class KmsClients implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(2);

    private final Optional<URI> endpoint;
    private final Duration limit;
    private final Map<String, KmsClient> byRegion = new ConcurrentHashMap<>();
    private final AwsCredentialsProvider credentials;

    /// Told apart from a service that does not answer.
    static final class NoCredentialsException extends RuntimeException {
        NoCredentialsException(SdkClientException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// @param endpoint empty for Amazon's own
    /// @param limit how long one call may take, the client's own retries included
    KmsClients(Optional<URI> endpoint, Duration limit) {
        this(endpoint, limit, DefaultCredentialsProvider.builder().build());
    }

    KmsClients(Optional<URI> endpoint, Duration limit, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.limit = limit;
        this.credentials = credentials;
    }

    Aead aead(KmsKey key) {
        return new KmsAead(byRegion.computeIfAbsent(key.region(), this::open), key);
    }

    private KmsClient open(String region) {
        KmsClientBuilder builder = KmsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(this::who)
                .overrideConfiguration(o -> o.apiCallTimeout(limit).apiCallAttemptTimeout(limit.dividedBy(2)))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTING)
                        .socketTimeout(limit.dividedBy(2)));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private AwsCredentials who() {
        try {
            return credentials.resolveCredentials();
        } catch (SdkClientException none) {
            throw new NoCredentialsException(none);
        }
    }

    @Override
    public void close() {
        byRegion.values().forEach(KmsClient::close);
        if (credentials instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception unlikely) {
                throw new IllegalStateException(unlikely);
            }
        }
    }
}
