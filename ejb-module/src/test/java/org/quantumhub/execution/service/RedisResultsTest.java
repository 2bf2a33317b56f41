package org.quantumhub.execution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/// What a Redis remembers, and what happens when it does not: with a real one, on and off.
class RedisResultsTest {

    private static final byte[] RESULT = {1, 2, 0, -1};
    private static final Logger LOGGER = Logger.getLogger(RedisResults.class.getName());

    private final Moving clock = new Moving();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            told.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /// A clock that a test moves.
    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-11-21T08:00:00Z");

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void listen() {
        LOGGER.setLevel(Level.ALL);
        LOGGER.addHandler(listening);
    }

    @AfterEach
    void listen_no_more() {
        LOGGER.removeHandler(listening);
    }

    private RedisResults results(String url) {
        return new RedisResults(RedisPlace.of(url, "hub", Duration.ofMillis(500)), clock);
    }

    @Test
    void what_is_put_in_comes_back_for_an_hour() throws Exception {
        try (RedisProgram program = RedisProgram.start(RedisProgram.freePort());
                RedisResults results = results("redis://127.0.0.1:" + program.port());
                RedisClient eye = RedisClient.create("127.0.0.1", program.port())) {
            results.put(Map.of("a", RESULT, "b", new byte[300_000]));
            assertThat(results.get("a"))
                    .hasValueSatisfying(value -> assertThat(value).isEqualTo(RESULT));
            assertThat(results.get("b"))
                    .hasValueSatisfying(value -> assertThat(value).hasSize(300_000));
            assertThat(results.get("c")).isEmpty();
            assertThat(eye.ttl("hub:a")).isBetween(3590L, 3600L);
            assertThat(results.isWorking()).isTrue();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void a_server_that_goes_is_a_miss_and_one_warning_until_it_is_back() throws Exception {
        int port = RedisProgram.freePort();
        try (RedisResults results = results("redis://127.0.0.1:" + port)) {
            try (RedisProgram first = RedisProgram.start(port)) {
                results.put(Map.of("a", RESULT));
                assertThat(results.get("a")).isPresent();
            }
            for (int i = 0; i < 20; i++) {
                assertThat(results.get("a")).isEmpty();
                results.put(Map.of("a", RESULT));
            }
            assertThat(results.isWorking()).isFalse();
            assertThat(told).singleElement().asString().startsWith("WARNING").contains("cannot be reached");
            try (RedisProgram second = RedisProgram.start(port)) {
                assertThat(results.get("a")).as("the breaker spares it").isEmpty();
                clock.forward(Duration.ofMinutes(3));
                results.put(Map.of("a", RESULT));
                assertThat(results.get("a")).isPresent();
                assertThat(results.isWorking()).isTrue();
            }
            assertThat(told).hasSize(2).last().asString().startsWith("INFO").contains("again");
        }
    }

    @Test
    void a_connection_that_redis_has_closed_is_made_anew_and_nobody_is_told() throws Exception {
        try (RedisProgram program = RedisProgram.start(RedisProgram.freePort());
                RedisResults results = results("redis://127.0.0.1:" + program.port());
                RedisClient eye = RedisClient.create("127.0.0.1", program.port())) {
            results.put(Map.of("a", RESULT));
            eye.sendCommand(redis.clients.jedis.Protocol.Command.CLIENT, "KILL", "TYPE", "normal");
            assertThat(results.get("a")).isPresent();
            eye.sendCommand(redis.clients.jedis.Protocol.Command.CLIENT, "KILL", "TYPE", "normal");
            results.put(Map.of("b", RESULT));
            assertThat(results.get("b")).isPresent();
            assertThat(told).isEmpty();
        }
    }

    /// Accepts and says nothing, like a server that is stopped or overrun.
    @Test
    @Timeout(60)
    void a_server_that_never_answers_is_asked_a_few_times_and_then_spared() throws Exception {
        List<Socket> asked = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        asked.add(silent.accept());
                    }
                } catch (IOException closed) {
                    // the end of the test
                }
            });
            try (RedisResults results = results("redis://127.0.0.1:" + silent.getLocalPort())) {
                for (int i = 0; i < 50; i++) {
                    assertThat(results.get("a")).isEmpty();
                }
                assertThat(results.isWorking()).isFalse();
            }
            assertThat(asked).hasSizeLessThan(50);
            assertThat(told).singleElement().asString().contains("in time");
        }
        for (Socket socket : asked) {
            socket.close();
        }
    }

    @Test
    void a_wrong_password_is_named_and_never_shown() throws Exception {
        try (RedisProgram program = RedisProgram.start(RedisProgram.freePort(), "requirepass right")) {
            for (String who : List.of(":canary@", "", "nobody:canary@")) {
                told.clear();
                try (RedisResults results = results("redis://" + who + "127.0.0.1:" + program.port())) {
                    results.greet();
                    assertThat(results.get("a")).isEmpty();
                    assertThat(told)
                            .singleElement()
                            .asString()
                            .startsWith("WARNING")
                            .contains("refuses the user or the password")
                            .doesNotContain("canary");
                }
            }
            told.clear();
            try (RedisResults results = results("redis://:right@127.0.0.1:" + program.port() + "/2")) {
                results.put(Map.of("a", RESULT));
                assertThat(results.get("a")).isPresent();
                assertThat(told).isEmpty();
            }
        }
    }

    @Test
    void a_server_that_is_full_answers_with_what_it_has() throws Exception {
        try (RedisProgram program = RedisProgram.start(RedisProgram.freePort());
                RedisResults results = results("redis://127.0.0.1:" + program.port());
                RedisClient eye = RedisClient.create("127.0.0.1", program.port())) {
            results.put(Map.of("a", RESULT));
            eye.sendCommand(redis.clients.jedis.Protocol.Command.CONFIG, "SET", "maxmemory", "1");
            results.put(Map.of("b", RESULT));
            for (int i = 0; i < 5; i++) {
                assertThat(results.get("a")).isPresent();
                results.put(Map.of("b", RESULT));
            }
            assertThat(told).singleElement().asString().contains("OOM");
            eye.sendCommand(redis.clients.jedis.Protocol.Command.CONFIG, "SET", "maxmemory", "64mb");
            results.put(Map.of("b", RESULT));
            assertThat(told).hasSize(2);
            assertThat(results.isWorking()).isTrue();
        }
    }

    @Test
    void tls_asks_whose_certificate_it_is(@TempDir Path folder) throws Exception {
        TestCertificate own = TestCertificate.make(folder, "ip:127.0.0.1");
        TestCertificate stranger = TestCertificate.make(folder, "dns:elsewhere.example.org");
        assertThat(answersOverTls(own, Optional.of(own.certificate()))).isTrue();
        assertThat(answersOverTls(own, Optional.empty())).as("nobody signed it").isFalse();
        assertThat(answersOverTls(stranger, Optional.of(stranger.certificate())))
                .as("it names another")
                .isFalse();
        assertThat(told).hasSize(2).allMatch(line -> line.contains("certificate"));
        Path rubbish = Files.writeString(folder.resolve("rubbish"), "no certificate");
        assertThatThrownBy(() -> answersOverTls(own, Optional.of(rubbish)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hub.redis.ca-file");
    }

    private boolean answersOverTls(TestCertificate server, Optional<Path> trusted) throws IOException {
        int port = RedisProgram.freePort();
        try (RedisProgram program =
                        RedisProgram.startWithTls(RedisProgram.freePort(), port, server.key(), server.certificate());
                RedisResults results = new RedisResults(
                        RedisPlace.of("rediss://127.0.0.1:" + port, "hub", Duration.ofSeconds(5))
                                .trusting(trusted),
                        clock)) {
            results.put(Map.of("a", RESULT));
            return results.get("a").isPresent();
        }
    }
}
