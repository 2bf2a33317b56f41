package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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

/// A device at Amazon Braket, by the real client, against a stub of the service that checks every request and an object
/// storage that checks every signature.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
class BraketTest {

    private final TestDatabase database = TestDatabase.start(Project.workplace("braket"));
    private final ObjectStorage storage = ObjectStorage.start(Project.workplace("braket"));
    private final BraketStub braket = BraketStub.start(storage);
    private final Sql sql = database.sql();
    private final HubProcess hub =
            HubProcess.start(new Plan("braket-hub", Project.folder(), database, impatient(braket)));
    private HubClient client;

    static Map<String, String> settings(BraketStub braket) {
        Map<String, String> settings = new TreeMap<>(braket.settings());
        settings.put("HUB_PROVIDERS_WRONG_ANSWERS", "3");
        settings.put("HUB_PROVIDERS_LONGEST_PAUSE_SECONDS", "1");
        settings.put("HUB_PROVIDERS_LEASE_SECONDS", "5");
        settings.put("HUB_PROVIDERS_RECONCILE_SECONDS", "5");
        settings.put("HUB_HARDWARE_REFRESH_SECONDS", "5");
        settings.put("HUB_SECRETS_RETRY_SECONDS", "1");
        return settings;
    }

    /// Waits two seconds for an answer, and looks for an order in doubt as soon as it is repeated.
    private static Map<String, String> impatient(BraketStub braket) {
        Map<String, String> settings = settings(braket);
        settings.put("HUB_PROVIDER_AMAZON_BRAKET_ATTEMPT_SECONDS", "2");
        settings.put("HUB_PROVIDERS_DOUBT_SECONDS", "1");
        return settings;
    }

