package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Who is named with a job is told of its end, once.
@Story
class JobMailStory {

    private static final String SUBJECT = "Your job at Quantum Hub is ";

    private final Person lise = RunningHub.hub().client().register();
    private final HubClient client = lise.client();

    private static String anybody() {
        return "told-" + UUID.randomUUID() + "@example.org";
    }

    @Test
    void a_completed_job_is_told_of_with_its_cost_and_without_a_word_of_the_submitters() {
        String address = anybody();
        UUID job = client.submit(Samples.bell(
                        100, 9, ", \"name\": \"a word of mine\", \"notificationEmail\": \"" + address + "\""))
                .expect(201)
                .id();
        assertThat(Postbox.await(address, SUBJECT + "completed", 1))
                .contains(job.toString(), "hub-statevector", "USD", "/api/v1/jobs/" + job)
                .doesNotContain("a word of mine");
    }

    @Test
    void a_cancelled_job_is_told_of_too() {
        String address = anybody();
        UUID job = client.submit(Samples.bell(
                        100,
                        9,
                        ", \"runMode\": \"SCHEDULED\", \"runAt\": \"2999-01-01T00:00:00Z\", \"notificationEmail\": \""
                                + address + "\""))
                .expect(201)
                .id();
        client.delete("/api/v1/jobs/" + job).expect(200);
        assertThat(Postbox.await(address, SUBJECT + "cancelled", 1)).contains("It cost 0");
    }

    @Test
    void a_bundle_is_told_of_once_and_its_circuits_are_not() {
        String address = anybody();
        String circuit = Samples.BELL;
        UUID bundle = client.post(
                        "/api/v1/jobs",
                        "{\"circuits\": [" + circuit + "," + circuit + "," + circuit
                                + "], \"shots\": 10, \"notificationEmail\": \"" + address + "\"}")
                .expect(201)
                .id();
        client.ended(bundle);
        assertThat(Postbox.await(address, SUBJECT + "completed", 1)).contains(bundle.toString());
        assertThat(Postbox.mails(address, SUBJECT)).hasSize(1);
    }

    @Test
    void what_is_no_address_is_refused() {
        client.submit(Samples.bell(100, 9, ", \"notificationEmail\": \"nobody\""))
                .refused(400, "INVALID_FIELD");
    }
}
