package org.quantumhub.hardware.ionq.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.IonqJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.ReferenceSimulator;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.HardwareConfig;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.hardware.service.ProviderHttp;
import org.quantumhub.hardware.service.QuantumProvider.Lookup;
import org.quantumhub.hardware.service.QuantumProvider.Part;
import org.quantumhub.hardware.service.QuantumProvider.Receipt;
import org.quantumhub.hardware.service.QuantumProvider.TaskKey;
import org.quantumhub.hardware.service.StubServer;
import org.quantumhub.hardware.service.StubServer.Asked;
import org.quantumhub.hardware.service.StubServer.Reply;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.TestBackends;
import org.quantumhub.hardware.service.Work;

/// IonQ's interface as its OpenAPI document gives it: members of orders, paths, statuses, keys of results.
class IonqProviderTest {

    private static final Set<String> ORDER_MEMBERS = Set.of(
            "name", "metadata", "shots", "backend", "session_id", "settings", "dry_run", "noise", "type", "input");
    private static final Set<String> GATES = Set.of(
            "x", "y", "z", "rx", "ry", "rz", "h", "cnot", "s", "si", "t", "ti", "v", "vi", "xx", "yy", "zz", "swap");
    private static final Set<String> NATIVE = Set.of("gpi", "gpi2", "ms", "zz", "nop");
    private static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;";

    private final Map<String, JsonObject> jobs = new LinkedHashMap<>();
    private final Deque<Reply> faults = new ArrayDeque<>();
    private String status = "completed";
    private String failing = "none";
    private String missing = "none";
    private final StubServer server = new StubServer(this::answer);
    private final Backend backend = TestBackends.of("ionq-cloud-forte-1", "qpu.forte-1", 36);
    private final IonqProvider ionq = new IonqProvider();

    IonqProviderTest() {
        ionq.credentials = StubServer.credentials(Map.of("api-key", "secret", "endpoint", server.address() + "/v0.4"));
        ionq.http = new ProviderHttp();
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
        if (!faults.isEmpty()) {
            return faults.remove();
        }
        if (!"apiKey secret".equals(asked.authorization())) {
            return new Reply(401, "{\"error\": \"Unauthorized\", \"message\": \"no key\"}");
        }
        String path = asked.path().substring("/v0.4".length());
        return switch (asked.method() + " " + path.replaceAll("job-[0-9]+(-[0-9]+)?", "{id}")) {
            case "POST /jobs" -> create(asked.json());
            case "GET /jobs" -> Reply.of(200, list(asked));
            case "GET /jobs/{id}" ->
                Reply.of(200, job(path.substring("/jobs/".length())).build());
            case "GET /jobs/{id}/results/probabilities" -> Reply.of(200, probabilities(path.split("/", -1)[2]));
            case "GET /jobs/{id}/cost" ->
                new Reply(
                        200,
                        "{\"dry_run\": false, \"estimated_cost\": {\"value\": 1.5, \"unit\": \"usd\"},"
                                + " \"cost\": {\"value\": 1.25, \"unit\": \"usd\"}}");
            case "GET /jobs/{id}/artifacts/probabilities-aggregate" -> Reply.of(200, aggregate(path.split("/", -1)[2]));
            case "GET /jobs/estimate" ->
                new Reply(
                        200,
                        "{\"estimate_context\": {}, \"estimated_at\": \"2026-11-20T10:00:00.000Z\", \"estimated_unit\": \"usd\","
                                + " \"rate_card\": {\"rates\": [], \"id\": \"r\"}, \"estimated_total_cost\": 2.25,"
                                + " \"estimated_execution_time\": 96250, \"current_predicted_queue_time\": 1}");
            case "PUT /jobs/{id}/status/cancel" -> new Reply(200, "{\"id\": \"job-1\", \"status\": \"canceled\"}");
            case "GET /backends" ->
                new Reply(
                        200,
                        "[{\"backend\": \"qpu.forte-1\", \"status\": \"available\", \"qubits\": 36, \"degraded\": true,"
                                + " \"supported_native_gates\": [\"gpi\", \"gpi2\", \"zz\"]},"
                                + " {\"backend\": \"simulator\", \"status\": \"available\", \"qubits\": 29}]");
            case "GET /backends/qpu.forte-1/characterizations" ->
                new Reply(
                        200,
                        "{\"characterizations\": [{\"id\": \"c1\", \"fidelity\": {\"1q\": {\"median\": 0.9998},"
                                + " \"2q\": {\"median\": 0.995}, \"spam\": {\"median\": 0.99}}, \"timing\": {\"t1\": 100}}]}");
            default -> new Reply(404, "{\"error\": \"NotFound\", \"message\": \"" + asked.path() + "\"}");
        };
    }

