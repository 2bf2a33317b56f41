package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// One request, one job, however often it is sent.
@Story
class IdempotencyStory {

    private final Person grace = RunningHub.hub().client().register();
    private final HubClient client = grace.withKey();
    private final Sql sql = RunningHub.hub().sql();

    @Test
    void the_same_request_finds_the_job_it_made() {
        HubClient keyed = client.with("Idempotency-Key", "once");
        UUID job = keyed.submit(Samples.bell(100, 3, "")).expect(201).id();
        assertThat(keyed.submit(Samples.bell(100, 3, "")).expect(200).id()).isEqualTo(job);
        client.ended(job);
        assertThat(keyed.submit(Samples.bell(100, 3, "")).expect(200).id()).isEqualTo(job);
        assertThat(Traces.of(sql, grace.team()).jobs()).isEqualTo(1);
    }

    @Test
    void another_request_under_the_same_key_is_refused() {
        HubClient keyed = client.with("Idempotency-Key", "taken");
        keyed.submit(Samples.bell(100, 3, "")).expect(201);
        Traces before = Traces.of(sql, grace.team());
        keyed.submit(Samples.bell(101, 3, "")).refused(409, "IDEMPOTENCY_KEY_REUSED");
        keyed.submit(Samples.bell(100, 3, ", \"tags\": [\"other\"]")).refused(409, "IDEMPOTENCY_KEY_REUSED");
        assertThat(Traces.of(sql, grace.team()).jobs()).isEqualTo(before.jobs());
        assertThat(sql.count("select count(*) from ledger_transfers where team_id = ? and kind = 'HOLD'", grace.team()))
                .isEqualTo(1);
    }

    @Test
    void a_refused_request_does_not_use_its_key_up() {
        HubClient keyed = client.with("Idempotency-Key", "second-try");
        keyed.submit(Samples.bell(0, 3, "")).expect(400);
        keyed.submit(Samples.bell(10, 3, "")).expect(201);
    }

    @Test
    void a_request_that_comes_again_finds_its_job_though_the_wallet_is_empty_by_now() {
        HubClient poor = Teams.with(sql, grace, "0.002"); // for one job of 100 shots
        HubClient keyed = poor.with("Idempotency-Key", "the-last-cent");
        UUID job = keyed.submit(Samples.bell(100, 3, "")).expect(201).id();
        assertThat(keyed.submit(Samples.bell(100, 3, "")).expect(200).id()).isEqualTo(job);
        poor.ended(job);
        poor.submit(Samples.bell(100, 3, "")).refused(402, "INSUFFICIENT_FUNDS");
        assertThat(keyed.submit(Samples.bell(100, 3, "")).expect(200).id()).isEqualTo(job);
        // another request under the key is told what is wrong with the key, not with the wallet
        keyed.submit(Samples.bell(101, 3, "")).refused(409, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void two_hundred_requests_with_twenty_keys_at_once_make_twenty_jobs() {
        Map<String, List<CompletableFuture<Answer>>> sent = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            String key = "key-" + i % 20;
            sent.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(client.with("Idempotency-Key", key).submitSoon(Samples.bell(10 + i % 20, 3, "")));
        }
        Set<UUID> jobs = new HashSet<>();
        sent.forEach((key, requests) -> {
            List<Answer> answers =
                    requests.stream().map(CompletableFuture::join).toList();
            assertThat(answers)
                    .as(key)
                    .allSatisfy(answer -> assertThat(answer.status()).isIn(200, 201));
            assertThat(answers.stream().filter(answer -> answer.status() == 201))
                    .as("made by one of the ten with " + key)
                    .hasSize(1);
            Set<UUID> ids = new HashSet<>();
            answers.forEach(answer -> ids.add(answer.id()));
            assertThat(ids).as(key).hasSize(1);
            jobs.addAll(ids);
        });
        assertThat(jobs).hasSize(20);
        assertThat(sql.count("select count(*) from jobs where team_id = ?", grace.team()))
                .isEqualTo(20);
        assertThat(sql.count("select count(*) from ledger_transfers where team_id = ? and kind = 'HOLD'", grace.team()))
                .isEqualTo(20);
    }

    @Test
    void teams_do_not_share_keys() {
        HubClient other = Teams.with(sql, grace, "1.00").with("Idempotency-Key", "ours");
        HubClient own = grace.client().with("Idempotency-Key", "ours");
        UUID first = own.submit(Samples.bell(10, 3, "")).expect(201).id();
        UUID second = other.submit(Samples.bell(10, 3, "")).expect(201).id();
        assertThat(second).isNotEqualTo(first);
        assertThat(other.get("/api/v1/jobs/" + second).expect(200).text("teamId"))
                .isNotEqualTo(grace.team().toString());
    }

    @Test
    void a_key_that_is_none_is_refused() {
        client.with("Idempotency-Key", "two words")
                .submit(Samples.bell(10, 3, ""))
                .refused(400, "INVALID_PARAMETER");
        client.with("Idempotency-Key", "x".repeat(201))
                .submit(Samples.bell(10, 3, ""))
                .refused(400, "INVALID_PARAMETER");
    }
}
