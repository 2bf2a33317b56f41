package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Finding one's jobs again.
@Story
class ListingStory {

    private HubClient client = RunningHub.hub().client();

    @BeforeEach
    void somebody_comes() {
        client = client.register().withKey();
    }

    private String submitted(String more) {
        return client.submit(Samples.bell(10, 1, more)).expect(201).text("id");
    }

    private List<String> found(String query) {
        return client.get("/api/v1/jobs" + query).expect(200).json().getJsonArray("items").stream()
                .map(job -> job.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void jobs_are_found_by_tag_and_backend_the_newest_first() {
        String one = submitted(", \"tags\": [\"alpha\"]");
        String two = submitted(", \"tags\": [\"alpha\", \"beta\"]");
        String three = submitted("");
        assertThat(found("")).containsExactly(three, two, one);
        assertThat(found("?tag=alpha")).containsExactly(two, one);
        assertThat(found("?tag=beta")).containsExactly(two);
        assertThat(found("?tag=alph")).isEmpty();
        assertThat(found("?backend=hub-statevector")).containsExactly(three, two, one);
        assertThat(found("?backend=elsewhere")).isEmpty();
        assertThat(found("?tag=alpha&backend=hub-statevector&limit=1")).containsExactly(two);
    }

    @Test
    void jobs_are_found_by_status_in_any_case() {
        String done = submitted("");
        client.ended(java.util.UUID.fromString(done));
        String running = client.submit(Samples.job(Samples.slow(10), 1_000_000, 1, ""))
                .expect(201)
                .text("id");
        Await.until("the job runs", () -> found("?status=RUNNING"), List.of(running)::equals);
        assertThat(found("?status=COMPLETED")).containsExactly(done);
        assertThat(found("?status=completed")).containsExactly(done);
        client.delete("/api/v1/jobs/" + running).expect(200);
        client.ended(java.util.UUID.fromString(running));
        assertThat(found("?status=CANCELLED")).containsExactly(running);
        assertThat(found("?status=FAILED")).isEmpty();
    }

    @Test
    void jobs_are_found_by_the_time_they_came() {
        String one = submitted("");
        String two = submitted("");
        String three = submitted("");
        String middle = client.get("/api/v1/jobs/" + two).expect(200).text("submittedAt");
        assertThat(found("?createdFrom=" + middle)).containsExactly(three, two);
        assertThat(found("?createdTo=" + middle)).containsExactly(one);
        assertThat(found("?createdFrom=" + middle + "&createdTo=" + middle)).isEmpty();
    }

    @Test
    void pages_neither_repeat_nor_skip_a_job_while_others_arrive() {
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            there.add(submitted(""));
        }
        AtomicBoolean read = new AtomicBoolean();
        CompletableFuture<Integer> arriving = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!read.get() && count < 500) {
                submitted("");
                count++;
            }
            return count;
        });
        List<String> seen = new ArrayList<>();
        try {
            String next = "";
            do {
                JsonObject page = client.get("/api/v1/jobs?limit=7&after=" + next)
                        .expect(200)
                        .json();
                page.getJsonArray("items")
                        .forEach(job -> seen.add(job.asJsonObject().getString("id")));
                next = page.getString("next", "");
            } while (!next.isEmpty());
        } finally {
            read.set(true);
        }
        assertThat(arriving.join()).isPositive();
        assertThat(seen).doesNotHaveDuplicates().containsAll(there);
        assertThat(seen).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @ParameterizedTest
    @CsvSource({
        "after=nowhere, after",
        "after=%00, after",
        "limit=0, limit",
        "limit=201, limit",
        "limit=-1, limit",
        "limit=many, limit",
        "limit=99999999999, limit",
        "status=LOST, status",
        "createdFrom=yesterday, createdFrom",
        "createdTo=2026-13-01T00:00:00Z, createdTo",
        "createdFrom=+1000000000-12-31T23:59:59Z, createdFrom"
    })
    void a_bad_parameter_is_named(String query, String parameter) {
        Answer answer = client.get("/api/v1/jobs?" + query).refused(400, "INVALID_PARAMETER");
        assertThat(answer.text("parameter")).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({"wait=-1", "wait=61", "wait=long"})
    void a_bad_wait_is_named(String query) {
        Answer answer =
                client.get("/api/v1/jobs/" + submitted("") + "?" + query).refused(400, "INVALID_PARAMETER");
        assertThat(answer.text("parameter")).isEqualTo("wait");
    }
}