    private Reply create(JsonObject order) {
        assertThat(ORDER_MEMBERS).containsAll(order.keySet());
        JsonObject input = order.getJsonObject("input");
        switch (order.getString("type")) {
            case "ionq.circuit.v1" -> {
                assertThat(input.keySet()).containsExactlyInAnyOrder("qubits", "gateset", "circuit");
                check(input);
            }
            case "ionq.qasm3.v1" -> assertThat(input.keySet()).containsExactly("data");
            case "ionq.multi-circuit.v1" -> {
                assertThat(input.keySet()).containsExactlyInAnyOrder("qubits", "gateset", "circuits");
                input.getJsonArray("circuits").getValuesAs(JsonObject.class).forEach(circuit -> {
                    assertThat(circuit.keySet()).containsExactlyInAnyOrder("name", "qubits", "gateset", "circuit");
                    check(circuit);
                });
            }
            default -> throw new AssertionError(order.getString("type"));
        }
        String id = "job-" + (jobs.size() + 1);
        jobs.put(id, order);
        return new Reply(201, "{\"id\": \"" + id + "\", \"status\": \"submitted\", \"session_id\": null}");
    }

    /// Members and names of gates as the schema of the gate set has them.
    private static void check(JsonObject circuit) {
        boolean isNative = circuit.getString("gateset").equals("native");
        circuit.getJsonArray("circuit").getValuesAs(JsonObject.class).forEach(gate -> {
            assertThat(isNative ? NATIVE : GATES).contains(gate.getString("gate"));
            assertThat(
                            isNative
                                    ? Set.of("gate", "target", "targets", "phase", "phases", "angle")
                                    : Set.of("gate", "target", "targets", "control", "controls", "rotation"))
                    .containsAll(gate.keySet());
        });
    }

    private JsonObject list(Asked asked) {
        JsonArrayBuilder found = Json.createArrayBuilder();
        Matcher parent = Pattern.compile("parent_job_id=(job-[0-9]+)").matcher(String.valueOf(asked.query()));
        if (parent.find()) {
            circuits(parent.group(1))
                    .forEach((id, circuit) -> found.add(job(parent.group(1))
                            .add("id", id)
                            .add("parent_job_id", parent.group(1))
                            .add("name", circuit.getString("name"))
                            .add("status", failing.equals(circuit.getString("name")) ? "failed" : "completed")
                            .add(
                                    "failure",
                                    Json.createObjectBuilder()
                                            .add("code", "TooManyGates")
                                            .add("message", "no"))));
            return Json.createObjectBuilder()
                    .add("jobs", found)
                    .add("next", JsonValue.NULL)
                    .build();
        }
        for (String id : List.copyOf(jobs.keySet()).reversed()) {
            if (!String.valueOf(asked.query()).contains("ids=")
                    || String.valueOf(asked.query()).contains("ids=" + id)) {
                found.add(job(id));
            }
        }
        return Json.createObjectBuilder()
                .add("jobs", found)
                .add("next", JsonValue.NULL)
                .build();
    }

