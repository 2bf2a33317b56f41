package org.quantumhub.hardware.qcstack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.ProviderHttp;
import org.quantumhub.hardware.service.QuantumProvider.Lookup;
import org.quantumhub.hardware.service.QuantumProvider.TaskKey;
import org.quantumhub.hardware.service.StubServer;
import org.quantumhub.hardware.service.StubServer.Asked;
import org.quantumhub.hardware.service.StubServer.Reply;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.TestBackends;
import org.quantumhub.hardware.service.Work;

/// The device as its maker's own client talks to it.
class QcstackProviderTest {

    private static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c[1] = measure q[0]; c[0] = measure q[1];";

    private final AtomicInteger asked = new AtomicInteger();
    private boolean refusing;
    private String data = "[[1, 0], [1, 0], [0, 1]]";
    private final StubServer server = new StubServer(this::answer);
    private final Backend backend = TestBackends.of("qb-qdk", "qdk", 2);
    private final QcstackProvider device = new QcstackProvider();
    private final Work work = new Work(backend, "OPENQASM3", BELL, 3, 7, true);

    QcstackProviderTest() {
        device.credentials =
                StubServer.credentials(Map.of("url", server.address().toString(), "token", "jwt"));
        device.http = new ProviderHttp();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply answer(Asked request) {
        if (refusing || !"Bearer jwt".equals(request.authorization())) {
            return new Reply(401, "{\"detail\": \"not reserved\"}");
        }
        return switch (request.method() + " " + request.path()) {
            case "PUT /api/v1/reservations" -> new Reply(200, "null");
            case "GET /api/v1/native-gates" -> new Reply(200, "[\"Rx\", \"Ry\", \"CZ\"]");
            case "POST /api/v1/circuits" -> new Reply(200, "{\"id\": 17}");
            case "GET /api/v1/circuits/17" ->
                switch (asked.getAndIncrement()) {
                    case 0 -> new Reply(425, "");
                    case 1 -> new Reply(200, "{\"data\": null}");
                    default -> new Reply(200, "{\"data\": " + data + "}");
                };
            default -> new Reply(404, "{\"detail\": \"no such circuit\"}");
        };
    }

    @Test
    void a_circuit_is_posted_in_native_gates_and_asked_for_until_its_data_are_there() {
        assertThat(device.submit("qh-1", work).taskId()).isEqualTo("17");
        JsonObject order = server.asked().stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow()
                .json();
        assertThat(order.keySet()).containsExactlyInAnyOrder("command", "settings", "init", "circuit", "measure");
        assertThat(order.getJsonObject("settings").getInt("shots")).isEqualTo(3);
        assertThat(order.getJsonArray("circuit").getValuesAs(JsonString::getString))
                .isNotEmpty()
                .allMatch(gate ->
                        gate.matches("R[xy]\\(q\\[[01]\\],-?[0-9]+\\.[0-9]{9}\\)|CZ\\(q\\[[01]\\],q\\[[01]\\]\\)"));
        assertThat(order.getJsonArray("measure")).hasSize(2);
        TaskKey key = new TaskKey(backend, "17");
        assertThat(phase(key)).isEqualTo(Phase.RUNNING);
        assertThat(phase(key)).isEqualTo(Phase.RUNNING);
        assertThat(phase(key)).isEqualTo(Phase.COMPLETED);
        DeviceResult result = device.fetch(key, work);
        // the first bit of a shot is the first that was measured: qubit 0 into bit 1
        assertThat(result.counts()).isEqualTo(Map.of("10", 2, "01", 1));
        assertThat(result.memory()).containsExactly("10", "10", "01");
    }

    private Phase phase(TaskKey key) {
        return device.poll(List.of(key)).values().iterator().next().phase();
    }

    @Test
    void what_nobody_can_know_is_said_to_be_unknowable() {
        assertThat(device.find("qh-2", backend, Instant.EPOCH)).isInstanceOf(Lookup.Unknowable.class);
        assertThat(device.repeatsSafely(java.time.Duration.ZERO)).isFalse();
        assertThatThrownBy(() -> device.cancel(new TaskKey(backend, "17")))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(phase(new TaskKey(backend, "18"))).isEqualTo(Phase.LOST);
    }

    /// A token that is refused says nothing about the task.
    @Test
    void a_refused_token_ends_no_task() {
        refusing = true;
        assertThatThrownBy(device::tryAccount)
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.isAboutCredentials()).isTrue());
        assertThatThrownBy(() -> phase(new TaskKey(backend, "17"))).isInstanceOf(ProviderException.class);
    }

    @Test
    void nonsense_is_refused_with_a_reason() {
        asked.set(2);
        for (String nonsense : List.of("[[0, 2]]", "[[0]]", "[0]", "[[\"0\", \"1\"]]")) {
            data = nonsense;
            assertThatThrownBy(() -> device.fetch(new TaskKey(backend, "17"), work))
                    .as(nonsense)
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
        }
    }
}
