package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.quantumhub.system.HubClient.Person;
import org.quantumhub.system.HubProcess.Plan;

/// Two servers on one database are one hub: tokens, revocations, limits and quotas hold on both. They have no mail
/// server,
/// and take work from verified addresses only.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(7)
class TwoServersTest {

    /// Far less than a token lives.
    private static final Duration REVOKED = Duration.ofMinutes(4);

    /// Less than the quarter of an hour that a stream lasts by itself.
    private static final Duration LIMIT_OF_STREAMS = Duration.ofMinutes(10);

    private static final String ME = "/api/v1/auth/me";
    private static final String WALLET = "/api/v1/wallet";
    private static final Map<String, String> SETTINGS = Map.of("HUB_ACCOUNT_UNVERIFIED_MAY_SUBMIT", "false");

    private final TestDatabase database = TestDatabase.start(Project.workplace("two-servers"));
    private final Sql sql = database.sql();
    private final HubProcess first = HubProcess.begin(plan("two-servers-first"));
    private final HubProcess second = HubProcess.begin(plan("two-servers-second"));
    private final HubClient here = first.awaitReady().client();
    private final HubClient there = second.awaitReady().client();

    private Plan plan(String name) {
        return new Plan(name, Project.folder(), database, SETTINGS);
    }

    /// A server that is asked to end lets its listeners go, and does not wait for them.
    @AfterAll
    void end() {
        Person ada = here.register();
        Person bob = here.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", ada.team(), bob.id());
        try (database;
                Hearing hearing = new Hearing(there(ada.client()), "")) {
            awaitOpen(hearing, ada.client(), ada.team(), bob);
            first.close();
            assertThat(hearing.end()).isNotDone();
            second.close();
            assertThat(hearing.end()).succeedsWithin(Await.PATIENCE).isEqualTo(200);
            assertThat(second.console()).contains("CWWKE0085I").doesNotContain("CWWKE1102W", "CWWKE1106W");
        }
    }

    private HubClient there(HubClient client) {
        return new HubClient(there.hub(), client.headers());
    }

    private static void refusedSoon(Supplier<Answer> ask) {
        Await.until("the other server hears of it", REVOKED, ask, answer -> answer.status() != 200)
                .refused(401, "UNAUTHENTICATED");
    }

    @Test
    void tokens_of_one_server_are_good_on_the_other() {
        Person ada = here.register();
        there(ada.client()).get(ME).expect(200);
        Answer login = here.login(ada.email(), ada.password()).expect(200);
        Answer next = there.refresh(login.text("refreshToken")).expect(200);
        here.bearer(next.text("accessToken")).get(ME).expect(200);
        here.refresh(login.text("refreshToken")).refused(401, "SESSION_ENDED");
    }

    @Test
    void a_session_that_ends_here_ends_there_within_five_seconds() {
        Person ada = here.register();
        HubClient phone = there(
                here.bearer(here.login(ada.email(), ada.password()).expect(200).text("accessToken")));
        phone.get(ME).expect(200);
        ada.client().send("POST", "/api/v1/auth/logout?all=true").expect(204);
        refusedSoon(() -> phone.get(ME));
    }

    @Test
    void a_key_that_is_revoked_here_opens_nothing_there_within_five_seconds() {
        Person ada = here.register();
        Answer made = ada.client().post("/api/v1/api-keys", "{\"name\": \"k\"}").expect(201);
        HubClient machine = there.with("X-API-Key", made.text("key"));
        machine.get(WALLET).expect(200);
        ada.client().delete("/api/v1/api-keys/" + made.text("id")).expect(204);
        refusedSoon(() -> machine.get(WALLET));
    }

