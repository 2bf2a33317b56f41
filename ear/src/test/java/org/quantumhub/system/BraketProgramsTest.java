package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quantumhub.system.BraketStub.Fault;
import org.quantumhub.system.HubProcess.Plan;

/// The kinds of programs that Amazon Braket takes besides a circuit of gates: with inputs, with requests for results,
/// several in one task, and analog ones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(8)
class BraketProgramsTest {

    private static final String ROTATION =
            "\"OPENQASM 3.0; input float theta; qubit[1] q; bit[1] c; rx(theta) q[0]; c[0] = measure q[0];\"";
    private static final String ATOMS = """
            {"setup": {"ahs_register": {"sites": [["0.0", "0.0"], ["0.0", "6.0e-6"]], "filling": [1, 1]}},
             "hamiltonian": {"drivingFields": [{
               "amplitude": {"time_series": {"times": ["0", "1e-6", "2e-6"], "values": ["0", "1.5e7", "0"]}, "pattern": "uniform"},
               "phase": {"time_series": {"times": [0, 2e-6], "values": [0, 0]}, "pattern": "uniform"},
               "detuning": {"time_series": {"times": [0, 2e-6], "values": [-3e7, 3e7]}, "pattern": "uniform"}}]}}""";

    private final TestDatabase database = TestDatabase.start(Project.workplace("braket-programs"));
    private final ObjectStorage storage = ObjectStorage.start(Project.workplace("braket-programs"));
    private final BraketStub braket = BraketStub.start(storage);
    private final Sql sql = database.sql();
    private final HubProcess hub =
            HubProcess.start(new Plan("braket-programs-hub", Project.folder(), database, BraketTest.settings(braket)));
    private HubClient client;

    @BeforeEach
    void register() {
        client = hub.client().register().withKey();
        // when a device is learned again, every server has had the time to hear of it
        Await.until(
                "the devices are learned twice",
                () -> sql.count("select min(version) from backends where slug in ('iqm-garnet', 'quera-aquila')"),
                version -> version >= 3);
    }

    @AfterEach
    void every_request_was_as_the_model_says() {
        assertThat(braket.wrongRequests()).isEmpty();
    }

    @AfterAll
    void end() {
        try (database;
                storage;
                braket;
                hub) {
            Invariants.hold(sql);
        }
    }

