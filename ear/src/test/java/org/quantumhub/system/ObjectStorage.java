package org.quantumhub.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// An object storage that speaks S3 and checks signatures: S3Proxy, as a program of its own. It has two accounts;
/// neither
/// sees the other's bucket.
final class ObjectStorage implements AutoCloseable {

    static final String KEY = "AKIATESTTESTTESTTEST";
    static final String SECRET = "not-a-secret-but-forty-characters-long-x";
    static final String BUCKET = "quantum-hub-results";

    static final String TEAM_KEY = "AKIATEAMTEAMTEAMTEAM";
    static final String TEAM_SECRET = "no-secret-either-but-as-long-as-one-shall";
    static final String TEAM_BUCKET = "results-of-the-team";

    private final Process process;
    private final S3Client client;
    private final S3Client teams;
    private final URI endpoint;

    private ObjectStorage(Process process, S3Client client, S3Client teams, URI endpoint) {
        this.process = process;
        this.client = client;
        this.teams = teams;
        this.endpoint = endpoint;
    }

    static ObjectStorage start(Path home) {
        try {
            URI endpoint = URI.create("http://127.0.0.1:" + Project.freePort());
            Path settings = account(home, endpoint, "objects", KEY, SECRET);
            Path teamSettings = account(home, endpoint, "team-objects", TEAM_KEY, TEAM_SECRET);
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
                            settings.toString(),
                            "--properties",
                            teamSettings.toString())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(home.resolve("s3proxy.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of the object storage"));
            ObjectStorage storage = new ObjectStorage(
                    process, client(endpoint, KEY, SECRET), client(endpoint, TEAM_KEY, TEAM_SECRET), endpoint);
            Await.until("the start of the object storage", storage::makeBuckets, made -> made);
            return storage;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Path account(Path home, URI endpoint, String folder, String key, String secret) throws IOException {
        Path data = home.resolve(folder);
        Project.delete(data);
        Files.createDirectories(data);
        return Files.write(
                home.resolve(folder + ".conf"),
                List.of(
                        "s3proxy.endpoint=" + endpoint,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + key,
                        "s3proxy.credential=" + secret,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + data));
    }

    private static S3Client client(URI endpoint, String key, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private boolean makeBuckets() {
        try {
            client.createBucket(request -> request.bucket(BUCKET));
            teams.createBucket(request -> request.bucket(TEAM_BUCKET));
            return true;
        } catch (SdkException notYet) {
            return false;
        }
    }

    URI endpoint() {
        return endpoint;
    }

    void put(String bucket, String key, String content) {
        S3Client owner = bucket.equals(TEAM_BUCKET) ? teams : client;
        owner.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    @Override
    public void close() {
        client.close();
        teams.close();
        process.destroy();
    }
}
