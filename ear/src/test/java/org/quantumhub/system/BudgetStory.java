package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Caps on spending, from outside.
@Story
class BudgetStory {

    private final Person grace = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();

    @AfterEach
    void nothing_is_left_running() {
        sql.rows("select id, team_id from jobs where user_id = ? and completed_at is null", grace.id())
                .forEach(row -> grace.client()
                        .with("X-Team-Id", String.valueOf(row.getLast()))
                        .delete("/api/v1/jobs/" + row.getFirst()));
    }

    private static String budget(String scope, String amount, String action, String more) {
        return "{\"name\": \"cap\", \"scope\": \"" + scope + "\", \"amount\": \"" + amount + "\", \"action\": \""
                + action + "\"" + more + "}";
    }

    private static BigDecimal used(HubClient client, UUID budget) {
        return new BigDecimal(
                client.get("/api/v1/budgets/" + budget).expect(200).text("used"));
    }

    /// The wallet would pay for all of them.
    @Test
    void a_thousand_jobs_at_once_never_take_a_cent_more_than_the_cap() {
        HubClient team = Teams.with(sql, grace, "1000");
        UUID budget = team.post("/api/v1/budgets", budget("TEAM", "10.00", "BLOCK_PAID", ""))
                .expect(201)
                .id();
        // 0.001 + 14_000 shots of 0.000001 are 0.015 each: 666 fit into 10.00
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(team.submitSoon(Samples.bell(14_000, i, "")));
        }
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
        List<Answer> accepted =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(accepted).hasSize(666);
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> answer.refused(402, "BUDGET_EXCEEDED"));
        accepted.forEach(answer -> team.ended(answer.id()));
        assertThat(used(team, budget)).isEqualByComparingTo("9.990");
        assertThat(new BigDecimal(team.get("/api/v1/wallet").expect(200).text("spent")))
                .isEqualByComparingTo("9.990");
        Await.until(
                "the warnings are passed on",
                () -> sql.count(
                        "select count(*) from budget_warnings where budget_id = ? and told_at is not null", budget),
                count -> count == 2);
    }

    @Test
    void a_projects_cap_holds_against_many_at_once_and_counts_nothing_else() {
        HubClient team = Teams.with(sql, grace, "10");
        UUID project = UUID.randomUUID();
        String named = ", \"projectId\": \"" + project + "\"";
        UUID budget = team.post("/api/v1/budgets", budget("PROJECT", "0.10", "BLOCK_PAID", named))
                .expect(201)
                .id();
        List<CompletableFuture<Answer>> ofProject = new ArrayList<>();
        List<CompletableFuture<Answer>> others = new ArrayList<>();
        // 0.015 each: 6 fit into 0.10
        for (int i = 0; i < 100; i++) {
            ofProject.add(team.submitSoon(Samples.bell(14_000, i, named)));
            if (i % 4 == 0) {
                others.add(team.submitSoon(Samples.bell(14_000, i, "")));
                others.add(team.submitSoon(Samples.bell(14_000, i, ", \"projectId\": \"" + UUID.randomUUID() + "\"")));
            }
        }
        List<Answer> answers = ofProject.stream().map(CompletableFuture::join).toList();
        List<Answer> accepted =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(accepted).hasSize(6);
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> assertThat(
                                answer.refused(402, "BUDGET_EXCEEDED").text("budget"))
                        .isEqualTo(budget.toString()));
        others.forEach(answer -> answer.join().expect(201));
        accepted.forEach(
                answer -> assertThat(team.ended(answer.id()).text("projectId")).isEqualTo(project.toString()));
        assertThat(used(team, budget)).isEqualByComparingTo("0.09");
        assertThat(team.get("/api/v1/jobs?project=" + project)
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .hasSize(6);
        team.post("/api/v1/jobs/" + accepted.getFirst().id() + "/clone", "{}").refused(402, "BUDGET_EXCEEDED");
        assertThat(team.post("/api/v1/jobs/estimate", Samples.bell(14_000, 1, named))
                        .expect(200)
                        .json()
                        .getJsonArray("exceeds")
                        .getValuesAs(JsonObject.class))
                .extracting(refusal -> refusal.getString("code"))
                .containsExactly("BUDGET_EXCEEDED");
        String circuits = "{\"circuits\": [" + Samples.BELL + "," + Samples.BELL + "], \"shots\": 9000" + named + "}";
        team.submit(circuits).refused(402, "BUDGET_EXCEEDED");
        team.submit(circuits.replace("9000", "4000")).expect(201);
        assertThat(used(team, budget)).isEqualByComparingTo("0.10");
        team.submit(Samples.bell(1, 1, ", \"projectId\": \"a project\"")).refused(400, "INVALID_FIELD");
    }

    @Test
    void a_project_that_is_used_up_stops_what_it_has_under_way_and_nothing_else() {
        UUID project = UUID.randomUUID();
        HubClient team = Teams.with(sql, grace, "10");
        String named = ", \"projectId\": \"" + project + "\"";
        team.post("/api/v1/budgets", budget("PROJECT", "0.004", "CANCEL_RUNNING", named))
                .expect(201);
        try (LanesBusy lanes = new LanesBusy(Teams.with(sql, grace, "10"))) {
            UUID other = team.submit(Samples.bell(1000, 1, "")).expect(201).id();
            UUID first = team.submit(Samples.bell(1000, 1, named)).expect(201).id();
            UUID last = team.submit(Samples.bell(1000, 2, named)).expect(201).id();
            assertThat(team.ended(first).text("status")).isEqualTo("CANCELLED");
            assertThat(team.ended(last).text("status")).isEqualTo("CANCELLED");
            assertThat(team.get("/api/v1/jobs/" + other).expect(200).text("status"))
                    .isEqualTo("QUEUED");
            lanes.close();
            assertThat(team.ended(other).text("status")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void what_a_cancelled_job_gives_back_can_be_spent_again() {
        HubClient team = Teams.with(sql, grace, "10");
        UUID budget = team.post(
                        "/api/v1/budgets",
                        budget("BACKEND", "0.003", "BLOCK_ALL", ", \"backend\": \"hub-statevector\""))
                .expect(201)
                .id();
        UUID first = team.submit(Samples.bell(10, 1, "")).expect(201).id();
        Answer refused = team.submit(Samples.bell(10, 2, "")).refused(402, "BUDGET_EXCEEDED");
        assertThat(refused.text("budget")).isEqualTo(budget.toString());
        assertThat(refused.text("amount")).isEqualTo("0.00300000");
        team.ended(first);
        team.send("PATCH", "/api/v1/budgets/" + budget, "application/json", "{\"amount\": \"0.004\"}".getBytes())
                .expect(200);
        team.submit(Samples.bell(10, 2, "")).expect(201);
        assertThat(used(team, budget)).isEqualByComparingTo("0.004");
    }

    @Test
    void a_used_up_budget_that_says_so_cancels_what_runs_and_what_waits_and_charges_nothing_for_it() {
        HubClient team = Teams.with(sql, grace, "10");
        HubClient other = Teams.with(sql, grace, "10");
        UUID budget = team.post("/api/v1/budgets", budget("TEAM", "1.003", "CANCEL_RUNNING", ""))
                .expect(201)
                .id();
        String slow = Samples.job(Samples.slow(10), 1_000_000, 1, ""); // for 1.001
        UUID running = team.submit(slow).expect(201).id();
        UUID untouched = other.submit(slow).expect(201).id();
        Await.until(
                "both run",
                () -> team.get("/api/v1/jobs/" + running).text("status") + " "
                        + other.get("/api/v1/jobs/" + untouched).text("status"),
                "RUNNING RUNNING"::equals);
        team.submit(Samples.bell(14_000, 1, "")).refused(402, "BUDGET_EXCEEDED"); // nothing is used up by a refusal
        assertThat(team.get("/api/v1/jobs/" + running).text("status")).isEqualTo("RUNNING");

        // for the last 0.002 of it; the lanes are busy
        UUID waiting = team.submit(Samples.bell(100, 1, "")).expect(201).id();
        assertThat(team.ended(waiting).text("status")).isEqualTo("CANCELLED");
        assertThat(team.ended(running).text("status")).isEqualTo("CANCELLED");
        for (UUID job : List.of(waiting, running)) {
            assertThat(team.get("/api/v1/jobs/" + job).text("statusReason")).isEqualTo("CANCELLED_BY_BUDGET");
            assertThat(new BigDecimal(team.get("/api/v1/jobs/" + job).text("actualCost")))
                    .isZero();
            Answer why = team.get("/api/v1/jobs/" + job + "/explain").expect(200);
            assertThat(why.text("code")).isEqualTo("CANCELLED_BY_BUDGET");
            assertThat(why.text("message")).contains("budget");
        }
        Answer wallet = team.get("/api/v1/wallet").expect(200);
        assertThat(new BigDecimal(wallet.text("held"))).isZero();
        assertThat(new BigDecimal(wallet.text("spent"))).isZero();
        assertThat(used(team, budget)).isZero();
        assertThat(other.get("/api/v1/jobs/" + untouched).text("status")).isEqualTo("RUNNING");
        other.delete("/api/v1/jobs/" + untouched).expect(200);
        assertThat(other.ended(untouched).text("statusReason")).isEqualTo("CANCELLED_BY_USER");
    }

    @Test
    void a_budget_for_somebody_else_or_something_else_stops_nobody() {
        HubClient team = Teams.with(sql, grace, "10");
        team.post("/api/v1/budgets", budget("MEMBER", "0", "BLOCK_PAID", ", \"userId\": \"" + UUID.randomUUID() + "\""))
                .expect(201);
        team.post("/api/v1/budgets", budget("BACKEND", "0", "BLOCK_PAID", ", \"backend\": \"another\""))
                .expect(201);
        team.submit(Samples.bell(10, 1, "")).expect(201);
        team.post("/api/v1/budgets", budget("MEMBER", "0", "BLOCK_PAID", ", \"userId\": \"" + grace.id() + "\""))
                .expect(201);
        team.submit(Samples.bell(10, 1, "")).refused(402, "BUDGET_EXCEEDED");
    }

    @Test
    void a_members_spending_limit_stops_the_member_and_nobody_else() {
        HubClient owner = Teams.with(sql, grace, "10");
        UUID team = UUID.fromString(sql.value(
                "select team_id::text from team_members where user_id = ? order by created_at desc limit 1",
                grace.id()));
        Person alan = RunningHub.hub().client().register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", team, alan.id());
        HubClient member = alan.client().with("X-Team-Id", team.toString());
        String place = "/api/v1/teams/" + team + "/members/" + alan.id();

        owner.patch(place, "{\"spendingLimit\": \"0.003\"}").expect(200);
        member.submit(Samples.bell(10, 1, "")).expect(201);
        Answer refused = member.submit(Samples.bell(10, 2, "")).refused(402, "BUDGET_EXCEEDED");
        owner.submit(Samples.bell(10, 2, "")).expect(201);
        owner.patch("/api/v1/budgets/" + refused.text("budget"), "{\"amount\": \"5\"}")
                .refused(403, "FORBIDDEN");

        owner.patch(place, "{\"spendingLimit\": \"0.005\"}").expect(200);
        member.submit(Samples.bell(10, 2, "")).expect(201);
        member.submit(Samples.bell(10, 3, "")).refused(402, "BUDGET_EXCEEDED");
        owner.patch(place, "{\"spendingLimit\": \"unlimited\"}").expect(200);
        member.submit(Samples.bell(10, 3, "")).expect(201);
    }

    @Test
    void a_budget_is_told_what_is_wrong_with_it() {
        HubClient team = Teams.with(sql, grace, "10");
        assertThat(team.post("/api/v1/budgets", budget("MEMBER", "1", "NOTIFY", ""))
                        .refused(400, "INVALID_FIELD")
                        .text("field"))
                .isEqualTo("scope");
        team.post("/api/v1/budgets", budget("PLATFORM", "1", "NOTIFY", "")).refused(400, "INVALID_FIELD");
        assertThat(team.post("/api/v1/budgets", budget("TEAM", "1", "NOTIFY", ", \"currency\": \"EUR\""))
                        .refused(400, "INVALID_FIELD")
                        .text("field"))
                .isEqualTo("currency");
        team.post("/api/v1/budgets", budget("TEAM", "-1", "NOTIFY", "")).refused(400, "INVALID_FIELD");
        team.post("/api/v1/platform-budgets", budget("PLATFORM", "1", "NOTIFY", ""))
                .refused(403, "FORBIDDEN");
        Person stranger = RunningHub.hub().client().register();
        UUID budget = team.post("/api/v1/budgets", budget("TEAM", "1", "NOTIFY", ""))
                .expect(201)
                .id();
        stranger.client().get("/api/v1/budgets/" + budget).refused(404, "NOT_FOUND");
        stranger.client()
                .send("PATCH", "/api/v1/budgets/" + budget, "application/json", "{\"amount\": \"9\"}".getBytes())
                .refused(404, "NOT_FOUND");
    }

    @Test
    void the_platform_has_budgets_that_only_its_staff_sees() {
        HubClient staff = Staff.with("BILLING_MANAGER");
        // counts euros, so that it stops none of the other stories
        UUID budget = staff.post(
                        "/api/v1/platform-budgets", budget("PLATFORM", "5", "BLOCK_ALL", ", \"currency\": \"EUR\""))
                .expect(201)
                .id();
        assertThat(staff.get("/api/v1/platform-budgets").expect(200).body()).contains(budget.toString());
        staff.send("PATCH", "/api/v1/platform-budgets/" + budget, "application/json", "{\"active\": false}".getBytes())
                .expect(200);
        grace.client().get("/api/v1/platform-budgets").refused(403, "FORBIDDEN");
        assertThat(grace.client().get("/api/v1/budgets").expect(200).body()).doesNotContain(budget.toString());
        grace.client().get("/api/v1/budgets/" + budget).refused(404, "NOT_FOUND");
    }
}
