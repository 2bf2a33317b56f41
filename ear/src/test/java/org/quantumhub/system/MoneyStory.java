package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// What jobs do to a purse, whichever way they end.
@Story
class MoneyStory {

    private final Person hedy = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();
    private final Map<UUID, HubClient> started = new LinkedHashMap<>();

    @AfterEach
    void free_the_lanes() {
        started.forEach((job, client) -> client.delete("/api/v1/jobs/" + job));
        started.forEach((job, client) -> client.ended(job));
    }

    /// A job that runs for a long time, running.
    private UUID running(HubClient client) {
        UUID job = client.submit(Samples.job(Samples.slow(10), 1_000_000, 1, ""))
                .expect(201)
                .id();
        started.put(job, client);
        Await.until(
                "the job runs",
                () -> client.get("/api/v1/jobs/" + job).expect(200).text("status"),
                "RUNNING"::equals);
        return job;
    }

    private void keepLanesBusy() {
        for (int lane = 0; lane < RunningHub.LANES; lane++) {
            running(hedy.client());
        }
    }

    private static JsonObject wallet(HubClient client) {
        return client.get("/api/v1/wallet").expect(200).json();
    }

    private static void assertWallet(HubClient client, String available, String held, String spent) {
        JsonObject wallet = wallet(client);
        assertThat(new BigDecimal(wallet.getString("available"))).isEqualByComparingTo(available);
        assertThat(new BigDecimal(wallet.getString("held"))).isEqualByComparingTo(held);
        assertThat(new BigDecimal(wallet.getString("spent"))).isEqualByComparingTo(spent);
    }

    @Test
    void many_at_once_never_spend_more_than_there_is() {
        HubClient poor = Teams.with(sql, hedy, "0.05");
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(poor.submitSoon(Samples.bell(1, i, ""))); // 0.002 each
        }
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
        List<Answer> accepted =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(accepted).hasSize(25);
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> answer.refused(402, "INSUFFICIENT_FUNDS"));
        accepted.forEach(answer -> poor.ended(answer.id()));
        assertWallet(poor, "0", "0", "0.05");
    }

    @Test
    void an_empty_purse_is_told_and_nothing_is_left_of_the_attempt() {
        HubClient poor = Teams.with(sql, hedy, "0.0019");
        UUID team = UUID.fromString(poor.headers().getOrDefault("X-Team-Id", ""));
        Traces before = Traces.of(sql, team);
        for (String mode : List.of("BLOCKING", "NON_BLOCKING")) {
            Answer refused = poor.with("Idempotency-Key", "poor-" + mode)
                    .submit(Samples.bell(1, 1, ", \"runMode\": \"" + mode + "\""))
                    .refused(402, "INSUFFICIENT_FUNDS");
            assertThat(refused.text("required")).isEqualTo("0.00200000");
            assertThat(refused.text("available")).isEqualTo("0.00190000");
            assertThat(refused.text("currency")).isEqualTo("USD");
        }
        assertThat(Traces.of(sql, team)).isEqualTo(before);
    }

    @Test
    void a_job_cancelled_in_the_queue_is_never_charged() {
        keepLanesBusy();
        HubClient client = Teams.with(sql, hedy, "1");
        UUID job = client.submit(Samples.bell(1000, 1, "")).expect(201).id();
        assertWallet(client, "0.998", "0.002", "0");

        JsonObject cancelled = client.delete("/api/v1/jobs/" + job).expect(200).json();
        assertThat(cancelled.getString("status")).isEqualTo("CANCELLED");
        assertThat(new BigDecimal(cancelled.getString("actualCost"))).isZero();
        assertWallet(client, "1", "0", "0");
        assertThat(client.delete("/api/v1/jobs/" + job).expect(200).text("status"))
                .isEqualTo("CANCELLED");
        assertThat(transfers(job)).containsExactly("HOLD", "RELEASE");
        client.get("/api/v1/jobs/" + job + "/result").refused(409, "NO_RESULT");
    }

    @Test
    void a_job_cancelled_while_it_runs_stops_and_gives_its_money_back() {
        HubClient client = Teams.with(sql, hedy, "2");
        UUID job = running(client);
        assertWallet(client, "0.999", "1.001", "0");
        client.get("/api/v1/jobs/" + job + "/result").refused(409, "RESULT_NOT_READY");

        assertThat(client.delete("/api/v1/jobs/" + job).expect(200).text("status"))
                .isIn("CANCELLING", "CANCELLED");
        assertThat(client.ended(job).text("status")).isEqualTo("CANCELLED");
        assertWallet(client, "2", "0", "0");
        assertThat(transfers(job)).containsExactly("HOLD", "RELEASE");
        List<String> steps = client.get("/api/v1/jobs/" + job + "/events").expect(200).array().stream()
                .map(event -> event.asJsonObject().getString("status"))
                .toList();
        assertThat(steps).containsExactly("SUBMITTED", "QUEUED", "RUNNING", "CANCELLING", "CANCELLED");
    }

    @Test
    void a_finished_job_cannot_be_cancelled() {
        HubClient client = Teams.with(sql, hedy, "1");
        UUID job = client.submit(Samples.bell(1000, 1, ", \"runMode\": \"BLOCKING\""))
                .expect(201)
                .id();
        client.delete("/api/v1/jobs/" + job).refused(409, "JOB_FINISHED");
        assertWallet(client, "0.998", "0", "0.002");
        assertThat(transfers(job)).containsExactly("HOLD", "CHARGE");
    }

    @Test
    void a_client_cannot_name_its_price() {
        for (String member : List.of("estimatedCost", "actualCost", "price", "priceVersionId", "teamId", "status")) {
            Answer refused = hedy.client()
                    .submit(Samples.bell(10, 1, ", \"" + member + "\": \"0\""))
                    .refused(400, "UNKNOWN_FIELD");
            assertThat(refused.text("field")).isEqualTo(member);
        }
    }

    private List<String> transfers(UUID job) {
        return sql.rows("select kind from ledger_transfers where reference = ? order by id", job).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }
}
