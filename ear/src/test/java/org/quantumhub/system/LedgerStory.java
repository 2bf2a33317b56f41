package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Prices, the ledger, and what the people of the billing office do with it.
@Story
class LedgerStory {

    private final Person ada = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();

    private static UUID team(HubClient client) {
        return UUID.fromString(client.headers().getOrDefault("X-Team-Id", ""));
    }

    private static String credit(UUID team, String kind, String amount) {
        return "{\"teamId\": \"" + team + "\", \"kind\": \"" + kind + "\", \"amount\": \"" + amount
                + "\", \"description\": \"for a test\"}";
    }

    /// A backend of a story's own, so that its price is nobody else's.
    private String backend() {
        String slug = "timed-" + Long.toString(System.nanoTime(), 36);
        sql.run("""
                insert into backends (id, slug, name, provider_id, device_type, technology_type, device_arn, qubit_count, max_qubits,
                                      max_shots, status)
                select gen_random_uuid(), ?, 'Timed', provider_id, device_type, technology_type, ?, qubit_count, max_qubits,
                       max_shots, 'ONLINE' from backends where slug = 'hub-statevector'
                """, slug, "arn:hub:simulator:::" + slug);
        return slug;
    }

    @Test
    void a_price_by_time_is_held_generously_and_charged_exactly() {
        HubClient office = Staff.with("BILLING_MANAGER");
        String backend = backend();
        UUID price = office.post(
                        "/api/v1/prices",
                        "{\"backend\": \"" + backend + "\", \"taskFee\": \"0.01\", \"perHour\": \"3600\"}")
                .expect(201)
                .id();
        HubClient team = Teams.with(sql, ada, "100");
        String job = Samples.bell(100, 1, ", \"runMode\": \"BLOCKING\", \"backend\": \"" + backend + "\"");
        // the version begins a few seconds after it was announced
        Answer done = Await.until("the price is in force", () -> team.submit(job), answer -> answer.status() == 201);
        UUID id = done.id();
        team.ended(id);
        assertThat(sql.value("select price_version_id from jobs where id = ?", id))
                .isEqualTo(price.toString());
        BigDecimal held = new BigDecimal(sql.value("select estimated_cost from jobs where id = ?", id));
        BigDecimal cost = new BigDecimal(sql.value("select actual_cost from jobs where id = ?", id));
        BigDecimal seconds = new BigDecimal(sql.value("select quantum_time_seconds from jobs where id = ?", id));
        assertThat(held).isGreaterThanOrEqualTo(new BigDecimal("1.01"));
        // a second costs one; the job keeps six decimals of its time
        assertThat(cost.subtract(new BigDecimal("0.01")).subtract(seconds).abs())
                .isLessThanOrEqualTo(new BigDecimal("0.000001"));
        assertThat(cost).isLessThan(held);
        assertThat(new BigDecimal(team.get("/api/v1/wallet").expect(200).text("spent")))
                .isEqualByComparingTo(cost);
    }

