package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// People hear what happens as it happens, and are told what they should not miss.
@Story
class EventsStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Sql sql = RunningHub.hub().sql();
    private final Person olga = ANYBODY.register();

    private UUID suspendAndResume(Person person) {
        Person operator = ANYBODY.register(sql, "OPERATOR");
        String ops = "/api/v1/ops/teams/" + person.team();
        operator.client().post(ops + "/suspend", "{\"reason\": \"x\"}").expect(200);
        operator.client().post(ops + "/resume", "").expect(200);
        return operator.id();
    }

    /// A stream begins at the moment at which it is opened, which a client learns by hearing something.
    private static void awaitOpen(Hearing hearing, Person person) {
        Await.until(
                "the stream is open",
                () -> {
                    person.client().submit(Samples.bell(1, 1, "")).expect(201);
                    return hearing.events().size();
                },
                count -> count > 0);
    }

    @Test
    void the_life_of_a_job_is_heard_in_order_and_nobody_elses() {
        Person other = ANYBODY.register();
        try (Hearing hearing = new Hearing(olga.client(), "")) {
            awaitOpen(hearing, olga);
            UUID foreign =
                    other.client().submit(Samples.bell(10, 1, "")).expect(201).id();
            other.client().ended(foreign);
            UUID job = olga.client().submit(Samples.bell(10, 1, "")).expect(201).id();
            hearing.await("job.completed", job.toString());
            List<String> steps = hearing.events().stream()
                    .filter(one -> one.data().contains(job.toString()))
                    .map(Hearing.Heard::type)
                    .toList();
            assertThat(steps).startsWith("job.submitted", "job.queued").endsWith("job.completed");
            assertThat(hearing.events()).noneMatch(one -> one.data().contains(foreign.toString()));
            assertThat(hearing.events())
                    .noneMatch(one -> one.data().contains(other.team().toString()));
        }
    }

    @Test
    void who_comes_back_has_missed_nothing() {
        String last;
        try (Hearing hearing = new Hearing(olga.client(), "")) {
            awaitOpen(hearing, olga);
            UUID job = olga.client().submit(Samples.bell(10, 1, "")).expect(201).id();
            last = hearing.await("job.completed", job.toString()).id();
        }
        suspendAndResume(olga);
        List<UUID> missed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            missed.add(olga.client().submit(Samples.bell(10, 1, "")).expect(201).id());
        }
        missed.forEach(olga.client()::ended);
        try (Hearing hearing = new Hearing(olga.client(), last)) {
            missed.forEach(job -> hearing.await("job.completed", job.toString()));
            hearing.await("team.suspended", "");
            hearing.await("team.resumed", "");
            assertThat(hearing.events().stream().map(Hearing.Heard::data).distinct())
                    .hasSameSizeAs(hearing.events());
        }
    }

    @Test
    void who_has_left_the_team_hears_no_more() throws Exception {
        Person plain = ANYBODY.register();
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'MEMBER')", olga.team(), plain.id());
        try (Hearing hearing =
                new Hearing(plain.client().with("X-Team-Id", olga.team().toString()), "")) {
            awaitOpen(hearing, olga);
            olga.client()
                    .delete("/api/v1/teams/" + olga.team() + "/members/" + plain.id())
                    .expect(204);
            assertThat(hearing.end().get(Await.PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo(200);
        }
    }

    @Test
    void a_stream_asks_for_what_makes_sense() {
        olga.client().get("/api/v1/events?seconds=0").expect(200);
        olga.client().get("/api/v1/events?seconds=901").refused(400, "INVALID_PARAMETER");
        olga.client()
                .with("Last-Event-ID", "yesterday")
                .get("/api/v1/events?seconds=0")
                .refused(400, "INVALID_PARAMETER");
    }

    private static List<JsonObject> items(Answer answer) {
        return answer.expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
    }

    @Test
    void people_are_told_read_and_mute() {
        suspendAndResume(olga);
        List<JsonObject> told = Await.until(
                "the notifications",
                () -> items(olga.client().get("/api/v1/notifications?unread=true")),
                all -> all.size() == 2);
        assertThat(told.getFirst().getString("title")).isEqualTo("Team works again");
        assertThat(told.getLast().getString("type")).isEqualTo("WARNING");
        String id = told.getLast().getString("id");
        Person other = ANYBODY.register();
        other.client().post("/api/v1/notifications/" + id + "/read", "").refused(404, "NOT_FOUND");
        assertThat(olga.client()
                        .post("/api/v1/notifications/" + id + "/read", "")
                        .expect(200)
                        .json()
                        .getBoolean("read"))
                .isTrue();
        assertThat(olga.client().get("/api/v1/notifications/unread").json().getInt("unread"))
                .isEqualTo(1);
        olga.client().post("/api/v1/notifications/read-all", "").expect(200);
        assertThat(items(olga.client().get("/api/v1/notifications?unread=true")))
                .isEmpty();
        assertThat(items(olga.client().get("/api/v1/notifications"))).hasSize(2);

        olga.client()
                .put("/api/v1/notifications/preferences/team.standing", "{\"muted\": true}")
                .expect(200);
        olga.client()
                .put("/api/v1/notifications/preferences/weather", "{\"muted\": true}")
                .refused(404, "NOT_FOUND");
        suspendAndResume(olga);
        // what is muted is skipped in the order of events: once this job's end is told, so would the other have been
        long upto = sql.count("select max(id) from feed_entries");
        Await.until(
                "the feed is read",
                () -> sql.count("select last_id from webhook_positions where source = 'FEED'"),
                last -> last >= upto);
        assertThat(items(olga.client().get("/api/v1/notifications"))).hasSize(2);
        String preferences = olga.client()
                .get("/api/v1/notifications/preferences")
                .expect(200)
                .body();
        assertThat(preferences).contains("{\"byMail\":false,\"muted\":true,\"topic\":\"team.standing\"}");
    }

    /// Java's client asks for HTTP/2 on its own; four such streams at once kept all threads of a server on two cores.
    @Test
    void clients_that_ask_for_http_2_are_answered_in_1_1() throws Exception {
        try (HttpClient http2 = HttpClient.newHttpClient()) {
            HttpResponse<Void> live = http2.send(
                    HttpRequest.newBuilder(URI.create(RunningHub.hub().client().hub() + "/health/live"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }
}
