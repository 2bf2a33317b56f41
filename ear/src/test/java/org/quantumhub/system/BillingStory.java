package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// From the last day of a month to the money on the account.
@Story
class BillingStory {

    private static final AtomicInteger MONTHS =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(100));

    private final Person hedy = RunningHub.hub().client().register();
    private final Sql sql = RunningHub.hub().sql();
    private final HubClient office = Staff.with("BILLING_MANAGER");

    /// A team with a credit line of 100, a German address and jobs that ran in a month long ago.
    private record Billed(HubClient client, UUID team, String month) {}

    private Billed billed(int jobs, int shots) {
        HubClient client = Teams.with(sql, hedy, "0.005");
        UUID team = UUID.fromString(client.headers().getOrDefault("X-Team-Id", ""));
        office.post(
                        "/api/v1/ledger/credits",
                        "{\"teamId\": \"" + team
                                + "\", \"kind\": \"ADVANCE\", \"amount\": \"100\", \"description\": \"line\"}")
                .expect(201);
        client.send("PUT", "/api/v1/billing/profile", "application/json", """
                        {"legalName": "Łódź Photonics Sp. z o.o.", "street": "ul. Piotrkowska 1", "postalCode": "90-001",
                         "city": "Łódź", "country": "DE", "email": "ap@example.org", "reference": "PO 4711"}
                        """.getBytes(StandardCharsets.UTF_8))
                .expect(200);
        for (int i = 0; i < jobs; i++) {
            client.submit(Samples.bell(shots, i, ", \"runMode\": \"BLOCKING\"")).expect(201);
        }
        int number = MONTHS.getAndIncrement();
        String month = (1980 + number / 12) + String.format("-%02d", 1 + number % 12);
        sql.runPastTriggers(
                "update ledger_transfers set created_at = ?::timestamptz where team_id = ?",
                month + "-15T12:00:00Z",
                team);
        return new Billed(client, team, month);
    }

    private JsonObject close(String month) {
        Answer started = office.post("/api/v1/billing/closings", "{\"month\": \"" + month + "\"}")
                .expect(202);
        return Await.until(
                        "the end of the close",
                        () -> office.get("/api/v1/billing/closings/"
                                        + started.json().getJsonNumber("id"))
                                .expect(200),
                        run -> !run.text("status").startsWith("START"))
                .json();
    }

    private static JsonObject bill(HubClient client) {
        List<JsonObject> bills = client.get("/api/v1/bills")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
        assertThat(bills).isNotEmpty();
        return client.get("/api/v1/bills/" + bills.getLast().getString("id"))
                .expect(200)
                .json();
    }

    private static BigDecimal number(JsonObject bill, String member) {
        return new BigDecimal(bill.getString(member));
    }

    @Test
    void a_month_is_billed_once_to_the_last_digit_and_paper_table_and_data_say_the_same() throws Exception {
        Billed billed = billed(3, 1_000_000); // 1.001 each
        assertThat(close(billed.month()).getString("status")).isEqualTo("COMPLETED");
        JsonObject bill = bill(billed.client());
        assertThat(bill.getString("number")).matches("[0-9]{4}-[0-9]{6}");
        assertThat(bill.getString("paymentStatus")).isEqualTo("PENDING");
        assertThat(bill.getString("usage")).isEqualTo("3.00300000");
        assertThat(bill.getString("net")).isEqualTo("3.00");
        assertThat(number(bill, "carriedOut")).isEqualByComparingTo("0.003");
        assertThat(bill.getString("tax")).isEqualTo("0.57");
        assertThat(bill.getString("due")).isEqualTo("3.57");
        assertThat(bill.getJsonArray("items")).hasSize(1);
        assertThat(bill.getJsonArray("items").getJsonObject(0).getInt("quantity"))
                .isEqualTo(3);

        assertThat(close(billed.month()).getString("status")).isEqualTo("COMPLETED");
        assertThat(bill(billed.client())).isEqualTo(bill);

        String paper = "/api/v1/bills/" + bill.getString("id") + "/download";
        byte[] pdf = billed.client().bytes(paper);
        assertThat(billed.client().bytes(paper)).isEqualTo(pdf);
        keep(pdf, "bill.pdf");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains(
                            "Invoice " + bill.getString("number"),
                            "Quantum Hub GmbH",
                            "Beispielstraße 12",
                            "Tax ID DE123456789",
                            "Łódź Photonics Sp. z o.o.",
                            "PO 4711",
                            "Job on hub-statevector",
                            "USt 19 %",
                            "0.57",
                            "3.57",
                            "DE02 1203 0000 0000 2020 51",
                            "Page 1 of 1");
        }
        List<String> csv = billed.client()
                .get(paper + "?format=csv")
                .expect(200)
                .body()
                .lines()
                .toList();
        assertThat(csv).hasSize(2);
        assertThat(csv.get(1))
                .startsWith(bill.getString("number") + ",1,Job on hub-statevector,3,charge,3.00300000,3.00,USD,");
        assertThat(billed.client().get(paper + "?format=json").expect(200).json())
                .isEqualTo(bill);
        billed.client().get(paper + "?format=docx").refused(400, "INVALID_PARAMETER");
        RunningHub.hub().client().register().client().get(paper).refused(404, "NOT_FOUND");
    }

    private static void keep(byte[] pdf, String name) throws IOException {
        Path folder = Project.workplace("papers");
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), pdf);
    }

    /// Owners and admins hear what becomes of the team's bills, the billing office of everybody's, and nobody else.
    @Test
    void who_looks_after_bills_hears_of_them() {
        sql.run("update users set email_verified_at = now() where id = ?", hedy.id());
        Billed billed = billed(2, 1_000_000);
        Person plain = RunningHub.hub().client().register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", billed.team(), plain.id());
        HubClient member = plain.client().with("X-Team-Id", billed.team().toString());
        HubClient stranger = RunningHub.hub().client().register().client();
        try (Hearing owner = new Hearing(billed.client(), "0-0");
                Hearing everybody = new Hearing(office, "0-0");
                Hearing members = new Hearing(member, "0-0");
                Hearing others = new Hearing(stranger, "0-0")) {
            close(billed.month());
            JsonObject bill = bill(billed.client());
            String id = bill.getString("id");
            for (Hearing hearing : List.of(owner, everybody)) {
                String heard = hearing.await("bill.issued", id).data();
                assertThat(heard)
                        .contains(
                                bill.getString("number"),
                                "\"kind\":\"INVOICE\"",
                                billed.team().toString());
            }
            office.post(
                            "/api/v1/bills/" + id + "/payments",
                            "{\"amount\": \"" + bill.getString("due") + "\", \"reference\": \"" + id + "\"}")
                    .expect(201);
            owner.await("bill.paid", id);
            everybody.await("payment.received", id);
            // what everybody of the team may hear comes behind all that
            UUID job = billed.client()
                    .submit(Samples.bell(1, 9, ", \"runMode\": \"BLOCKING\""))
                    .expect(201)
                    .id();
            members.await("job.completed", job.toString());
            assertThat(members.events())
                    .noneMatch(
                            one -> one.type().startsWith("bill.") || one.type().startsWith("payment."));
            assertThat(others.events()).noneMatch(one -> one.data().contains(id));
        }
        List<String> titles = Await.until(
                "hedy is told",
                () -> billed
                        .client()
                        .get("/api/v1/notifications")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .filter(one -> one.getString("topic").equals("bill.standing"))
                        .map(one -> one.getString("title"))
                        .toList(),
                told -> told.size() == 2);
        assertThat(titles).containsExactly("Bill paid", "New bill");
        assertThat(Postbox.await(hedy.email(), "New bill", 1)).contains("are to be paid until");
        assertThat(member.get("/api/v1/notifications").expect(200).body()).doesNotContain("bill.standing");
    }

    @Test
    void a_month_that_is_not_over_is_not_billed_and_nobody_else_closes_one() {
        String now = sql.value("select to_char(now() at time zone 'UTC', 'YYYY-MM')");
        office.post("/api/v1/billing/closings", "{\"month\": \"" + now + "\"}").refused(409, "PERIOD_OPEN");
        office.post("/api/v1/billing/closings", "{\"month\": \"2026-13\"}").refused(400, "INVALID_FIELD");
        office.get("/api/v1/billing/closings/999999999").refused(404, "NOT_FOUND");
        hedy.client()
                .post("/api/v1/billing/closings", "{\"month\": \"2001-01\"}")
                .refused(403, "FORBIDDEN");
    }

    @Test
    void drafts_wait_for_people_who_issue_or_throw_them_away() {
        Billed billed = billed(1, 1_000_000);
        Answer started = office.post(
                        "/api/v1/billing/closings", "{\"month\": \"" + billed.month() + "\", \"issue\": false}")
                .expect(202);
        Await.until(
                "the end of the close",
                () -> office.get("/api/v1/billing/closings/" + started.json().getJsonNumber("id"))
                        .expect(200),
                run -> run.text("status").equals("COMPLETED"));
        JsonObject draft = bill(billed.client());
        assertThat(draft.getString("paymentStatus")).isEqualTo("DRAFT");
        String path = "/api/v1/bills/" + draft.getString("id");
        billed.client().post(path + "/issue", "{}").refused(403, "FORBIDDEN");
        office.post(path + "/discard", "{}").expect(200);
        office.post(path + "/issue", "{}").refused(409, "NOT_A_DRAFT");
        assertThat(close(billed.month()).getString("status")).isEqualTo("COMPLETED");
        assertThat(billed.client()
                        .get("/api/v1/bills?status=pending")
                        .expect(200)
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);
    }

    @Test
    void a_bank_statement_pays_the_bill_it_names_and_the_credit_line_can_be_used_again() {
        Billed billed = billed(2, 1_000_000);
        close(billed.month());
        JsonObject bill = bill(billed.client());
        String statement = camt(bill.getString("number"), bill.getString("due"), "ref-" + bill.getString("number"));
        Answer taken = office.send(
                        "POST",
                        "/api/v1/billing/bank-statements",
                        "application/xml",
                        statement.getBytes(StandardCharsets.UTF_8))
                .expect(200);
        List<JsonObject> entries = taken.json().getJsonArray("entries").getValuesAs(JsonObject.class);
        assertThat(entries).extracting(e -> e.getString("outcome")).containsExactly("MATCHED", "NO_BILL");
        assertThat(bill(billed.client()).getString("paymentStatus")).isEqualTo("PAID");
        assertThat(bill(billed.client()).getJsonArray("payments")).hasSize(1);
        JsonObject wallet = billed.client().get("/api/v1/wallet").expect(200).json();
        // 0.005 were given, of which no whole cent could be billed; the line is whole again but for the rounding
        assertThat(number(wallet, "available")).isBetween(new BigDecimal("99.995"), new BigDecimal("100.01"));
        JsonObject again = office.send(
                        "POST",
                        "/api/v1/billing/bank-statements",
                        "application/xml",
                        statement.getBytes(StandardCharsets.UTF_8))
                .expect(200)
                .json();
        assertThat(again.getJsonArray("entries")).isEmpty();
        assertThat(again.getInt("known")).isEqualTo(2);
        office.send("POST", "/api/v1/billing/bank-statements", "application/xml", "<Document/>".getBytes())
                .refused(400, "INVALID_STATEMENT");
        office.send(
                        "POST",
                        "/api/v1/billing/bank-statements",
                        "text/csv",
                        "date,amount,currency,remittance,reference\n2026-11-20,lots,USD,x,y\n".getBytes())
                .refused(400, "INVALID_STATEMENT");
    }

    private static String camt(String number, String amount, String reference) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
                  <BkToCstmrStmt>
                    <GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-20T06:00:00</CreDtTm></GrpHdr>
                    <Stmt>
                      <Id>1</Id>
                      <Ntry>
                        <Amt Ccy="USD">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                        <BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef>
                        <NtryDtls><TxDtls>
                          <RltdPties><Dbtr><Pty><Nm>Photonics</Nm></Pty></Dbtr></RltdPties>
                          <RmtInf><Ustrd>Invoice %s, thank you</Ustrd></RmtInf>
                        </TxDtls></NtryDtls>
                      </Ntry>
                      <Ntry>
                        <Amt Ccy="USD">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                        <BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>%s-other</AcctSvcrRef>
                        <NtryDtls><TxDtls><RmtInf><Ustrd>for the coffee</Ustrd></RmtInf></TxDtls></NtryDtls>
                      </Ntry>
                      <Ntry>
                        <Amt Ccy="USD">7.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                        <BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>%s-fee</AcctSvcrRef>
                      </Ntry>
                    </Stmt>
                  </BkToCstmrStmt>
                </Document>
                """.formatted(amount, reference, number, reference, reference);
    }

    @Test
    void a_bill_is_paid_through_stripe_by_its_signed_word_and_by_nothing_else() {
        Billed billed = billed(2, 1_000_000);
        close(billed.month());
        JsonObject bill = bill(billed.client());
        String path = "/api/v1/bills/" + bill.getString("id");
        Answer checkout = billed.client()
                .post(path + "/checkout", "{\"gateway\": \"stripe\"}")
                .expect(200);
        assertThat(checkout.text("url")).startsWith("https://checkout.stripe.com/");
        StripeStub.Asked asked = StripeStub.stub().asked().getLast();
        assertThat(asked.authorization()).isEqualTo("Bearer " + StripeStub.API_KEY);
        assertThat(asked.idempotencyKey()).hasSize(36);
        assertThat(asked.form())
                .containsEntry("mode", "payment")
                .containsEntry(
                        "line_items[0][price_data][unit_amount]",
                        bill.getString("due").replace(".", ""))
                .containsEntry("line_items[0][price_data][currency]", "usd")
                .containsEntry("metadata[hub_bill]", bill.getString("id"));

        long now = sql.count("select extract(epoch from now())::bigint");
        String event = StripeStub.paid(StripeStub.stub().lastSession(), "pi_" + bill.getString("number"), now);
        HubClient stripe = RunningHub.hub().client();
        String events = "/api/v1/billing/stripe/events";
        stripe.post(events, event).refused(400, "INVALID_SIGNATURE");
        stripe.with("Stripe-Signature", StripeStub.signature(event, now, "whsec_of_somebody"))
                .post(events, event)
                .refused(400, "INVALID_SIGNATURE");
        stripe.with("Stripe-Signature", StripeStub.signature(event, now - 3_600, StripeStub.WEBHOOK_SECRET))
                .post(events, event)
                .refused(400, "INVALID_SIGNATURE");
        stripe.with("Stripe-Signature", StripeStub.signature(event, now, StripeStub.WEBHOOK_SECRET))
                .post(events, event.replace("\"paid\"", "\"paid\" "))
                .refused(400, "INVALID_SIGNATURE");
        assertThat(bill(billed.client()).getString("paymentStatus")).isEqualTo("PENDING");
        HubClient signed = stripe.with("Stripe-Signature", StripeStub.signature(event, now, StripeStub.WEBHOOK_SECRET));
        for (int told = 0; told < 2; told++) {
            signed.post(events, event).expect(204);
            assertThat(bill(billed.client()).getString("paymentStatus")).isEqualTo("PAID");
        }
        assertThat(bill(billed.client()).getJsonArray("payments")).hasSize(1);
        billed.client().post(path + "/checkout", "{\"gateway\": \"STRIPE\"}").refused(409, "NOTHING_DUE");
    }

    @Test
    void money_is_paid_in_advance_through_the_gateways_that_are_set_up() {
        HubClient team = Teams.with(sql, hedy, "1");
        assertThat(team.get("/api/v1/billing/gateways").expect(200).body()).contains("BANK", "STRIPE");
        Answer bank = team.post("/api/v1/billing/top-ups", "{\"amount\": \"25.00\", \"gateway\": \"bank\"}")
                .expect(200);
        assertThat(bank.body()).contains("DE02120300000000202051", "25 USD");
        StripeStub.stub().refuse(1);
        team.post("/api/v1/billing/top-ups", "{\"amount\": \"0.10\", \"gateway\": \"stripe\"}")
                .refused(503, "GATEWAY_UNAVAILABLE");
        team.post("/api/v1/billing/top-ups", "{\"amount\": \"10\", \"gateway\": \"gold\"}")
                .refused(400, "INVALID_FIELD");
        team.post("/api/v1/billing/top-ups", "{\"amount\": \"25.00\", \"gateway\": \"stripe\"}")
                .expect(200);
        long now = sql.count("select extract(epoch from now())::bigint");
        String event = StripeStub.paid(StripeStub.stub().lastSession(), "pi_top_up_" + System.nanoTime(), now);
        RunningHub.hub()
                .client()
                .with("Stripe-Signature", StripeStub.signature(event, now, StripeStub.WEBHOOK_SECRET))
                .post("/api/v1/billing/stripe/events", event)
                .expect(204);
        assertThat(number(team.get("/api/v1/wallet").expect(200).json(), "available"))
                .isEqualByComparingTo("26");
    }

    @Test
    void the_office_notes_payments_and_corrects_by_credit_notes() {
        Billed billed = billed(4, 1_000_000);
        close(billed.month());
        JsonObject bill = bill(billed.client());
        String path = "/api/v1/bills/" + bill.getString("id");
        String payment = "{\"amount\": \"1.00\", \"reference\": \"" + bill.getString("number") + " cash\"}";
        assertThat(office.post(path + "/payments", payment).expect(201).text("paymentStatus"))
                .isEqualTo("PARTIALLY_PAID");
        office.post(path + "/payments", payment).expect(200);
        billed.client().post(path + "/payments", payment).refused(403, "FORBIDDEN");
        assertThat(bill(billed.client()).getString("paidAmount")).isEqualTo("1.00");
        office.post(path + "/credit-notes", "{\"amount\": \"1000\", \"reason\": \"too much\"}")
                .refused(400, "INVALID_FIELD");
        Answer note = office.post(path + "/credit-notes", "{\"reason\": \"all of it\"}")
                .expect(201);
        assertThat(note.text("number")).startsWith("C");
        assertThat(note.text("correctsId")).isEqualTo(bill.getString("id"));
        assertThat(new BigDecimal(note.text("total")))
                .isEqualByComparingTo(number(bill, "due").negate());
        assertThat(bill(billed.client()).getString("paymentStatus")).isEqualTo("REFUNDED");
        office.post(path + "/payments", payment.replace("cash", "more")).refused(409, "NOTHING_DUE");
    }
}
