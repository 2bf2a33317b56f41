package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// What was used, by whom, and whether the books agree.
@Story
class UsageStory {

    private final Person lise = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();
    private final HubClient office = Staff.with("BILLING_MANAGER");

    private UUID job(HubClient client, int shots) {
        return client.submit(Samples.bell(shots, 1, ", \"runMode\": \"BLOCKING\""))
                .expect(201)
                .id();
    }

    private List<JsonObject> rolledUp(HubClient client, String query, int sums) {
        String today = sql.value("select (now() at time zone 'UTC')::date");
        String tomorrow = sql.value("select (now() at time zone 'UTC')::date + 1");
        office.post("/api/v1/usage/roll-ups", "{\"from\": \"" + today + "\", \"to\": \"" + tomorrow + "\"}")
                .expect(202);
        return Await.until(
                "the roll-up",
                () -> client.get("/api/v1/usage?" + query)
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class),
                items -> items.size() == sums);
    }

    @Test
    void usage_is_summed_by_whatever_is_asked_for_and_exported() {
        HubClient team = Teams.with(sql, lise, "1");
        job(team, 1_000);
        job(team, 2_000);
        JsonObject sum = rolledUp(team, "groupBy=backend,member", 1).getFirst();
        assertThat(sum.getString("backend")).isEqualTo("hub-statevector");
        assertThat(sum.getString("userId")).isEqualTo(lise.id().toString());
        assertThat(sum.getInt("jobs")).isEqualTo(2);
        assertThat(sum.getInt("completed")).isEqualTo(2);
        assertThat(sum.getInt("shots")).isEqualTo(3_000);
        assertThat(new BigDecimal(sum.getString("cost"))).isEqualByComparingTo("0.005");
        assertThat(sum.containsKey("day")).isFalse();
        // rolled up again, it is the same
        assertThat(rolledUp(team, "", 1).getFirst().getInt("jobs")).isEqualTo(2);

        List<String> csv =
                team.get("/api/v1/usage/download").expect(200).body().lines().toList();
        assertThat(csv).hasSize(2);
        assertThat(csv.get(1)).endsWith(",0.00500000,USD");
        List<String> focus = team.get("/api/v1/usage/download?format=focus")
                .expect(200)
                .body()
                .lines()
                .toList();
        assertThat(focus).hasSize(2);
        assertThat(focus.getFirst()).startsWith("BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd");
        assertThat(focus.get(1)).startsWith("0.00500000,").contains("Usage,,Jobs on hub-statevector,Usage-Based");
        team.get("/api/v1/usage?groupBy=moon").refused(400, "INVALID_PARAMETER");
        team.get("/api/v1/usage?everybody=true").refused(403, "FORBIDDEN");
        team.get("/api/v1/usage?from=2026-01-02&to=2026-01-01").refused(400, "INVALID_PARAMETER");
        assertThat(office.get("/api/v1/usage?everybody=true&groupBy=team&limit=200")
                        .expect(200)
                        .body())
                .contains(team.headers().getOrDefault("X-Team-Id", "none"));
    }

    @Test
    void usage_is_summed_by_project_and_the_rest_is_of_none() {
        HubClient team = Teams.with(sql, lise, "1");
        UUID project = UUID.randomUUID();
        job(team, 1_000);
        String named = ", \"runMode\": \"BLOCKING\", \"projectId\": \"" + project + "\"";
        team.submit(Samples.bell(2_000, 1, named)).expect(201);
        team.submit(Samples.bell(3_000, 1, named)).expect(201);
        List<JsonObject> sums = rolledUp(team, "groupBy=project", 2);
        assertThat(sums)
                .extracting(
                        sum -> sum.getString("projectId", "-") + " " + sum.getInt("jobs") + " " + sum.getInt("shots"))
                .containsExactlyInAnyOrder("- 1 1000", project + " 2 5000");
        assertThat(rolledUp(team, "groupBy=backend", 1).getFirst().getInt("jobs"))
                .isEqualTo(3);
        assertThat(team.get("/api/v1/usage/download").expect(200).body()).contains("," + project + ",2,2,0,0,5000,");
        assertThat(team.get("/api/v1/usage/download?format=focus").expect(200).body())
                .contains("\"{\"\"project\"\":\"\"" + project + "\"\"}\"");
    }

    @Test
    void requests_are_counted_by_door() {
        HubClient team = Teams.with(sql, lise, "1");
        UUID job = job(team, 10);
        for (int i = 0; i < 3; i++) {
            team.get("/api/v1/jobs/" + job).expect(200);
        }
        List<JsonObject> doors = Await.until(
                "the counts are written",
                () -> team.get("/api/v1/usage/endpoints")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class),
                items -> items.stream()
                        .anyMatch(door -> door.getString("endpoint").equals("GET /jobs/{id}")
                                && door.getInt("requestCount") == 3));
        assertThat(doors).anyMatch(door -> door.getString("endpoint").equals("POST /jobs"));
    }

    @Test
    void a_providers_statement_is_held_against_the_books() {
        HubClient team = Teams.with(sql, lise, "1");
        UUID fair = job(team, 1_000);
        UUID dear = job(team, 1_000);
        UUID other = job(team, 1_000);
        UUID unknown = UUID.randomUUID();
        String csv = "job,amount,currency,shots\n" + fair + ",0.001,USD,1000\n" + dear + ",0.003,USD,1000\n" + other
                + ",0.001,USD,900\n" + unknown + ",1,USD,\n";
        String name = "/api/v1/provider-statements?provider=acme&name=" + fair;
        UUID statement = office.send("POST", name, "text/csv", csv.getBytes(StandardCharsets.UTF_8))
                .expect(201)
                .id();
        List<JsonObject> differences = office.get("/api/v1/provider-statements/" + statement + "/differences")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
        assertThat(differences)
                .extracting(d -> d.getString("jobId") + " " + d.getString("kind"))
                .containsExactlyInAnyOrder(
                        dear + " DEARER_THAN_CHARGED", other + " OTHER_SHOTS", unknown + " UNKNOWN_JOB");
        assertThat(office.send("POST", name, "text/csv", csv.getBytes(StandardCharsets.UTF_8))
                        .expect(200)
                        .id())
                .isEqualTo(statement);
        assertThat(sql.count("select count(*) from provider_statement_lines where statement_id = ?", statement))
                .isEqualTo(4);
        assertThat(office.send("POST", name, "text/csv", (csv + unknown + ",2,USD,\n").getBytes(StandardCharsets.UTF_8))
                        .refused(409, "STATEMENT_KNOWN")
                        .text("statement"))
                .isEqualTo(statement.toString());
        office.send("POST", name + "2", "text/csv", "job,amount\nx,y\n".getBytes(StandardCharsets.UTF_8))
                .refused(400, "INVALID_STATEMENT");
        team.get("/api/v1/provider-statements/" + statement + "/differences").refused(403, "FORBIDDEN");
    }

    private UUID ordered(HubClient client) {
        UUID job = client.submit(
                        "{\"circuit\": " + Samples.BELL + ", \"shots\": 100, \"backend\": \"iqm-garnet-emulator\"}")
                .expect(201)
                .id();
        assertThat(client.ended(job).text("status")).isEqualTo("COMPLETED");
        return job;
    }

    private String task(UUID job) {
        return sql.value("select provider_task_id from provider_tasks where job_id = ?", job);
    }

    @Test
    void a_provider_names_tasks_by_its_own_ids_and_should_name_all_of_its_period() {
        HubClient team = Teams.with(sql, lise, "1");
        UUID fair = ordered(team);
        UUID dear = ordered(team);
        UUID twice = ordered(team);
        UUID left = ordered(team);
        String provider = sql.value("select provider_slug from provider_tasks where job_id = ?", left);
        String csv = "task,amount,currency,shots\n" + task(fair) + ",0,USD,100\n" + task(dear) + ",0.35,USD,100\n"
                + task(twice) + ",0,USD,50\n" + task(twice) + ",0,USD,50\nnever-ordered,1.5,USD,\n";
        String place = "/api/v1/provider-statements?provider=" + provider + "&name=" + fair;
        byte[] file = csv.getBytes(StandardCharsets.UTF_8);
        office.send("POST", place + "&from=2001-02-01", "text/csv", file).refused(400, "INVALID_PARAMETER");
        office.send("POST", place + "&from=2001-02-28&to=2001-02-01", "text/csv", file)
                .refused(400, "INVALID_PARAMETER");
        office.send("POST", place + "&from=yesterday&to=2001-02-01", "text/csv", file)
                .refused(400, "INVALID_PARAMETER");
        String yesterday = sql.value("select (now() at time zone 'UTC')::date - 1");
        String tomorrow = sql.value("select (now() at time zone 'UTC')::date + 1");
        UUID statement = office.send("POST", place + "&from=" + yesterday + "&to=" + tomorrow, "text/csv", file)
                .expect(201)
                .id();
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonObject page = office.get("/api/v1/provider-statements/" + statement + "/differences?limit=2" + after)
                    .expect(200)
                    .json();
            page.getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .forEach(d -> found.add(
                            d.getString("taskId") + " " + d.getString("jobId", "-") + " " + d.getString("kind")));
            after = page.containsKey("next") ? "&after=" + page.getString("next") : "";
        } while (!after.isEmpty());
        // the provider worked for other stories, too
        List<String> own =
                List.of(fair.toString(), dear.toString(), twice.toString(), left.toString(), "never-ordered");
        assertThat(found)
                .filteredOn(line -> own.stream().anyMatch(line::contains))
                .containsExactlyInAnyOrder(
                        task(dear) + " " + dear + " DEARER_THAN_CHARGED",
                        task(twice) + " " + twice + " TWICE",
                        task(left) + " " + left + " MISSING",
                        "never-ordered - UNKNOWN_TASK");
    }

    @Test
    void the_invariants_are_looked_at_while_the_hub_works() {
        HubClient operator = Staff.with("OPERATOR");
        JsonObject report =
                operator.post("/api/v1/ops/invariants", "").expect(200).json();
        assertThat(report.getBoolean("holds")).as("%s", report).isTrue();
        assertThat(report.getInt("asked")).isGreaterThan(20);
        assertThat(report.getJsonArray("unanswered")).isEmpty();
        operator.get("/api/v1/ops/invariants").expect(200);
        lise.client().post("/api/v1/ops/invariants", "").refused(403, "FORBIDDEN");
        assertThat(RunningHub.hub().client().get("/metrics").expect(200).body()).contains("hub_invariants_broken");
    }
}
