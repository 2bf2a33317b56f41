package org.quantumhub.hardware.ionq.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.HardwareConfig;
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

/// The ten kinds of faults, at IonQ: what the adapter says is known after each.
class IonqFaultsTest {

    private static final String JOB =
            "{\"id\": \"%s\", \"name\": \"qh-1\", \"status\": \"%s\", \"submitted_at\": \"2026-11-20T10:00:00.000Z\","
                    + " \"metadata\": {\"quantum-hub\": \"our-hub\", \"qh-intent\": \"qh-1\"}}";
    private static final Instant BEFORE = Instant.parse("2026-11-20T09:59:00Z");

    private final List<String> made = new ArrayList<>();
    private String status = "submitted";
    private Reply onOrder = new Reply(201, "{\"id\": \"job-1\", \"status\": \"submitted\", \"session_id\": null}");
    private Reply onResult = new Reply(200, "{\"0\": 1.0}");
    private boolean takes = true;
    private final StubServer server = new StubServer(this::answer);
    private final Backend backend = TestBackends.of("ionq-cloud-forte-1", "qpu.forte-1", 36);
    private final TaskKey key = new TaskKey(backend, "job-1");
    private final IonqProvider ionq = new IonqProvider();
    private final Work work =
            new Work(backend, "OPENQASM3", "OPENQASM 3; include \"stdgates.inc\"; qubit q; h q;", 10, 7, false);

    IonqFaultsTest() {
        ionq.credentials = StubServer.credentials(Map.of("api-key", "secret", "endpoint", server.address() + "/v0.4"));
        ionq.http = StubServer.impatient();
        ionq.config = new HardwareConfig() {
            @Override
            public String mark() {
                return "our-hub";
            }
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply answer(Asked asked) {
        if (asked.method().equals("POST")) {
            if (takes) {
                made.add("job-" + (made.size() + 1));
            }
            return onOrder;
        }
        if (asked.path().endsWith("/probabilities")) {
            return onResult;
        }
        if (asked.path().endsWith("/jobs")) {
            String jobs = String.join(
                    ",", made.stream().map(id -> JOB.formatted(id, status)).toList());
            return new Reply(200, "{\"jobs\": [" + jobs + "], \"next\": null}");
        }
        return new Reply(200, asked.path().endsWith("/cost") ? "{}" : JOB.formatted("job-1", status));
    }

    private void fails(Runnable call, Kind kind) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REFUSED",
        "409, REFUSED",
        "413, REFUSED",
        "429, NOT_DONE",
        "500, UNKNOWN",
        "502, UNKNOWN"
    })
    void refusals_throttling_and_failures_are_told_apart(int status, Kind kind) {
        takes = false;
        onOrder =
                new Reply(status, "{\"error\": \"Bad Request\", \"message\": \"no\", \"statusCode\": " + status + "}");
        fails(() -> ionq.submit("qh-1", work), kind);
        assertThat(ionq.find("qh-1", backend, BEFORE)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void an_answer_that_does_not_come_leaves_doubt_and_the_order_is_found() {
        onOrder = new Reply(-1, "");
        fails(() -> ionq.submit("qh-1", work), Kind.UNKNOWN);
        assertThat(ionq.find("qh-1", backend, BEFORE)).isEqualTo(new Lookup.Found("job-1", "submitted"));
    }

    @Test
    void where_nobody_listens_nothing_is_ordered_and_there_is_no_doubt() {
        server.close();
        fails(() -> ionq.submit("qh-1", work), Kind.UNREACHED);
    }

    @Test
    void a_connection_that_breaks_before_the_effect_leaves_doubt_and_nothing_is_found() {
        takes = false;
        onOrder = new Reply(0, "");
        fails(() -> ionq.submit("qh-1", work), Kind.UNKNOWN);
        assertThat(ionq.find("qh-1", backend, BEFORE)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void a_connection_that_breaks_after_the_effect_leaves_doubt_and_the_order_is_found() {
        onOrder = new Reply(0, "");
        fails(() -> ionq.submit("qh-1", work), Kind.UNKNOWN);
        assertThat(ionq.find("qh-1", backend, BEFORE)).isEqualTo(new Lookup.Found("job-1", "submitted"));
    }

    /// There is no token that the provider could forget: an order is never repeated without looking for it.
    @Test
    void an_order_in_doubt_is_never_simply_repeated() {
        assertThat(ionq.repeatsSafely(Duration.ZERO)).isFalse();
        ionq.submit("qh-1", work);
        assertThat(ionq.find("qh-1", backend, BEFORE)).isInstanceOf(Lookup.Found.class);
        assertThat(ionq.find("qh-2", backend, BEFORE)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void a_duplicate_is_listed_so_that_it_can_be_noticed() {
        ionq.submit("qh-1", work);
        ionq.submit("qh-1", work);
        assertThat(ionq.tasks(BEFORE)).hasSize(2).allMatch(task -> task.token().equals("qh-1"));
    }

    @Test
    void a_job_that_completes_after_it_was_cancelled_is_completed() {
        ionq.submit("qh-1", work);
        ionq.cancel(key);
        status = "completed";
        assertThat(phase()).isEqualTo(Phase.COMPLETED);
        assertThat(ionq.fetch(key, work).counts()).isEqualTo(Map.of("0", 10));
    }

    @Test
    void a_status_that_goes_backwards_or_is_unheard_of_ends_nothing() {
        ionq.submit("qh-1", work);
        status = "started";
        assertThat(phase()).isEqualTo(Phase.RUNNING);
        status = "submitted";
        assertThat(phase()).isEqualTo(Phase.QUEUED);
        status = "s".repeat(500);
        assertThat(phase()).isEqualTo(Phase.UNHEARD);
        assertThat(ionq.poll(List.of(key)).values().iterator().next().word()).hasSizeLessThanOrEqualTo(60);
    }

    private Phase phase() {
        return ionq.poll(List.of(key)).values().iterator().next().phase();
    }

    @Test
    void a_result_that_is_missing_is_refused_and_one_that_is_corrupt_or_huge_is_broken() {
        ionq.submit("qh-1", work);
        onResult = new Reply(404, "{\"error\": \"Not Found Error\", \"message\": \"not yet\", \"statusCode\": 404}");
        fails(() -> ionq.fetch(key, work), Kind.REFUSED);
        for (String corrupt :
                List.of("{\"0\": ", "[]", "{}", "{\"0\": 0.5}", "{\"7\": 1}", "{\"x\": 1}", "{\"0\": -1, \"1\": 2}")) {
            onResult = new Reply(200, corrupt);
            fails(() -> ionq.fetch(key, work), Kind.BROKEN);
        }
        onResult = new Reply(200, "{\"0\": 1.0" + " ".repeat(200_000) + "}");
        fails(() -> ionq.fetch(key, work), Kind.BROKEN);
    }
}
