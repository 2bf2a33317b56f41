package org.quantumhub.shared.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Folders and buckets, the buckets behind a real server of the protocol.
class ObjectStoreTest {

    private static final String KEY = "hub";
    private static final String SECRET = "a secret of the bucket";

    @TempDir
    static Path folder;

    private static @Nullable Process s3;
    private static int port;

    @BeforeAll
    static void a_server_with_a_bucket() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder.resolve("s3/hub"));
        Path settings = folder.resolve("s3proxy.conf");
        Files.writeString(settings, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=x
                jclouds.credential=x
                """.formatted(port, KEY, SECRET, folder.resolve("s3")));
        s3 = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target/s3proxy/s3proxy.jar").toAbsolutePath().toString(),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!listens()) {
            if (System.nanoTime() > giveUp || !s3.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("s3proxy.log")));
            }
            Thread.onSpinWait();
        }
    }

    private static boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void the_server_ends() {
        if (s3 != null) {
            s3.destroyForcibly();
        }
    }

    private static S3Objects bucket(int at, String bucket, String secret) {
        return new S3Objects(new S3Objects.Place(
                Optional.of(URI.create("http://127.0.0.1:" + at)),
                "us-east-1",
                bucket,
                "test/",
                Optional.of(KEY),
                Optional.of(secret),
                true,
                Duration.ofSeconds(30)));
    }

    static Stream<ObjectStore> stores() {
        return Stream.of(new FileObjects(folder.resolve("files")), bucket(port, "hub", SECRET));
    }

    private static byte[] bytes(int count, long seed) {
        byte[] content = new byte[count];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static ProblemCode code(Throwable refused) {
        return ((HubException) refused).code();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void what_is_put_in_comes_back_until_it_is_removed(ObjectStore store) {
        byte[] content = bytes(300_000, 1);
        store.put("results/team/job/1-COUNTS", content);
        store.put("results/team/job/1-COUNTS", content);
        store.put("results/team/job/2-COUNTS", bytes(10, 2));
        assertThat(store.get("results/team/job/1-COUNTS")).isEqualTo(content);
        store.delete(List.of("results/team/job/1-COUNTS", "results/team/job/9-COUNTS"));
        store.delete(List.of("results/team/job/1-COUNTS"));
        assertThatThrownBy(() -> store.get("results/team/job/1-COUNTS"))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo(ProblemCode.NOT_FOUND));
        assertThat(store.get("results/team/job/2-COUNTS")).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void a_walk_meets_every_object_of_a_kind_and_nothing_else(ObjectStore store) throws Exception {
        Instant before = Instant.now().minusSeconds(60);
        List<String> own = IntStream.range(0, 1100)
                .mapToObj(i -> "walked/team/job-" + i % 7 + "/" + i + "-COUNTS")
                .toList();
        // every request to the bucket takes its time
        List<String> some = store instanceof FileObjects ? own : own.subList(0, 30);
        some.forEach(path -> store.put(path, bytes(3, 1)));
        store.put("other/team/job/1-COUNTS", bytes(3, 1));
        if (store instanceof FileObjects) {
            Files.writeString(folder.resolve("files/walked/team/.left.part"), "half");
            Files.writeString(folder.resolve("files/walked/read me"), "somebody else's");
        }
        List<ObjectStore.Stored> met = new ArrayList<>();
        store.walk("walked", met::addAll);
        assertThat(met).extracting(ObjectStore.Stored::path).containsExactlyInAnyOrderElementsOf(some);
        assertThat(met)
                .allSatisfy(stored -> assertThat(stored.since())
                        .isBetween(before, Instant.now().plusSeconds(60)));
        store.walk(
                "walked",
                page -> store.delete(page.stream().map(ObjectStore.Stored::path).toList()));
        met.clear();
        store.walk("walked", met::addAll);
        store.walk("never-written", met::addAll);
        assertThat(met).isEmpty();
        assertThat(store.get("other/team/job/1-COUNTS")).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void large_objects_come_back_whole(ObjectStore store) {
        byte[] content = bytes(48 << 20, 3);
        store.put("results/team/large/1-MEMORY", content);
        assertThat(store.get("results/team/large/1-MEMORY")).isEqualTo(content);
        store.delete(List.of("results/team/large/1-MEMORY"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "results/../../x",
                "/etc/passwd",
                "results//x",
                "results",
                "results/a b",
                "results/ä",
                ""
            })
    void no_path_leads_out_of_a_store(String path) {
        for (ObjectStore store : stores().toList()) {
            assertThatThrownBy(() -> store.put(path, new byte[1])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.get(path)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void wrong_credentials_and_a_missing_bucket_are_told_and_say_nothing_secret() {
        for (S3Objects store : List.of(bucket(port, "hub", "wrong"), bucket(port, "missing", SECRET))) {
            assertThatThrownBy(() -> store.put("results/team/job/1-X", new byte[10]))
                    .hasMessageNotContaining(SECRET)
                    .satisfies(refused -> assertThat(code(refused)).isEqualTo(ProblemCode.UNAVAILABLE));
        }
        assertThatThrownBy(() -> bucket(port, "hub", "wrong").get("results/team/job/1-X"))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    /// Before a byte was read, and in the middle.
    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void a_cut_on_the_way_is_tried_again(int behind) throws Exception {
        byte[] content = bytes(1 << 20, 4);
        try (CuttingProxy proxy = new CuttingProxy(port, behind, 2)) {
            bucket(proxy.port(), "hub", SECRET).put("results/team/cut/1-COUNTS", content);
            assertThat(proxy.cut()).isEqualTo(2);
        }
        assertThat(bucket(port, "hub", SECRET).get("results/team/cut/1-COUNTS")).isEqualTo(content);
    }

    @Test
    void a_store_that_is_gone_is_told() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(port, 0, Integer.MAX_VALUE)) {
            assertThatThrownBy(() ->
                            bucket(proxy.port(), "hub", SECRET).put("results/team/cut/2-COUNTS", bytes(1 << 20, 5)))
                    .satisfies(refused -> assertThat(code(refused)).isEqualTo(ProblemCode.UNAVAILABLE));
            assertThat(proxy.cut()).isPositive();
        }
        assertThatThrownBy(() -> bucket(port, "hub", SECRET).get("results/team/cut/2-COUNTS"))
                .as("nothing half is left")
                .satisfies(refused -> assertThat(code(refused)).isEqualTo(ProblemCode.NOT_FOUND));
    }
}
