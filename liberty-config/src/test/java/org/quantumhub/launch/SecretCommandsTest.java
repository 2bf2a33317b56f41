package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandsTest {

    private static final String EARLIER =
            "{\"id\":\"a\",\"kind\":\"MASTER_KEY\",\"masterKeys\":\"file\",\"requestedAt\":\"2026-01-01T00:00:00Z\","
                    + "\"finishedAt\":\"2026-01-01T00:00:05Z\",\"rotated\":3,\"failed\":7}";

    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer hub;
    private SecretCommands commands;

    @BeforeEach
    void a_hub_runs_in_the_home() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", this::answer);
        hub.start();
        RunState.empty(home).put("url", "http://127.0.0.1:" + hub.getAddress().getPort());
        Files.writeString(home.resolve("admin-api-key"), "the key\n");
        commands = new SecretCommands(Settings.from(Map.of("QUANTUM_HUB_HOME", home.toString()), home));
    }

    @AfterEach
    void the_hub_ends() {
        hub.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-API-Key"));
            String body = answers.size() > 1 ? answers.remove() : answers.getFirst();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// As the hub tells it, the latest wish first.
    private static String keys(String tail) {
        return "{\"currentMasterKey\":\"file:b\",\"masterKeys\":[{\"id\":\"file:b\",\"current\":true,\"dataKeys\":2}],"
                + "\"rotations\":[{\"id\":\"b\",\"kind\":\"MASTER_KEY\",\"masterKeys\":\"file\","
                + "\"requestedAt\":\"2026-01-02T00:00:00Z\"," + tail + "}," + EARLIER + "]}";
    }

    @Test
    void a_rotation_is_asked_for_and_its_end_awaited() throws Exception {
        answers.add(keys("\"rotated\":0,\"failed\":0"));
        answers.add(keys("\"rotated\":1,\"failed\":0"));
        answers.add(keys("\"finishedAt\":\"2026-01-02T00:00:05Z\",\"rotated\":2,\"failed\":0"));
        commands.run(List.of("rotate-master"));
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/ops/secrets/keys/rotate-master the key",
                        "GET /api/v1/ops/secrets/keys the key",
                        "GET /api/v1/ops/secrets/keys the key");
    }

    @Test
    void data_keys_that_do_not_open_make_it_fail() {
        answers.add(keys("\"finishedAt\":\"2026-01-02T00:00:05Z\",\"rotated\":2,\"failed\":12"));
        assertThatThrownBy(() -> commands.run(List.of("rotate-data")))
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("12 data keys do not open");
    }

    @Test
    void a_word_that_is_no_command_is_refused() {
        assertThatThrownBy(() -> commands.run(List.of("rotate"))).hasMessageContaining("rotate-master");
        assertThat(asked).isEmpty();
    }
}