    @BeforeEach
    void register() {
        client = hub.client().register().withKey();
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
    void a_bell_job_goes_through_order_queue_run_result_and_charge() {
        UUID job = submit(1).id();
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo("COMPLETED");
        // 0.30 for the task and 200 shots at 0.00145
        assertThat(ended.getString("actualCost")).isEqualTo("0.59000000");
        JsonObject result =
                client.get("/api/v1/jobs/" + job + "/result").expect(200).json();
        assertThat(result.getJsonObject("counts").keySet()).containsExactlyInAnyOrder("00", "11");
        assertThat(result.getJsonObject("device").getString("compiledProgram")).isEqualTo("prx and cz");
        JsonObject task =
                client.get("/api/v1/jobs/" + job + "/provider-task").expect(200).json();
        BraketTask theirs = only(job);
        assertThat(task.getString("providerTaskId")).isEqualTo(theirs.arn);
        assertThat(theirs.order.getJsonObject("tags").getString("qh-intent")).isEqualTo(task.getString("token"));
        assertThat(theirs.source()).contains("cnot q[0], q[1]");
        List<JsonObject> events = client.get("/api/v1/jobs/" + job + "/events")
                .expect(200)
                .array()
                .getValuesAs(JsonObject.class);
        assertThat(events.stream().filter(e -> e.containsKey("detail")).map(e -> e.getJsonObject("detail")))
                .anySatisfy(call -> {
                    assertThat(call.getString("operation")).isEqualTo("submit");
                    assertThat(call.getString("requestId")).isNotBlank();
                    assertThat(call.getInt("status")).isEqualTo(200);
                });
    }

    /// Faults after which the order is repeated and the job runs all the same.
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"THROTTLED", "OFFLINE", "FAILING", "RESET_BEFORE", "RESET_AFTER", "TIMED_OUT"})
    void an_order_that_goes_wrong_is_made_once_in_the_end(Fault fault) {
        braket.whenOrdered(fault, fault);
        UUID job = submit(2).id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        only(job);
    }

    /// No attempt of the client is answered, and by the time of the next the provider does not know the token any more:
    /// only a search finds what was made.
    @Test
    void an_order_whose_token_the_provider_has_forgotten_is_found_and_not_repeated() {
        braket.whenRunning(Fault.SLOW_QUEUE);
        braket.muteOrders(true);
        UUID job = submit(8).id();
        Await.until(
                "the order is made, not answered, and too old to be repeated under its token",
                () -> sql.count(
                        "select count(*) from provider_tasks where job_id = ? and failures > 0"
                                + " and created_at < now() - interval '2 seconds'",
                        job),
                doubted -> doubted == 1);
        braket.forgetTokens(true);
        braket.muteOrders(false);
        try {
            await_order_found(job);
            only(job);
        } finally {
            braket.forgetTokens(false);
        }
        client.delete("/api/v1/jobs/" + job).expect(200);
        assertThat(client.ended(job).text("status")).isEqualTo("CANCELLED");
    }

    private void await_order_found(UUID job) {
        Await.until(
                "the order is found",
                () -> sql.value("select state from provider_tasks where job_id = ?", job),
                state -> state.equals("OPEN"));
    }

    @Test
    void a_second_task_that_the_provider_made_of_one_order_is_noticed() {
        braket.whenOrdered(Fault.DUPLICATED);
        UUID job = submit(9).id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        String token = sql.value("select token from provider_tasks where job_id = ?", job);
        Await.until(
                "the second is noticed",
                () -> sql.count("select count(*) from provider_strays where token = ?", token),
                count -> count == 1);
    }

    @Test
    void the_price_of_a_device_follows_what_its_provider_asks_for() {
        braket.shotsCost("0.02");
        Await.until(
                "the price is learned",
                () -> sql.value(
                        "select coalesce(learned_price ->> 'perShot', '') from backends where slug = 'quera-aquila'"),
                price -> price.equals("0.02"));
        assertThat(sql.rows("select (components ->> 'perShot')::numeric(6, 2)::text from price_versions"
                        + " where subject = 'quera-aquila' order by valid_from"))
                .containsExactly(List.of("0.01"), List.of("0.02"));
    }

    /// Thirty qubits and a thousand gates, for which our engine would take some minutes: so much is set aside, and what
    /// the provider says it took is charged.
    @Test
    void a_simulator_is_charged_by_the_time_it_took() {
        Await.until(
                "the price is learned",
                () -> sql.value("select learned_price ->> 'perSecond' from backends where slug = 'sv1'"),
                price -> new BigDecimal(price).compareTo(new BigDecimal("0.002")) == 0);
        Await.until(
                "the price is in force",
                () -> client.get("/api/v1/backends/sv1")
                        .expect(200)
                        .json()
                        .getJsonObject("pricing")
                        .getString("perSecond"),
                perSecond -> new BigDecimal(perSecond).compareTo(new BigDecimal("0.002")) == 0);
        String order =
                "{\"backend\": \"sv1\", \"shots\": 10, \"circuit\": \"OPENQASM 3; include \\\"stdgates.inc\\\"; qubit[30] q; bit[30] c;"
                        + " for int i in [0:33] { for int j in [0:29] { rx(0.1 * i + 0.3) q[j]; } for int j in [0:28] { cx q[j], q[j + 1]; } }"
                        + " c = measure q;\"}";
        JsonObject estimate =
                client.post("/api/v1/jobs/estimate", order).expect(200).json();
        JsonObject cost = estimate.getJsonObject("cost");
        assertThat(new BigDecimal(cost.getString("high")))
                .as("%s", estimate)
                .isGreaterThan(new BigDecimal("0.10"))
                .isGreaterThan(new BigDecimal(cost.getString("expected")));
        JsonObject job = client.post("/api/v1/jobs", order).expect(201).json();
        assertThat(job.getString("estimatedCost")).isEqualTo(cost.getString("high"));
        JsonObject ended = client.ended(UUID.fromString(job.getString("id"))).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo("COMPLETED");
        // 4.5 seconds at 0.002
        assertThat(ended.getString("actualCost")).isEqualTo("0.00900000");
    }

    @Test
    void an_order_that_is_refused_fails_the_job_and_costs_nothing() {
        braket.whenOrdered(Fault.REFUSED);
        UUID job = submit(3).id();
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).isEqualTo("FAILED");
        assertThat(ended.getString("errorMessage")).contains("ValidationException", "not for this device");
        assertThat(ended.getString("actualCost")).isEqualTo("0.00000000");
    }

    /// Tasks whose statuses are odd run all the same; those without a result fail and cost nothing.
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"GOING_BACK", "UNHEARD", "RESULT_MISSING", "RESULT_BROKEN", "RESULT_ELSEWHERE", "TASK_FAILED"})
    void a_task_that_behaves_badly_leaves_no_job_behind(Fault fault) {
        boolean runs = fault == Fault.GOING_BACK || fault == Fault.UNHEARD;
        braket.whenRunning(fault);
        UUID job = submit(4).id();
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo(runs ? "COMPLETED" : "FAILED");
        assertThat(ended.getString("actualCost")).isEqualTo(runs ? "0.59000000" : "0.00000000");
        if (fault == Fault.TASK_FAILED) {
            assertThat(ended.getString("errorMessage")).isEqualTo("the laser went out");
        }
    }

    @Test
    void a_cancelled_job_is_certain_only_when_the_provider_says_so() {
        braket.whenRunning(Fault.SLOW_QUEUE);
        UUID job = submit(5).id();
        await_order(job);
        client.delete("/api/v1/jobs/" + job).expect(200);
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).isEqualTo("CANCELLED");
        assertThat(ended.getString("actualCost")).isEqualTo("0.00000000");
        assertThat(only(job).status).isEqualTo("CANCELLED");
    }

    @Test
    void a_task_that_completes_after_the_cancel_is_charged_and_its_result_kept() {
        braket.whenRunning(Fault.COMPLETED_AFTER_CANCEL);
        UUID job = submit(6).id();
        await_order(job);
        client.delete("/api/v1/jobs/" + job).expect(200);
        JsonObject ended = client.ended(job).json();
        assertThat(ended.getString("status")).isEqualTo("COMPLETED");
        assertThat(ended.getString("actualCost")).isEqualTo("0.59000000");
        client.get("/api/v1/jobs/" + job + "/result").expect(200);
    }

    @Test
    void the_catalogue_learns_from_the_provider() {
        Await.until(
                "the device is learned",
                () -> client.get("/api/v1/backends/iqm-garnet").expect(200).json(),
                garnet -> garnet.containsKey("learnedAt")
                        && garnet.getJsonArray("connectivityMap").size() == 1);
        JsonObject garnet =
                client.get("/api/v1/backends/iqm-garnet").expect(200).json();
        assertThat(garnet.getJsonObject("queue").getInt("depth")).isEqualTo(40);
        assertThat(garnet.getBoolean("available")).isTrue();
        JsonObject calibrations = client.get("/api/v1/backends/iqm-garnet/calibrations")
                .expect(200)
                .json();
        assertThat(calibrations.getJsonArray("items")).hasSize(1);
    }

    @Test
    void a_task_under_our_mark_that_is_in_no_book_is_noticed() {
        UUID job = submit(7).id();
        client.ended(job);
        String arn = only(job).arn;
        assertThat(sql.count("select count(*) from provider_strays where provider_task_id = ?", arn))
                .isZero();
        sql.run("alter table provider_tasks disable trigger provider_tasks_stay");
        sql.run("alter table provider_tasks disable trigger provider_tasks_facts");
        sql.run(
                "update provider_tasks set token = 'qh-lost', provider_task_id = 'lost' where provider_task_id = ?",
                arn);
        sql.run("alter table provider_tasks enable trigger provider_tasks_facts");
        sql.run("alter table provider_tasks enable trigger provider_tasks_stay");
        Await.until(
                "the stray is noticed",
                () -> sql.count("select count(*) from provider_strays where provider_task_id = ?", arn),
                count -> count == 1);
    }

    private JsonObject secret(HubClient team, String path, String name) {
        return team.get(path + name).expect(200).json();
    }

    private void awaitSecret(HubClient team, String path, String name, String status) {
        Await.until(
                name + " is " + status,
                () -> secret(team, path, name),
                secret -> secret.getString("validationStatus").equals(status) && secret.containsKey("lastValidatedAt"));
    }

    /// The tasks of a team with keys of its own are ordered, asked after and fetched with these and with no others; and
    /// the team that pays the provider does not pay the hub.
    @Test
    void a_team_with_an_account_of_its_own_works_in_it() {
        HubClient.Person olga = hub.client().register();
        HubClient team = olga.client();
        String path = "/api/v1/teams/" + olga.team() + "/secrets/amazon-braket/";
        team.put(path + "access-key-id", "{\"value\": \"" + ObjectStorage.TEAM_KEY + "\"}")
                .expect(201);
        awaitSecret(team, path, "access-key-id", "UNKNOWN");
        assertThat(secret(team, path, "access-key-id").getString("validationError"))
                .isEqualTo("An account at Amazon Braket needs bucket and secret-access-key as well.");
        team.put(path + "bucket", "{\"value\": \"" + ObjectStorage.TEAM_BUCKET + "\"}")
                .expect(201);
        team.put(path + "secret-access-key", "{\"value\": \"a wrong one\"}").expect(201);
        // the stub of Braket knows the key and does not check the signature; the storage does
        awaitSecret(team, path, "secret-access-key", "INVALID");
        assertThat(secret(team, path, "bucket").getString("validationError"))
                .isEqualTo(
                        "Amazon Braket refuses them: BUCKET_FORBIDDEN, the keys may not use the bucket for results.");

        // a job that comes now waits for better ones
        UUID job = team.submit(garnet(11)).expect(201).id();
        Answer waiting = team.get("/api/v1/jobs/" + job + "/explain").expect(200);
        assertThat(waiting.text("code")).isEqualTo("SECRET_INVALID");
        assertThat(waiting.text("message")).contains("may not use the bucket");
        team.put(path + "secret-access-key", "{\"value\": \"" + ObjectStorage.TEAM_SECRET + "\"}")
                .expect(200);
        awaitSecret(team, path, "secret-access-key", "VALID");
        assertThat(secret(team, path, "access-key-id").getString("lastVerdict")).isEqualTo("VALID");
        assertThat(secret(team, path, "access-key-id").containsKey("validationError"))
                .isFalse();

        JsonObject ended = team.ended(job).json();
        assertThat(ended.getString("status")).as("%s", ended).isEqualTo("COMPLETED");
        assertThat(ended.getString("actualCost")).isEqualTo("0.00000000");
        BraketTask theirs = only(job);
        assertThat(theirs.keyId).isEqualTo(ObjectStorage.TEAM_KEY);
        assertThat(theirs.order.getString("outputS3Bucket")).isEqualTo(ObjectStorage.TEAM_BUCKET);
        JsonObject task =
                team.get("/api/v1/jobs/" + job + "/provider-task").expect(200).json();
        assertThat(task.getBoolean("ownAccount")).isTrue();
        assertThat(secret(team, path, "secret-access-key").containsKey("lastUsedAt"))
                .isTrue();

        // the others go on in the hub's account, and without the keys so does this team
        UUID others = submit(12).id();
        client.ended(others);
        assertThat(only(others).keyId).isEqualTo(ObjectStorage.KEY);
        for (String name : List.of("access-key-id", "secret-access-key", "bucket")) {
            team.patch(path + name, "{\"active\": false}").expect(200);
        }
        UUID again = team.submit(garnet(13)).expect(201).id();
        assertThat(team.ended(again).text("actualCost")).isEqualTo("0.59000000");
        assertThat(only(again).keyId).isEqualTo(ObjectStorage.KEY);
    }

    private String explained(UUID job) {
        Answer answer = client.get("/api/v1/jobs/" + job + "/explain").expect(200);
        assertThat(answer.text("message")).isNotBlank().doesNotContain("null");
        return answer.text("code");
    }

    /// Orders that go wrong again and again until somebody has read why the job waits.
    private void waits_for(Fault fault, Set<String> causes) {
        for (int i = 0; i < 200; i++) {
            braket.whenOrdered(fault);
        }
        UUID job = submit(8).id();
        Await.until("the cause is known", () -> explained(job), causes::contains);
        braket.ordersGoWell();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        assertThat(explained(job)).isEqualTo("COMPLETED_WELL");
    }

    @Test
    void what_keeps_a_job_at_the_provider_is_explained() {
        waits_for(Fault.THROTTLED, Set.of("PROVIDER_THROTTLED"));
        waits_for(Fault.OFFLINE, Set.of("PROVIDER_DEVICE_OFFLINE"));
        // whether the breaker has opened already depends on how fast it goes wrong
        waits_for(Fault.FAILING, Set.of("ORDER_IN_DOUBT", "PROVIDER_SPARED"));

        braket.whenRunning(Fault.SLOW_QUEUE);
        UUID queued = submit(8).id();
        Await.until("it waits there", () -> explained(queued), "QUEUED_AT_PROVIDER"::equals);
        client.delete("/api/v1/jobs/" + queued).expect(200);
        client.ended(queued);

        braket.whenOrdered(Fault.UNWELCOME);
        UUID unwelcome = submit(8).id();
        assertThat(client.ended(unwelcome).text("status")).isEqualTo("FAILED");
        assertThat(explained(unwelcome)).isEqualTo("FAILED_CREDENTIALS");

        braket.whenRunning(Fault.TASK_FAILED);
        UUID failed = submit(8).id();
        client.ended(failed);
        assertThat(explained(failed)).isEqualTo("FAILED_AT_PROVIDER");
    }

    private void await_order(UUID job) {
        Await.until(
                "the order of " + job,
                () -> client.get("/api/v1/jobs/" + job + "/events").expect(200).body(),
                events -> events.contains("PROVIDER_SUBMIT\""));
    }

    /// The one task of a job: its token says which.
    private BraketTask only(UUID job) {
        String token = sql.value("select token from provider_tasks where job_id = ?", job);
        List<BraketTask> tasks = braket.tasks().stream()
                .filter(task ->
                        task.order.getJsonObject("tags").getString("qh-intent").equals(token))
                .toList();
        assertThat(tasks).hasSize(1);
        return tasks.getFirst();
    }

    private Answer submit(int seed) {
        return client.submit(garnet(seed)).expect(201);
    }

    private static String garnet(int seed) {
        return "{\"backend\": \"iqm-garnet\", \"shots\": 200, \"seed\": " + seed + ", \"circuit\": " + Samples.BELL
                + "}";
    }
}
