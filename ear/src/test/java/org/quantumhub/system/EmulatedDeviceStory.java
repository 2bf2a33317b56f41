package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A job's way through an emulated device: ordered under a token, asked after, fetched, settled.
@Story
class EmulatedDeviceStory {

    private HubClient client;

    @BeforeEach
    void register() {
        client = RunningHub.hub().client().register().client();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ionq-aria-1-emulator",
                "ionq-aria-2-emulator",
                "ionq-forte-1-emulator",
                "rigetti-ankaa-2-emulator",
                "rigetti-ankaa-3-emulator",
                "iqm-garnet-emulator",
                "iqm-emerald-emulator",
                "qb-qdk-emulator"
            })
    void a_bell_pair_comes_back_from_each_device_with_its_noise(String backend) {
        UUID job = client.submit(bell(backend, "")).expect(201).id();
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo("COMPLETED");
        assertThat(ended.getString("actualCost")).isEqualTo("0.00000000");

        JsonObject result =
                client.get("/api/v1/jobs/" + job + "/result").expect(200).json();
        Map<String, Integer> counts = counts(result);
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
        assertThat(counts.getOrDefault("00", 0) + counts.getOrDefault("11", 0)).isGreaterThan(750);
        JsonObject device = result.getJsonObject("device");
        assertThat(device.getBoolean("emulated")).isTrue();
        assertThat(device.getString("backend")).isEqualTo(backend);
        assertThat(device.getBoolean("comparedWithOriginal")).isTrue();
        assertThat(device.getString("compiledProgram")).startsWith("OPENQASM 3");
        assertThat(device.getJsonObject("qubitMapping").getJsonArray("initial")).hasSize(2);
        String calibration = device.getJsonObject("calibration").getString("id");

        JsonObject task =
                client.get("/api/v1/jobs/" + job + "/provider-task").expect(200).json();
        assertThat(task.getString("state")).isEqualTo("SETTLED");
        assertThat(task.getString("providerTaskId")).isEqualTo(device.getString("taskId"));
        assertThat(task.getString("calibrationId")).isEqualTo(calibration);
        assertThat(steps(job)).containsSubsequence("SUBMITTED", "QUEUED", "PROVISIONING", "RUNNING", "COMPLETED");
        assertThat(calls(job)).startsWith("submit").contains("poll", "fetch");
    }

    @Test
    void the_same_seed_gives_the_same_counts_although_the_device_is_noisy() {
        Map<String, Integer> first = run(bell("iqm-garnet-emulator", ", \"seed\": 11"));
        assertThat(run(bell("iqm-garnet-emulator", ", \"seed\": 11"))).isEqualTo(first);
        assertThat(first).hasSizeGreaterThan(2);
    }

    @Test
    void a_job_that_waits_at_the_device_is_cancelled_there_and_costs_nothing() {
        UUID job = client.submit(bell("iqm-garnet-emulator", "")).expect(201).id();
        client.delete("/api/v1/jobs/" + job).expect(200);
        JsonObject ended = client.ended(job).json();
        // the device may have been faster: then the result is kept
        assertThat(ended.getString("status")).isIn("CANCELLED", "COMPLETED");
        client.delete("/api/v1/jobs/" + job);
        assertThat(RunningHub.hub()
                        .sql()
                        .count("select count(*) from provider_tasks where job_id = ? and state <> 'SETTLED'", job))
                .isZero();
    }

    @Test
    void what_the_device_cannot_run_is_refused_before_money_is_held() {
        String reset =
                "\"OPENQASM 3.0; include \\\"stdgates.inc\\\"; qubit[2] q; bit[2] c; h q[0]; reset q[0]; c = measure q;\"";
        client.submit("{\"backend\": \"iqm-garnet-emulator\", \"shots\": 10, \"circuit\": " + reset + "}")
                .refused(400, "INVALID_CIRCUIT");
        client.submit(bell("ionq-forte-1-emulator", "").replace("1000", "5001")).refused(400, "INVALID_FIELD");
        client.submit(bell("ionq-forte-1-emulator", "").replace("1000", "99")).refused(400, "INVALID_FIELD");
        String three = "{\"num_qubits\": 3, \"gates\": [{\"type\": \"H\", \"target\": 2}]}";
        client.submit("{\"backend\": \"qb-qdk-emulator\", \"shots\": 10, \"circuit\": " + three + "}")
                .refused(422, "CIRCUIT_TOO_LARGE");
    }

    @Test
    void a_device_without_an_account_says_so_and_names_its_emulator() {
        Answer refused = client.submit(bell("iqm-garnet", "")).refused(409, "BACKEND_UNAVAILABLE");
        assertThat(refused.text("detail")).contains("iqm-garnet-emulator");
        Answer retired = client.submit(bell("ionq-aria-1", "")).refused(409, "BACKEND_UNAVAILABLE");
        assertThat(retired.text("detail")).contains("RETIRED", "ionq-aria-1-emulator");
    }

    @Test
    void a_blocking_job_waits_for_its_device() {
        Answer job = client.submit(bell("qb-qdk-emulator", ", \"runMode\": \"BLOCKING\""))
                .expect(201);
        assertThat(job.text("status")).isEqualTo("COMPLETED");
    }

    @Test
    void the_catalogue_shows_every_device_with_the_retired_ones_marked() {
        List<JsonObject> retired = items("/api/v1/backends?status=retired");
        assertThat(retired.stream().map(b -> b.getString("slug")))
                .containsExactlyInAnyOrder("tn1", "ionq-aria-1", "ionq-aria-2", "rigetti-ankaa-2", "rigetti-ankaa-3");
        assertThat(retired).allSatisfy(backend -> {
            assertThat(backend.getBoolean("available")).isFalse();
            assertThat(backend.getString("retiredAt")).isNotBlank();
        });
        assertThat(items("/api/v1/backends?emulated=true")).hasSize(8).allSatisfy(backend -> {
            assertThat(backend.getBoolean("available")).isTrue();
            assertThat(backend.getJsonObject("pricing").getString("perShot")).isEqualTo("0");
        });
        assertThat(items("/api/v1/backends?technology=NEUTRAL_ATOM").getFirst().getString("paradigm"))
                .isEqualTo("ANALOG");
        JsonObject garnet =
                client.get("/api/v1/backends/iqm-garnet").expect(200).json();
        assertThat(garnet.getJsonObject("availability").getJsonArray("windows")).hasSize(3);
        assertThat(garnet.getJsonObject("availability").getString("nextOpening"))
                .isNotBlank();
        assertThat(garnet.getJsonArray("connectivityMap")).hasSize(30);
        client.get("/api/v1/backends?status=broken").refused(400, "INVALID_PARAMETER");
        JsonObject first = client.get("/api/v1/backends?limit=1").expect(200).json();
        JsonObject second = client.get("/api/v1/backends?limit=1&after=" + first.getString("next"))
                .expect(200)
                .json();
        assertThat(second.getJsonArray("items")).isNotEqualTo(first.getJsonArray("items"));
    }

    @Test
    void hardware_is_the_same_catalogue_in_fewer_words() {
        JsonObject hardware =
                client.get("/api/v1/hardware/iqm-garnet").expect(200).json();
        assertThat(hardware.getInt("qubits")).isEqualTo(20);
        assertThat(hardware.getString("platform")).isEqualTo("AWS_BRAKET");
        JsonObject byId = client.get("/api/v1/hardware/" + hardware.getString("id"))
                .expect(200)
                .json();
        assertThat(byId).isEqualTo(hardware);
        assertThat(items("/api/v1/hardware?minQubits=80")).hasSizeGreaterThan(3);
    }

    @Test
    void calibrations_are_found_by_the_time_at_which_they_were_valid() {
        JsonObject now = client.get("/api/v1/backends/iqm-garnet-emulator/calibrations")
                .expect(200)
                .json();
        assertThat(now.getJsonArray("items")).hasSize(1);
        client.get("/api/v1/backends/iqm-garnet-emulator/calibrations?at=2026-02-01T00:00:00Z")
                .expect(200);
        client.get("/api/v1/backends/iqm-garnet-emulator/calibrations?at=2020-01-01T00:00:00Z")
                .refused(404, "NOT_FOUND");
        client.get("/api/v1/backends/iqm-garnet-emulator/calibrations?at=yesterday")
                .refused(400, "INVALID_PARAMETER");
    }

    @Test
    void a_maintenance_is_announced_by_operators_and_keeps_jobs_away_while_it_goes_on() {
        String body = "{\"startsAt\": \"2026-01-01T00:00:00Z\", \"endsAt\": \"2999-01-01T00:00:00Z\","
                + " \"announcement\": \"New laser\"}";
        client.post("/api/v1/backends/ionq-aria-2-emulator/maintenances", body).refused(403, "FORBIDDEN");
        HubClient.Person operator = RunningHub.hub().client().register();
        RunningHub.hub().sql().run("insert into user_roles (user_id, role) values (?, 'OPERATOR')", operator.id());
        HubClient asOperator = operator.client()
                .bearer(RunningHub.hub()
                        .client()
                        .login(operator.email(), operator.password())
                        .expect(200)
                        .text("accessToken"));
        UUID id = asOperator
                .post("/api/v1/backends/ionq-aria-2-emulator/maintenances", body)
                .expect(201)
                .id();
        Await.until(
                "jobs are kept away",
                () -> client.submit(bell("ionq-aria-2-emulator", "")),
                answer -> answer.status() == 409 && answer.text("detail").contains("New laser"));
        assertThat(client.get("/api/v1/backends/ionq-aria-2-emulator")
                        .expect(200)
                        .text("status"))
                .isEqualTo("MAINTENANCE");
        asOperator
                .delete("/api/v1/backends/ionq-aria-2-emulator/maintenances/" + id)
                .expect(204);
        Await.until(
                "jobs are taken again",
                () -> client.submit(bell("ionq-aria-2-emulator", "")),
                answer -> answer.status() == 201);
    }

    private Map<String, Integer> run(String job) {
        UUID id = client.submit(job).expect(201).id();
        client.ended(id);
        return counts(client.get("/api/v1/jobs/" + id + "/result").expect(200).json());
    }

    private List<JsonObject> items(String path) {
        return client.get(path).expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private List<String> steps(UUID job) {
        return client.get("/api/v1/jobs/" + job + "/events").expect(200).array().getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("status"))
                .toList();
    }

    private List<String> calls(UUID job) {
        return client.get("/api/v1/jobs/" + job + "/events").expect(200).array().getValuesAs(JsonObject.class).stream()
                .map(event -> event.getOrDefault("detail", JsonValue.NULL))
                .filter(JsonObject.class::isInstance)
                .map(detail -> detail.asJsonObject().getString("operation"))
                .toList();
    }

    static String bell(String backend, String more) {
        return "{\"backend\": " + Json.createValue(backend) + ", \"shots\": 1000, \"circuit\": " + Samples.BELL + more
                + "}";
    }

    private static Map<String, Integer> counts(JsonObject result) {
        Map<String, Integer> counts = new TreeMap<>();
        result.getJsonObject("counts").forEach((bits, count) -> counts.put(bits, Integer.valueOf(count.toString())));
        return counts;
    }
}
