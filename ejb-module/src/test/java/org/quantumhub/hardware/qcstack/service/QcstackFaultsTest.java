package org.quantumhub.hardware.qcstack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.QuantumProvider.Lookup;
import org.quantumhub.hardware.service.QuantumProvider.TaskKey;
import org.quantumhub.hardware.service.StubServer;
import org.quantumhub.hardware.service.StubServer.Asked;
import org.quantumhub.hardware.service.StubServer.Reply;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.TestBackends;
import org.quantumhub.hardware.service.Work;

/// The ten kinds of faults, at a device with qcstack. It has no tokens, no lists and no cancelling, so that a duplicate
/// and a forgotten token cannot be: an order whose outcome is unknown stays unknown, and is not repeated.
class QcstackFaultsTest {

    private static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;";

    private Reply onOrder = new Reply(200, "{\"id\": 17}");
    private Reply onQuestion = new Reply(425, "");
    private Reply onReservation = new Reply(200, "null");
    private final StubServer server = new StubServer(this::answer);
    private final Backend backend = TestBackends.of("qb-qdk", "qdk", 2);
    private final TaskKey key = new TaskKey(backend, "17");
    private final QcstackProvider device = new QcstackProvider();
    private final Work work = new Work(backend, "OPENQASM3", BELL, 2, 7, false);

    QcstackFaultsTest() {
        device.credentials =
                StubServer.credentials(Map.of("url", server.address().toString(), "token", "jwt"));
        device.http = StubServer.impatient();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply answer(Asked asked) {
        return switch (asked.method()) {
            case "PUT" -> onReservation;
            case "POST" -> onOrder;
            default -> onQuestion;
        };
    }

    private void fails(Runnable call, Kind kind) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({"400, REFUSED", "422, REFUSED", "429, NOT_DONE", "500, UNKNOWN", "0, UNKNOWN", "-1, UNKNOWN"})
    void an_order_that_goes_wrong_says_what_is_known(int status, Kind kind) {
        onOrder = new Reply(status, "{\"detail\": \"no\"}");
        fails(() -> device.submit("qh-1", work), kind);
    }

    /// What fails before the circuit is sent has ordered nothing.
    @ParameterizedTest
    @CsvSource({"403, REFUSED", "429, NOT_DONE", "500, UNREACHED", "0, UNREACHED", "-1, UNREACHED"})
    void a_reservation_that_goes_wrong_orders_nothing(int status, Kind kind) {
        onReservation = new Reply(status, "{\"detail\": \"taken\"}");
        fails(() -> device.submit("qh-1", work), kind);
        assertThat(server.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }

    @Test
    void an_order_in_doubt_stays_in_doubt_and_is_not_repeated() {
        assertThat(device.repeatsSafely(Duration.ZERO)).isFalse();
        assertThat(device.find("qh-1", backend, Instant.EPOCH)).isInstanceOf(Lookup.Unknowable.class);
        assertThat(device.tasks(Instant.EPOCH)).isEmpty();
        onOrder = new Reply(200, "{}");
        fails(() -> device.submit("qh-1", work), Kind.UNKNOWN);
    }

    @Test
    void a_device_that_goes_on_after_a_cancel_is_asked_to_its_end() {
        fails(() -> device.cancel(key), Kind.REFUSED);
        assertThat(phase()).isEqualTo(Phase.RUNNING);
        onQuestion = new Reply(200, "{\"data\": [[0, 0], [1, 1]]}");
        assertThat(phase()).isEqualTo(Phase.COMPLETED);
        assertThat(device.fetch(key, work).counts()).isEqualTo(Map.of("00", 1, "11", 1));
    }

    @Test
    void a_status_that_goes_backwards_ends_nothing_and_failures_are_told_apart() {
        onQuestion = new Reply(200, "{\"data\": [[0, 0]]}");
        assertThat(phase()).isEqualTo(Phase.COMPLETED);
        onQuestion = new Reply(200, "{\"data\": null}");
        assertThat(phase()).isEqualTo(Phase.RUNNING);
        onQuestion = new Reply(422, "{\"detail\": \"no such gate\"}");
        assertThat(phase()).isEqualTo(Phase.FAILED);
        onQuestion = new Reply(404, "{\"detail\": \"who\"}");
        assertThat(phase()).isEqualTo(Phase.LOST);
        for (int status : new int[] {500, 0, -1}) {
            onQuestion = new Reply(status, "");
            fails(this::phase, Kind.UNKNOWN);
        }
    }

    private Phase phase() {
        return device.poll(List.of(key)).values().iterator().next().phase();
    }

    @Test
    void a_result_that_is_missing_corrupt_or_huge_is_no_result() {
        onQuestion = new Reply(404, "{\"detail\": \"gone\"}");
        fails(() -> device.fetch(key, work), Kind.REFUSED);
        for (String corrupt : List.of(
                "{\"data\": null}",
                "{}",
                "[]",
                "{\"data\": [[0]]}",
                "{\"data\": [[0, 3]]}",
                "{\"data\": \"00\"}",
                "{\"data\": [[")) {
            onQuestion = new Reply(200, corrupt);
            fails(() -> device.fetch(key, work), Kind.BROKEN);
        }
        onQuestion = new Reply(200, "{\"data\": [[0, 0], " + "[0, 0], ".repeat(20_000) + "[1, 1]]}");
        fails(() -> device.fetch(key, work), Kind.BROKEN);
    }
}