    /// The circuits of a job of several, by the ids of their own jobs.
    private Map<String, JsonObject> circuits(String id) {
        Map<String, JsonObject> circuits = new LinkedHashMap<>();
        JsonObject input = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT).getJsonObject("input");
        if (input.containsKey("circuits")) {
            for (JsonObject circuit : input.getJsonArray("circuits").getValuesAs(JsonObject.class)) {
                circuits.put(id + "-" + circuits.size(), circuit);
            }
        }
        return circuits;
    }

    private JsonObject aggregate(String id) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        circuits(id).forEach((child, circuit) -> {
            if (!failing.equals(circuit.getString("name")) && !missing.equals(circuit.getString("name"))) {
                JsonObject plain =
                        Json.createObjectBuilder(circuit).remove("name").build();
                all.add(child, probabilities(IonqJson.read(plain.toString(), CircuitLimits.defaults())));
            }
        });
        return all.build();
    }

    private JsonObjectBuilder job(String id) {
        JsonObject order = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
        return Json.createObjectBuilder()
                .add("id", id)
                .add("status", status)
                .add("name", order.getString("name"))
                .add("metadata", order.getJsonObject("metadata"))
                .add("submitted_at", "2026-11-20T10:00:00.000Z")
                .add("execution_duration_ms", 4200)
                .add("failure", JsonValue.NULL)
                .add("stats", Json.createObjectBuilder().add("qubits", 2))
                .add("child_job_ids", Json.createArrayBuilder(circuits(id).keySet()))
                .add(
                        "results",
                        Json.createObjectBuilder()
                                .add(
                                        "ionq.result.probabilities-aggregate.json.v1",
                                        Json.createObjectBuilder().add("id", "probabilities-aggregate")));
    }

    /// Keys are decimal, qubit 0 is the lowest bit.
    private JsonObject probabilities(String id) {
        JsonObject order = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
        JsonObject input = order.getJsonObject("input");
        return probabilities(
                input.containsKey("data")
                        ? OpenQasm.parse(input.getString("data"), CircuitLimits.defaults())
                        : IonqJson.read(input.toString(), CircuitLimits.defaults()));
    }

    private static JsonObject probabilities(Circuit circuit) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        ReferenceSimulator.distribution(circuit)
                .forEach((bits, share) -> json.add(String.valueOf(Integer.parseInt(bits, 2)), share));
        return json.build();
    }

    @Test
    void an_account_is_tried_out_by_what_only_its_holder_is_told() {
        ionq.tryAccount();
        assertThat(server.asked().getLast().path()).isEqualTo("/v0.4/jobs");
        ionq.credentials = StubServer.credentials(Map.of("api-key", "stolen", "endpoint", server.address() + "/v0.4"));
        assertThatThrownBy(ionq::tryAccount).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.isAboutCredentials()).isTrue();
            assertThat(e).hasMessage("no key");
        });
        faults.add(new Reply(503, ""));
        assertThatThrownBy(ionq::tryAccount)
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.isAboutCredentials()).isFalse());
    }

    private Work work(String program, int shots) {
        return new Work(backend, "OPENQASM3", program, shots, 7, false);
    }

    @Test
    void a_job_goes_there_and_back() {
        Work work = work(BELL, 1000);
        Receipt receipt = ionq.submit("qh-1", work);
        JsonObject order = jobs.getOrDefault(receipt.taskId(), JsonValue.EMPTY_JSON_OBJECT);
        assertThat(order.getString("name")).isEqualTo("qh-1");
        assertThat(order.getJsonObject("metadata").getString("quantum-hub")).isEqualTo("our-hub");
        assertThat(order.getString("backend")).isEqualTo("qpu.forte-1");
        DeviceResult result = ionq.fetch(new TaskKey(backend, receipt.taskId()), work);
        assertThat(result.counts().keySet()).containsExactlyInAnyOrder("00", "11");
        assertThat(result.counts().values().stream().mapToInt(c -> c).sum()).isEqualTo(1000);
        assertThat(result.seconds()).isEqualTo(4.2);
        assertThat(result.details().getJsonObject("cost")).isNotEmpty();
    }

    @Test
    void the_lowest_qubit_is_the_lowest_bit_and_classical_bits_decide() {
        Work work = work(
                "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; bit[2] c; x q[0]; c[1] = measure q[0]; c[0] = measure q[2];",
                10);
        Receipt receipt = ionq.submit("qh-2", work);
        assertThat(ionq.fetch(new TaskKey(backend, receipt.taskId()), work).counts())
                .isEqualTo(Map.of("10", 10));
    }

    @Test
    void gates_of_the_standard_library_go_as_openqasm() {
        Work work = work("OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; h q; ccx q[0], q[1], q[2]; x q[1];", 100);
        String id = ionq.submit("qh-10", work).taskId();
        JsonObject order = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
        assertThat(order.getString("type")).isEqualTo("ionq.qasm3.v1");
        assertThat(order.getJsonObject("input").getString("data"))
                .startsWith("OPENQASM 3.0;")
                .contains("include \"stdgates.inc\";", "ccx q[0], q[1], q[2];", "c[2] = measure q[2];");
        same(work, ionq.fetch(new TaskKey(backend, id), work));
    }

    @Test
    void gates_that_nobody_has_are_taken_apart() {
        Work work = work(
                "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; h q; rxx(0.4) q[0], q[2]; ctrl @ ctrl @ z q[0], q[1], q[2];",
                100);
        String id = ionq.submit("qh-11", work).taskId();
        assertThat(jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT).getString("type"))
                .isEqualTo("ionq.circuit.v1");
        same(work, ionq.fetch(new TaskKey(backend, id), work));
    }

    @Test
    void native_gates_go_as_they_are_with_phases_in_turns() {
        Work work = work(
                "OPENQASM 3; qubit[2] q; gpi2(pi/2) q[0]; gpi(pi) q[1]; ms(0, pi/2, pi/2) q[0], q[1]; rzz(pi/4) q[0], q[1];",
                100);
        String id = ionq.submit("qh-12", work).taskId();
        JsonObject input = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT).getJsonObject("input");
        assertThat(input.getString("gateset")).isEqualTo("native");
        List<JsonObject> gates = input.getJsonArray("circuit").getValuesAs(JsonObject.class);
        assertThat(gates.get(0).getJsonNumber("phase").doubleValue()).isEqualTo(0.25);
        assertThat(gates.get(2).getJsonArray("phases").getJsonNumber(1).doubleValue())
                .isEqualTo(0.25);
        assertThat(gates.get(2).getJsonNumber("angle").doubleValue()).isEqualTo(0.25);
        assertThat(gates.get(3).getString("gate")).isEqualTo("zz");
        same(work, ionq.fetch(new TaskKey(backend, id), work));
    }

    @Test
    void a_device_without_a_native_gate_gets_it_compiled() {
        Backend forte = TestBackends.of("ionq-cloud-forte-1", "qpu.forte-1", 36, List.of("gpi", "gpi2", "zz"));
        Work work = new Work(
                forte,
                "OPENQASM3",
                "OPENQASM 3; qubit[2] q; gpi2(pi/2) q[0]; ms(0, 0, pi/2) q[0], q[1];",
                100,
                7,
                false);
        String id = ionq.submit("qh-13", work).taskId();
        JsonObject order = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
        assertThat(order.getJsonObject("input").getString("gateset", "qasm")).isNotEqualTo("native");
        same(work, ionq.fetch(new TaskKey(forte, id), work));
    }

    @Test
    void values_of_inputs_are_in_the_circuit() {
        Work work = new Work(
                backend,
                "OPENQASM3",
                "OPENQASM 3; include \"stdgates.inc\"; input float theta; qubit q; rx(theta) q;",
                100,
                7,
                false,
                "{\"theta\": 1.25}");
        String id = ionq.submit("qh-14", work).taskId();
        assertThat(jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT)
                        .getJsonObject("input")
                        .getJsonArray("circuit")
                        .getJsonObject(0)
                        .getJsonNumber("rotation")
                        .doubleValue())
                .isEqualTo(1.25);
    }

    @Test
    void several_circuits_are_one_job_and_those_that_fail_do_so_alone() {
        List<Work> works = List.of(
                work(BELL, 100),
                work("OPENQASM 3; qubit[1] q; gpi2(0) q[0]; gpi(0.5) q[0];", 100),
                work("OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; x q[2]; ccx q[0], q[1], q[2];", 100));
        String id = ionq.submitSet("qh-15", works).taskId();
        JsonObject order = jobs.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
        assertThat(order.getString("type")).isEqualTo("ionq.multi-circuit.v1");
        assertThat(order.getString("name")).isEqualTo("qh-15");
        List<Part> parts = ionq.fetchSet(new TaskKey(backend, id), works);
        for (int i = 0; i < works.size(); i++) {
            same(works.get(i), ((Part.Found) parts.get(i)).result());
        }
        failing = "1";
        missing = "2";
        List<Part> failed = ionq.fetchSet(new TaskKey(backend, id), works);
        assertThat(failed.get(0)).isInstanceOf(Part.Found.class);
        assertThat(failed.get(1)).isEqualTo(new Part.Failed("PROVIDER_FAILED", "TooManyGates: no", false));
        assertThat(failed.get(2))
                .isInstanceOfSatisfying(
                        Part.Failed.class, part -> assertThat(part.broken()).isTrue());
        assertThat(ionq.setLimits(backend).programs()).isGreaterThan(1);
    }

    private static void same(Work work, DeviceResult result) {
        ReferenceSimulator.distribution(work.circuit())
                .forEach((bits, share) -> assertThat(result.probabilities().getOrDefault(bits, 0.0))
                        .isCloseTo(share, within(1e-9)));
    }

    @Test
    void an_order_in_doubt_is_found_by_its_name() {
        Work work = work(BELL, 10);
        assertThat(ionq.find("qh-4", backend, Instant.parse("2026-11-20T09:59:00Z")))
                .isInstanceOf(Lookup.Absent.class);
        String id = ionq.submit("qh-4", work).taskId();
        assertThat(ionq.find("qh-4", backend, Instant.parse("2026-11-20T09:59:00Z")))
                .isEqualTo(new Lookup.Found(id, "completed"));
        assertThat(ionq.tasks(Instant.parse("2026-11-20T09:59:00Z"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, QUEUED",
        "ready, QUEUED",
        "started, RUNNING",
        "completed, COMPLETED",
        "failed, FAILED",
        "canceled, CANCELLED",
        "entangled, UNHEARD"
    })
    void statuses_are_understood(String word, Phase phase) {
        String id = ionq.submit("qh-5", work(BELL, 10)).taskId();
        status = word;
        assertThat(ionq.poll(List.of(new TaskKey(backend, id), new TaskKey(backend, "job-99"))))
                .hasEntrySatisfying(id, state -> assertThat(state.phase()).isEqualTo(phase))
                .hasEntrySatisfying("job-99", state -> assertThat(state.phase()).isEqualTo(Phase.LOST));
    }

    @ParameterizedTest
    @CsvSource({"400, REFUSED", "413, REFUSED", "429, NOT_DONE", "500, UNKNOWN", "503, UNKNOWN", "0, UNKNOWN"})
    void failures_say_what_is_known(int answer, Kind kind) {
        faults.add(new Reply(answer, "{\"error\": \"TooManyShots\", \"message\": \"no\"}"));
        assertThatThrownBy(() -> ionq.submit("qh-6", work(BELL, 10)))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void nonsense_is_refused_with_a_reason() {
        Work work = work(BELL, 10);
        TaskKey key = new TaskKey(backend, ionq.submit("qh-7", work).taskId());
        for (String nonsense : List.of("{\"0\": 0.2}", "{\"9\": 1}", "{\"0\": \"all\"}", "[1]", "{\"0\":")) {
            faults.add(new Reply(200, nonsense));
            assertThatThrownBy(() -> ionq.fetch(key, work))
                    .as(nonsense)
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
            faults.clear();
        }
    }

    @Test
    void devices_and_what_was_measured_of_them_are_learned() {
        List<Learned> devices = ionq.devices();
        assertThat(devices).hasSize(2);
        Learned forte = devices.getFirst();
        assertThat(forte.deviceArn()).isEqualTo("arn:hub:qpu:::ionq/qpu.forte-1");
        assertThat(forte.status()).isEqualTo(BackendStatus.DEGRADED);
        assertThat(forte.calibration()).contains("0.995", "oneForZero");
        assertThat(forte.gateSet()).isEqualTo("{gpi,gpi2,zz}");
        assertThat(ionq.price(work(BELL, 10)).orElseThrow()).isEqualByComparingTo("2.25");
        assertThat(ionq.cancel(new TaskKey(backend, "job-1"))).isNotBlank();
    }
}
