package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Jobs that were run and whose end the database refuses.
@Story
class RefusedSettlementStory {

    private static final int NO_RESULT = 770_701;
    private static final int NOT_THE_FIRST_TIME = 770_702;

    private final Person chien = RunningHub.hub().client().register();
    private final HubClient client = chien.client();
    private final Sql sql = RunningHub.hub().sql();

    private List<String> steps(UUID job) {
        return sql.rows("select status || ' ' || fence from job_events where job_id = ? order by id", job).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    @Test
    void a_result_that_is_refused_fails_its_job_and_costs_nothing_and_no_job_is_tried_forever() {
        sql.run("alter table jobs add constraint refused_for_a_test check (seed is null"
                + " or (seed <> " + NO_RESULT + " or status <> 'COMPLETED')"
                + " and (seed <> " + NOT_THE_FIRST_TIME
                + " or fence <> 1 or status not in ('COMPLETED', 'FAILED'))) not valid");
        try {
            UUID beside = client.submit(Samples.bell(10, 1, "")).expect(201).id();
            UUID failing =
                    client.submit(Samples.bell(10, NO_RESULT, "")).expect(201).id();
            UUID again = client.submit(Samples.bell(10, NOT_THE_FIRST_TIME, ""))
                    .expect(201)
                    .id();
            assertThat(client.ended(beside).text("status")).isEqualTo("COMPLETED");

            assertThat(client.ended(failing).text("statusReason")).isEqualTo("RESULT_REFUSED");
            assertThat(sql.value("select actual_cost::numeric(12, 2) from jobs where id = ?", failing))
                    .isEqualTo("0.00");
            assertThat(steps(failing)).containsExactly("SUBMITTED 0", "QUEUED 0", "RUNNING 1", "FAILED 1");

            assertThat(client.ended(again).text("status")).isEqualTo("COMPLETED");
            assertThat(steps(again))
                    .as("the attempt that could not be settled counts")
                    .containsExactly("SUBMITTED 0", "QUEUED 0", "RUNNING 1", "RUNNING 2", "COMPLETED 2");
        } finally {
            sql.run("alter table jobs drop constraint refused_for_a_test");
        }
    }
}