    @Test
    void a_single_session_that_is_revoked_here_is_refused_there_and_the_others_go_on() {
        Person ada = here.register();
        Answer login = there.login(ada.email(), ada.password()).expect(200);
        HubClient phone = there.bearer(login.text("accessToken"));
        phone.get(ME).expect(200);
        String session = phone
                .get("/api/v1/auth/sessions")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getBoolean("current"))
                .map(one -> one.getString("id"))
                .findFirst()
                .orElseThrow();
        ada.client().delete("/api/v1/auth/sessions/" + session).expect(204);
        refusedSoon(() -> phone.get(ME));
        there.refresh(login.text("refreshToken")).refused(401, "SESSION_ENDED");
        there(ada.client()).get(ME).expect(200);
        ada.client().get(ME).expect(200);
    }

    /// Something that the team hears of: a member's role, back and forth.
    private static void change(HubClient owner, UUID team, Person member, String role) {
        owner.patch("/api/v1/teams/" + team + "/members/" + member.id(), "{\"role\": \"" + role + "\"}")
                .expect(200);
    }

    private static List<Hearing.Heard> changes(Hearing hearing) {
        return hearing.events().stream()
                .filter(one -> one.type().equals("team.members-changed"))
                .toList();
    }

    private List<String> told(UUID team) {
        return sql
                .rows(
                        "select f.id::text from feed_entries f where team_id = ? and type = 'team.members-changed' order by f.id",
                        team)
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    /// The entry of the feed that was heard: the first part of its id.
    private static String entry(Hearing.Heard heard) {
        return heard.id().split("-", -1)[0];
    }

    /// Everything that has been told is heard.
    private void awaitAll(Hearing hearing, UUID team) {
        Await.until(
                "the newest change is heard",
                () -> changes(hearing),
                heard -> !heard.isEmpty()
                        && entry(heard.getLast()).equals(told(team).getLast()));
    }

    /// A stream begins at the moment at which it is opened, which one learns by hearing something.
    private static void awaitOpen(Hearing hearing, HubClient owner, UUID team, Person member) {
        Await.until(
                "the stream is open",
                () -> {
                    change(owner, team, member, "ADMIN");
                    change(owner, team, member, "MEMBER");
                    return changes(hearing).size();
                },
                count -> count > 0);
    }

    @Test
    void what_happens_on_one_server_is_heard_on_the_other_and_a_listener_moves_over_without_loss_or_repeat() {
        Person ada = here.register();
        Person bob = here.register();
        UUID team = ada.team();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", team, bob.id());
        HubClient elsewhere = there(ada.client());
        String last;
        List<String> heard = new ArrayList<>();
        try (Hearing hearing = new Hearing(ada.client(), "")) {
            // told there, heard here
            awaitOpen(hearing, elsewhere, team, bob);
            change(elsewhere, team, bob, "ADMIN");
            awaitAll(hearing, team);
            last = hearing.events().getLast().id();
            changes(hearing).forEach(one -> heard.add(entry(one)));
        }
        // while nobody listens, on both servers in turn
        for (int i = 0; i < 6; i++) {
            change(i % 2 == 0 ? ada.client() : elsewhere, team, bob, i % 2 == 0 ? "MEMBER" : "ADMIN");
        }
        try (Hearing hearing = new Hearing(elsewhere, last)) {
            awaitAll(hearing, team);
            change(ada.client(), team, bob, "MEMBER");
            awaitAll(hearing, team);
            assertThat(changes(hearing)).hasSize(7);
            last = hearing.events().getLast().id();
            changes(hearing).forEach(one -> heard.add(entry(one)));
        }
        // and back
        try (Hearing hearing = new Hearing(ada.client(), last)) {
            change(elsewhere, team, bob, "ADMIN");
            awaitAll(hearing, team);
            assertThat(changes(hearing)).hasSize(1);
            changes(hearing).forEach(one -> heard.add(entry(one)));
        }
        // all but what was told before the first stream was open, in order, each once
        List<String> told = told(team);
        assertThat(heard)
                .hasSizeGreaterThan(8)
                .containsExactlyElementsOf(told.subList(told.size() - heard.size(), told.size()));
    }

    /// Whoever opened a stream before that hears no more of what comes after it.
    @Test
    void a_stream_there_ends_with_the_session_or_the_key_that_is_revoked_here() {
        Person ada = here.register();
        HubClient phone = there.bearer(
                there.login(ada.email(), ada.password()).expect(200).text("accessToken"));
        Answer made = ada.client().post("/api/v1/api-keys", "{\"name\": \"k\"}").expect(201);
        HubClient machine = there.with("X-API-Key", made.text("key"));
        try (Hearing ofPhone = new Hearing(phone, "0-0");
                Hearing ofMachine = new Hearing(machine, "0-0")) {
            String session = phone
                    .get("/api/v1/auth/sessions")
                    .expect(200)
                    .json()
                    .getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .filter(one -> one.getBoolean("current"))
                    .map(one -> one.getString("id"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ofPhone.end()).isNotDone();
            ada.client().delete("/api/v1/auth/sessions/" + session).expect(204);
            ada.client().delete("/api/v1/api-keys/" + made.text("id")).expect(204);
            Await.until("the stream of the session ends", LIMIT_OF_STREAMS, ofPhone.end()::isDone, done -> done);
            Await.until("the stream of the key ends", LIMIT_OF_STREAMS, ofMachine.end()::isDone, done -> done);
        }
    }

    @Test
    void a_rate_limit_is_one_limit_for_both() {
        Person ada = here.register();
        Await.until(
                "both know of each other",
                () -> {
                    HubClient probe = limited(ada, "1000/d");
                    probe.get(WALLET).expect(200);
                    there(probe).get(WALLET).expect(200);
                    return sql.value(
                            "select count(*) || '' from rate_buckets b join user_api_keys k on b.id like k.id || ' %'"
                                    + " where k.user_id = ?",
                            ada.id());
                },
                buckets -> !buckets.equals("0"));
        // each server counts the others every few seconds: the last to know is the one that counts
        HubClient machine =
                Await.until("a limit is shared", () -> limited(ada, "10/d"), probe -> letIn(probe, 20) == 10);
        machine.get(WALLET).refused(429, "TOO_MANY_REQUESTS");
        there(machine).get(WALLET).refused(429, "TOO_MANY_REQUESTS");
    }

    private static HubClient limited(Person person, String limit) {
        String key = person.client()
                .post("/api/v1/api-keys", "{\"name\": \"k\", \"rateLimit\": \"" + limit + "\"}")
                .expect(201)
                .text("key");
        return new HubClient(person.client().hub(), Map.of("X-API-Key", key));
    }

    /// How many of so many requests to both servers at once get through.
    private long letIn(HubClient client, int requests) {
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            asked.add((i % 2 == 0 ? client : there(client)).getSoon(WALLET));
        }
        return asked.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() == 200)
                .count();
    }

    @Test
    void a_quota_is_one_quota_for_both() {
        Person ada = here.register();
        sql.run("update users set api_quota_monthly = 30, api_quota_used = 0 where id = ?", ada.id());
        long letIn = letIn(ada.client(), 100);
        // what one server took and did not use comes back to the other; together they let in what there is, and no more
        while (letIn < 30) {
            Await.until("the rest of the quota", () -> ada.client().get(WALLET).status(), status -> status == 200);
            letIn += 1 + letIn(ada.client(), 20);
        }
        assertThat(letIn).isEqualTo(30);
        ada.client().get(WALLET).refused(429, "QUOTA_EXHAUSTED");
    }

    @Test
    void without_a_mail_server_mails_are_files_and_work_waits_for_the_link_in_one() {
        Person ada = here.register();
        ada.client().submit(Samples.bell(1, 1, "")).refused(403, "EMAIL_NOT_VERIFIED");
        String mail = Await.until("the mail is written", () -> mailTo(ada.email()), text -> !text.isEmpty());
        String folder = Project.workplace("two-servers-first").resolve("mail").toString();
        assertThat(Project.read(Project.workplace("two-servers-first").resolve("launcher.log")))
                .contains("written to " + folder);
        here.get(Postbox.link(mail.replace("=\r\n", "").replace("=3D", "="))).expect(200);
        ada.client().submit(Samples.bell(1, 1, "")).expect(201);
    }

    /// Either server may have written it.
    private static String mailTo(String address) {
        for (String home : List.of("two-servers-first", "two-servers-second")) {
            Path folder = Project.workplace(home).resolve("mail");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".eml")).toList()) {
                        String text = Project.read(file);
                        if (text.contains("To: " + address)) {
                            return text;
                        }
                    }
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return "";
    }
}
