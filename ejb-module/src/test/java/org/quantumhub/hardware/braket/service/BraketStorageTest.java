package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.StubServer;
import org.quantumhub.hardware.service.StubServer.Reply;

/// How much of a result is fetched. That signatures and places are right is for the tests with an object storage.
class BraketStorageTest {

    private static final int LARGEST = 1_000;
    private static final String TASK = "/results/quantum-hub/task/";

    private final Map<String, String> files = new HashMap<>();
    private final StubServer server = new StubServer(asked -> files.containsKey(asked.path())
            ? new Reply(200, files.get(asked.path()))
            : new Reply(404, "<Error><Code>NoSuchKey</Code></Error>"));
    private final BraketStorage storage = new BraketStorage(LARGEST);

    BraketStorageTest() {
        storage.clients = new BraketClients();
        storage.clients.credentials = StubServer.credentials(Map.of(
                "bucket",
                "results",
                "access-key-id",
                "key",
                "secret-access-key",
                "secret",
                "s3-endpoint",
                server.address().toString()));
    }

    @AfterEach
    void close() {
        storage.clients.close();
        server.close();
    }

    private JsonObject result() {
        return storage.result("eu-north-1", "results", "quantum-hub/task");
    }

    private void refused(String code) {
        assertThatThrownBy(this::result).isInstanceOfSatisfying(ProviderException.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.kind()).isEqualTo(Kind.BROKEN);
        });
    }

    private static String json(int length) {
        return "{\"a\": \"" + "x".repeat(length - "{\"a\": \"\"}".length()) + "\"}";
    }

    @Test
    void a_result_of_the_largest_size_is_read_and_one_byte_more_is_refused() {
        files.put(TASK + "results.json", json(LARGEST));
        assertThat(result().getString("a")).startsWith("xxx");
        files.put(TASK + "results.json", json(LARGEST + 1));
        refused("RESULT_TOO_LARGE");
    }

    /// Each file is small enough; together they are not. A part that does not fit is not just missing.
    @Test
    void the_files_of_a_program_set_count_together() {
        files.put(TASK + "results.json", "{\"programResults\": [\"p/results.json\"]}");
        files.put(TASK + "p/results.json", "{\"executableResults\": [\"0.json\", \"1.json\"]}");
        files.put(TASK + "p/0.json", json(400));
        files.put(TASK + "p/1.json", json(400));
        assertThat(result().getJsonArray("programResults").getJsonObject(0).getJsonArray("executableResults"))
                .hasSize(2);
        files.put(TASK + "p/1.json", json(600));
        refused("RESULT_TOO_LARGE");
    }

    @Test
    void more_parts_than_a_set_can_have_are_not_asked_for() {
        files.put(TASK + "results.json", "{\"programResults\": [" + "1,".repeat(1_000) + "1]}");
        BraketStorage roomy = new BraketStorage(100_000);
        roomy.clients = storage.clients;
        assertThatThrownBy(() -> roomy.result("eu-north-1", "results", "quantum-hub/task"))
                .hasMessageContaining("1001 parts");
    }
}
