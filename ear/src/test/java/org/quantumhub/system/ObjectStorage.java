package org.quantumhub.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// An object storage that speaks S3 and checks signatures: S3Proxy, as a program of its own.
final class ObjectStorage implements AutoCloseable {

    static final String KEY = "AKIATESTTESTTESTTEST";
    static final String SECRET = "not-a-secret-but-forty-characters-long-x";
    static final String BUCKET = "quantum-hub-results";

    private final Process process;
    private final S3Client client;
    private final URI endpoint;

    private ObjectStorage(Process process, S3Client client, URI endpoint) {
        this.process = process;
        this.client = client;
        this.endpoint = endpoint;
    }

    static ObjectStorage start(Path home) {
        try {
            Path data = home.resolve("objects");
            Project.delete(data);
            Files.createDirectories(data);
            URI endpoint = URI.create("http://127.0.0.1:" + Project.freePort());
            Path settings = home.resolve("s3proxy.conf");
            Files.write(
                    settings,
                    List.of(
                            "s3proxy.endpoint=" + endpoint,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + KEY,
                            "s3proxy.credential=" + SECRET,
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.filesystem.basedir=" + data));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-jar",
                            Project.folder()
                                    .resolve("ear/target/test-programs/s3proxy.jar")
                                    .toString(),
                            "--properties",
                            settings.toString())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(home.resolve("s3proxy.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of the object storage"));
            S3Client client = S3Client.builder()
                    .endpointOverride(endpoint)
                    .forcePathStyle(true)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .build();
            ObjectStorage storage = new ObjectStorage(process, client, endpoint);
            Await.until("the start of the object storage", Duration.ofSeconds(60), storage::makeBucket, made -> made);
            return storage;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private boolean makeBucket() {
        try {
            client.createBucket(request -> request.bucket(BUCKET));
            return true;
        } catch (SdkException notYet) {
            return false;
        }
    }

    URI endpoint() {
        return endpoint;
    }

    void put(String key, String content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }
}
