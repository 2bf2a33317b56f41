package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Many jobs of many teams, through every layer: submitted, run, charged, billed. `-Dhub.test.charges=100000` makes it
/// a load
/// test.
@Story
class ManyChargesStory {

    private static final int JOBS = Integer.getInteger("hub.test.charges", 1_000);
    private static final int TEAMS = 20;
    private static final int AT_ONCE = 200;
    private static final Duration LIMIT = Duration.ofMinutes(5).plusMillis(10L * JOBS);

    private final Person emmy = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();

    @Test
    void ledger_lines_and_bills_say_the_same_to_the_last_digit() throws InterruptedException {
        sql.run("update users set api_quota_monthly = api_quota_monthly + ? where id = ?", JOBS, emmy.id());
        List<HubClient> teams = new ArrayList<>();
        for (int i = 0; i < TEAMS; i++) {
            teams.add(Teams.with(sql, emmy, "100000"));
        }
        Random random = new Random(20261121);
        Semaphore open = new Semaphore(AT_ONCE);
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            open.acquire();
            HubClient team = teams.get(random.nextInt(TEAMS));
            sent.add(team.submitSoon(Samples.bell(1 + random.nextInt(20_000), i, ""))
                    .whenComplete((answer, failure) -> open.release()));
        }
        sent.forEach(answer -> answer.join().expect(201));
        String ids = teams.stream()
                .map(team -> "'" + team.headers().getOrDefault("X-Team-Id", "") + "'")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        Await.until(
                "the end of all jobs",
                LIMIT,
                () -> sql.count("select count(*) from jobs where completed_at is null and team_id in (" + ids + ")"),
                left -> left == 0);
        String month = "1960-0" + (1 + random.nextInt(9));
        sql.runPastTriggers(
                "update ledger_transfers set created_at = ?::timestamptz" + " where team_id in (" + ids + ")",
                month + "-10T00:00:00Z");

        HubClient office = Staff.with("BILLING_MANAGER");
        Answer run = office.post("/api/v1/billing/closings", "{\"month\": \"" + month + "\"}")
                .expect(202);
        Await.until(
                "the end of the close",
                LIMIT,
                () -> office.get("/api/v1/billing/closings/" + run.json().getJsonNumber("id"))
                        .expect(200),
                answer -> answer.text("status").equals("COMPLETED"));

        BigDecimal charged = sum("amount", "ledger_transfers where kind = 'CHARGE' and team_id in (" + ids + ")");
        assertThat(sum("actual_cost", "jobs where team_id in (" + ids + ")")).isEqualByComparingTo(charged);
        assertThat(sum("exact_amount", "billing_items where team_id in (" + ids + ")"))
                .isEqualByComparingTo(charged);
        assertThat(sum("quantity", "billing_items where team_id in (" + ids + ")"))
                .isEqualByComparingTo(BigDecimal.valueOf(JOBS));
        assertThat(sum("usage", "bills where team_id in (" + ids + ")")).isEqualByComparingTo(charged);
        assertThat(sum("net + carried_out", "bills where team_id in (" + ids + ")"))
                .isEqualByComparingTo(charged);
        assertThat(sum("abs(carried_out)", "bills where team_id in (" + ids + ")"))
                .isLessThanOrEqualTo(new BigDecimal("0.005").multiply(BigDecimal.valueOf(TEAMS)));
        assertThat(UUID.fromString(sql.value("select id from bills where team_id in (" + ids + ") limit 1")))
                .isNotNull();
    }

    private BigDecimal sum(String what, String where) {
        return new BigDecimal(sql.value("select coalesce(sum(" + what + "), 0) from " + where));
    }
}
