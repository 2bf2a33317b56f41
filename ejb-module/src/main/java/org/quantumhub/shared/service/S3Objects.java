package org.quantumhub.shared.service;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Objects in a bucket of Amazon S3 or of whatever speaks its protocol.
///
/// The client's own retries answer cuts and throttling; what is still wrong after them is told. A connection that is
/// cut
/// again and again leaves the client as an unchecked I/O failure and not as one of its own.
final class S3Objects implements ObjectStore, AutoCloseable {

    private static final int MOST_KEYS = 1000;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /// Where the bucket is and who enters it.
    ///
    /// @param endpoint empty for Amazon's own
    /// @param accessKey empty to look for credentials where the client does: environment, profile, instance
    record Place(
            Optional<URI> endpoint,
            String region,
            String bucket,
            String prefix,
            Optional<String> accessKey,
            Optional<String> secretKey,
            boolean pathStyle,
            Duration timeout) {

        @Override
        public String toString() {
            return endpoint.map(URI::toString).orElse("s3") + "/" + bucket;
        }
    }

    S3Objects(Place place) {
        this.bucket = place.bucket();
        this.prefix = place.prefix();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(place.region()))
                .credentialsProvider(credentials(place))
                .forcePathStyle(place.pathStyle())
                // stores that only speak the protocol know nothing of the newer trailing checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(
                        o -> o.apiCallTimeout(place.timeout()).addExecutionInterceptor(new WithoutAsking()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(place.timeout()));
        place.endpoint().ifPresent(builder::endpointOverride);
        this.client = builder.build();
    }

    /// Takes out the question whether the store is ready for the body (`Expect: 100-continue`). Where the store has
    /// closed a kept connection, the answer to it is an error that the client does not repeat.
    private static final class WithoutAsking implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }

    private static AwsCredentialsProvider credentials(Place place) {
        return place.accessKey().isPresent() && place.secretKey().isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        place.accessKey().get(), place.secretKey().get()))
                : DefaultCredentialsProvider.builder().build();
    }

    @Override
    public void put(String path, byte[] content) {
        String key = key(path);
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(content));
        } catch (SdkException | UncheckedIOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public byte[] get(String path) {
        String key = key(path);
        try {
            return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                    .asByteArray();
        } catch (NoSuchKeyException e) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such object.", e);
        } catch (SdkException | UncheckedIOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void delete(Collection<String> paths) {
        List<ObjectIdentifier> keys = new ArrayList<>();
        paths.forEach(path -> keys.add(ObjectIdentifier.builder().key(key(path)).build()));
        try {
            for (int from = 0; from < keys.size(); from += MOST_KEYS) {
                Delete group = Delete.builder()
                        .objects(keys.subList(from, Math.min(from + MOST_KEYS, keys.size())))
                        .quiet(true)
                        .build();
                client.deleteObjects(request -> request.bucket(bucket).delete(group));
            }
        } catch (SdkException | UncheckedIOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void walk(String kind, Consumer<List<Stored>> pages) {
        try {
            client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix + kind + "/"))
                    .forEach(page -> pages.accept(page.contents().stream()
                            .map(one -> new Stored(one.key().substring(prefix.length()), one.lastModified()))
                            .filter(stored -> ObjectPaths.isPath(stored.path()))
                            .toList()));
        } catch (SdkException | UncheckedIOException e) {
            throw unavailable(e);
        }
    }

    private String key(String path) {
        return prefix + ObjectPaths.checked(path);
    }

    private static HubException unavailable(RuntimeException cause) {
        return new HubException(
                ProblemCode.UNAVAILABLE, "The object store cannot be reached; please try again.", cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