    @Test
    void values_of_inputs_travel_beside_the_program() {
        UUID job = client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 100, \"circuit\": " + ROTATION
                        + ", \"parameters\": {\"theta\": 3.141592653589793}}")
                .expect(201)
                .id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        assertThat(result(job).getJsonObject("counts").getInt("1")).isEqualTo(100);
        JsonObject action = task(job).action();
        assertThat(action.getJsonObject("inputs").getJsonNumber("theta").doubleValue())
                .isEqualTo(3.141592653589793);
    }

    @Test
    void what_a_program_asks_for_comes_back_by_its_type() {
        String program = "\"OPENQASM 3.0;\\nqubit[2] q;\\nh q[0];\\ncnot q[0], q[1];\\n"
                + "#pragma braket result expectation z(q[0]) @ z(q[1])\\n\"";
        UUID job = client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 100, \"circuit\": " + program + "}")
                .expect(201)
                .id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        JsonObject value = result(job).getJsonArray("values").getJsonObject(0);
        assertThat(value.getString("type")).isEqualTo("EXPECTATION");
        assertThat(value.getJsonNumber("value").doubleValue()).isEqualTo(1.0);
        client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 100, \"circuit\": "
                        + program.replace("expectation z(q[0]) @ z(q[1])", "state_vector") + "}")
                .refused(400, "INVALID_CIRCUIT");
    }

    /// The device of the stub takes three programs in a task: five are two tasks, and two fees.
    @Test
    void a_sweep_is_a_few_program_sets_with_one_fee_for_each() {
        UUID job = sweep(5);
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        List<BraketTask> tasks = tasks(job);
        assertThat(tasks.stream().mapToInt(task -> task.order.getInt("shots")).sorted())
                .containsExactly(200, 300);
        for (JsonObject child : children(job)) {
            UUID id = UUID.fromString(child.getString("id"));
            double theta = 0.5 * child.getInt("childIndex");
            JsonObject counts = result(id).getJsonObject("counts");
            assertThat(counts.getInt("1", 0) / 100.0)
                    .isBetween(Math.pow(Math.sin(theta / 2), 2) - 0.25, Math.pow(Math.sin(theta / 2), 2) + 0.25);
            assertThat(client.get("/api/v1/jobs/" + id + "/provider-task")
                            .expect(200)
                            .text("state"))
                    .isEqualTo("SETTLED");
        }
        // twice 0.30, and 500 shots at 0.00145
        assertThat(spent()).isEqualByComparingTo("1.325");
    }

    @Test
    void different_circuits_share_a_task_too() {
        UUID job = client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 100, \"circuits\": [" + Samples.BELL + ", "
                        + Samples.BELL + ", {\"num_qubits\": 1, \"gates\": [{\"type\": \"X\", \"target\": 0}]}]}")
                .expect(201)
                .id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        List<JsonObject> children = children(job);
        assertThat(result(UUID.fromString(children.get(2).getString("id")))
                        .getJsonObject("counts")
                        .getInt("1"))
                .isEqualTo(100);
        assertThat(children.stream()
                        .map(child -> new BigDecimal(child.getString("actualCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0.735");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"PART_FAILED", "PART_MISSING"})
    void a_program_that_fails_does_so_alone_and_the_others_pay_the_fee(Fault fault) {
        braket.whenRunning(fault);
        UUID job = sweep(3);
        client.ended(job);
        List<JsonObject> children = children(job);
        assertThat(children.stream().map(child -> child.getString("status")))
                .containsExactlyInAnyOrder("FAILED", "COMPLETED", "COMPLETED");
        JsonObject failed = children.stream()
                .filter(child -> child.getString("status").equals("FAILED"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.getString("actualCost")).isEqualTo("0.00000000");
        if (fault == Fault.PART_FAILED) {
            assertThat(failed.getString("errorMessage")).isEqualTo("the program is too deep");
        }
        // one fee of 0.30 and 200 shots at 0.00145
        assertThat(spent()).isEqualByComparingTo("0.59");
    }

    @Test
    void a_bundle_is_cancelled_at_the_provider_as_one_task() {
        braket.whenRunning(Fault.SLOW_QUEUE);
        UUID job = sweep(3);
        Await.until(
                "the order is made",
                () -> sql.count(
                        "select count(*) from provider_tasks t join jobs j on j.id = t.job_id where j.parent_job_id = ?"
                                + " and t.state = 'OPEN'",
                        job),
                count -> count == 1);
        client.delete("/api/v1/jobs/" + job).expect(200);
        assertThat(client.ended(job).text("status")).isEqualTo("CANCELLED");
        assertThat(children(job))
                .allSatisfy(child -> assertThat(child.getString("status")).isEqualTo("CANCELLED"));
        assertThat(spent()).isEqualByComparingTo("0");
    }

    @Test
    void atoms_are_driven_and_read_back_as_ground_rydberg_and_empty() {
        UUID job = client.submit(
                        "{\"backend\": \"quera-aquila\", \"shots\": 100, \"memory\": true, \"circuit\": " + ATOMS + "}")
                .expect(201)
                .id();
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo("COMPLETED");
        // 0.30 for the task and 100 shots at 0.01
        assertThat(ended.getString("actualCost")).isEqualTo("1.30000000");
        JsonObject counts = result(job).getJsonObject("counts");
        assertThat(counts.keySet()).containsExactlyInAnyOrder("gr", "rg");
        assertThat(counts.getInt("gr") + counts.getInt("rg")).isEqualTo(90);
        JsonObject action = task(job).action();
        assertThat(action.toString()).contains("\"6.0e-6\"", "\"localDetuning\":[]");
        assertThat(client.get("/api/v1/jobs/" + job + "/circuit").expect(200).json())
                .containsKey("hamiltonian");
    }

    @Test
    void an_analog_program_that_the_device_cannot_run_is_refused_with_its_path() {
        Answer near = client.submit("{\"backend\": \"quera-aquila\", \"shots\": 10, \"circuit\": "
                        + ATOMS.replace("6.0e-6", "3.0e-6") + "}")
                .refused(400, "INVALID_CIRCUIT");
        assertThat(near.text("path")).isEqualTo("/setup/ahs_register/sites/1");
        client.submit("{\"backend\": \"quera-aquila\", \"shots\": 10, \"circuit\": " + Samples.BELL + "}")
                .refused(400, "INVALID_CIRCUIT");
        client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 10, \"circuit\": " + ATOMS + "}")
                .refused(400, "INVALID_CIRCUIT");
        client.submit("{\"backend\": \"quera-aquila\", \"shots\": 10, \"circuit\": " + ATOMS
                        + ", \"parameters\": {\"theta\": 1}}")
                .refused(400, "INVALID_FIELD");
        JsonObject estimate = client.post(
                        "/api/v1/jobs/estimate",
                        "{\"backend\": \"quera-aquila\", \"shots\": 100, \"circuit\": " + ATOMS + "}")
                .expect(200)
                .json();
        assertThat(estimate.toString()).contains("1.30000000");
        assertThat(spent()).isEqualByComparingTo("0");
    }

    private UUID sweep(int sets) {
        String values = IntStream.range(0, sets)
                .mapToObj(i -> "{\"theta\": " + 0.5 * i + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return client.submit("{\"backend\": \"iqm-garnet\", \"shots\": 100, \"circuit\": " + ROTATION
                        + ", \"parameterSets\": " + values + "}")
                .expect(201)
                .id();
    }

    private BigDecimal spent() {
        return new BigDecimal(client.get("/api/v1/wallet").expect(200).text("spent"));
    }

    private List<JsonObject> children(UUID job) {
        JsonArray items =
                client.get("/api/v1/jobs?parent=" + job).expect(200).json().getJsonArray("items");
        return items.getValuesAs(JsonObject.class).stream()
                .sorted((a, b) -> Integer.compare(a.getInt("childIndex"), b.getInt("childIndex")))
                .toList();
    }

    /// The tasks that a bundle was ordered by.
    private List<BraketTask> tasks(UUID bundle) {
        List<String> tokens = sql
                .rows(
                        "select t.token from provider_tasks t join jobs j on j.id = t.job_id where j.parent_job_id = ?",
                        bundle)
                .stream()
                .map(List::getFirst)
                .toList();
        return braket.tasks().stream()
                .filter(task -> tokens.contains(task.order.getString("clientToken")))
                .toList();
    }

    private JsonObject result(UUID job) {
        return client.get("/api/v1/jobs/" + job + "/result").expect(200).json();
    }

    private BraketTask task(UUID job) {
        String token = sql.value("select token from provider_tasks where job_id = ?", job);
        return braket.tasks().stream()
                .filter(task -> task.order.getString("clientToken").equals(token))
                .findFirst()
                .orElseThrow();
    }
}