    @Test
    void a_job_keeps_the_price_it_was_submitted_at_and_prices_have_a_history() {
        HubClient office = Staff.with("ADMIN");
        String backend = backend();
        office.post("/api/v1/prices", "{\"backend\": \"" + backend + "\", \"taskFee\": \"0.5\"}")
                .expect(201);
        String soon = sql.value(
                "select to_char(now() at time zone 'UTC' + interval '1 hour', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
        UUID planned = office.post(
                        "/api/v1/prices",
                        "{\"backend\": \"" + backend + "\", \"taskFee\": \"0.7\", \"validFrom\": \"" + soon + "\"}")
                .expect(201)
                .id();
        office.post("/api/v1/prices", "{\"backend\": \"" + backend + "\", \"taskFee\": \"0.6\"}")
                .refused(409, "PRICE_PLANNED");
        office.post(
                        "/api/v1/prices",
                        "{\"backend\": \"" + backend
                                + "\", \"taskFee\": \"0.6\", \"validFrom\": \"2020-01-01T00:00:00Z\"}")
                .refused(400, "INVALID_FIELD");
        List<JsonObject> versions = ada.client()
                .get("/api/v1/prices?backend=" + backend)
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
        assertThat(versions).hasSize(2);
        assertThat(versions.getFirst().getString("id")).isEqualTo(planned.toString());
        assertThat(versions.getFirst().containsKey("validTo")).isFalse();
        assertThat(versions.getLast().getString("validTo")).isEqualTo(soon);
        Answer first =
                ada.client().get("/api/v1/prices?limit=1&backend=" + backend).expect(200);
        assertThat(ada.client()
                        .get("/api/v1/prices?limit=1&backend=" + backend + "&after=" + first.text("next"))
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);
        ada.client()
                .post("/api/v1/prices", "{\"backend\": \"" + backend + "\", \"taskFee\": \"0\"}")
                .refused(403, "FORBIDDEN");
    }

    @Test
    void the_office_credits_recalls_and_refunds_and_posts_nothing_twice() {
        HubClient office = Staff.with("BILLING_MANAGER");
        HubClient team = Teams.with(sql, ada, "1");
        UUID id = team(team);
        HubClient once = office.with("Idempotency-Key", "credit-1");
        String reference = once.post("/api/v1/ledger/credits", credit(id, "ADVANCE", "5"))
                .expect(201)
                .text("reference");
        assertThat(once.post("/api/v1/ledger/credits", credit(id, "ADVANCE", "5"))
                        .expect(200)
                        .text("reference"))
                .isEqualTo(reference);
        once.post("/api/v1/ledger/credits", credit(id, "ADVANCE", "6")).refused(409, "IDEMPOTENCY_KEY_REUSED");
        office.post("/api/v1/ledger/credits", credit(id, "RECALL", "7")).refused(402, "INSUFFICIENT_FUNDS");
        office.post("/api/v1/ledger/credits", credit(id, "RECALL", "2")).expect(201);
        office.post("/api/v1/ledger/credits", credit(id, "CHARGE", "2")).refused(400, "INVALID_FIELD");
        office.post("/api/v1/ledger/credits", credit(id, "CREDIT", "0")).refused(400, "INVALID_FIELD");
        office.post("/api/v1/ledger/credits", credit(UUID.randomUUID(), "CREDIT", "1"))
                .refused(404, "NOT_FOUND");
        team.post("/api/v1/ledger/credits", credit(id, "CREDIT", "1000")).refused(403, "FORBIDDEN");
        assertThat(new BigDecimal(team.get("/api/v1/wallet").expect(200).text("available")))
                .isEqualByComparingTo("4");

        UUID job = team.submit(Samples.bell(1000, 1, ", \"runMode\": \"BLOCKING\""))
                .expect(201)
                .id();
        String refund = "{\"reference\": \"" + job + "\", \"amount\": \"%s\", \"description\": \"noisy\"}";
        office.post("/api/v1/ledger/refunds", refund.formatted("0.00200001")).refused(400, "INVALID_FIELD");
        office.post("/api/v1/ledger/refunds", refund.formatted("0.0015")).expect(201);
        assertThat(office.post("/api/v1/ledger/refunds", refund.formatted("0.002"))
                        .expect(200)
                        .text("amount"))
                .isEqualTo("0.00150000");
        office.post("/api/v1/ledger/refunds", refund.formatted("0.002").replace(job.toString(), id.toString()))
                .refused(404, "NOT_FOUND");
        assertThat(new BigDecimal(team.get("/api/v1/wallet").expect(200).text("spent")))
                .isEqualByComparingTo("0.0005");

        List<String> kinds = new ArrayList<>();
        String next = "";
        do {
            JsonObject page =
                    team.get("/api/v1/ledger?limit=2&after=" + next).expect(200).json();
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(t -> kinds.add(t.getString("kind")));
            next = page.getString("next", "");
        } while (!next.isEmpty());
        assertThat(kinds).containsExactly("REFUND", "CHARGE", "HOLD", "RECALL", "ADVANCE", "CREDIT");
        assertThat(team.get("/api/v1/ledger?kind=charge&reference=" + job)
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);
        List<String> csv =
                team.get("/api/v1/ledger/download").expect(200).body().lines().toList();
        assertThat(csv).hasSize(7);
        assertThat(csv.getFirst()).isEqualTo("id,createdAt,kind,from,to,amount,currency,reference,description");
        assertThat(csv.get(1)).contains("REFUND,REVENUE,AVAILABLE,0.00150000,USD," + job + ",noisy");
        assertThat(office.get("/api/v1/ledger?teamId=" + id).expect(200).json().getJsonArray("items"))
                .hasSize(6);
        RunningHub.hub()
                .client()
                .register()
                .client()
                .get("/api/v1/ledger?teamId=" + id)
                .refused(404, "NOT_FOUND");
    }

    @Test
    void the_chain_over_the_ledger_is_checked_by_those_who_may() {
        JsonObject found = Staff.with("AUDITOR")
                .get("/api/v1/ledger/verification")
                .expect(200)
                .json();
        assertThat(found.getBoolean("intact")).isTrue();
        assertThat(found.getJsonArray("faults")).isEmpty();
        ada.client().get("/api/v1/ledger/verification").refused(403, "FORBIDDEN");
    }
}
