package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// Jobs that were run and whose end the database refuses.
@Story
class RefusedSettlementStory {

    private static final int NO_RESULT = 770_701;
    private static final int NOT_THE_FIRST_TIME = 770_702;
    private static final int MANY = 4000;

    private static final Sql SQL = RunningHub.hub().sql();

    private final Person chien = RunningHub.hub().client().register();
    private final HubClient client = chien.client();

    @BeforeAll
    static void the_database_refuses_some_ends() {
        SQL.run("alter table jobs add constraint refused_for_a_test check (seed is null"
                + " or (seed <> " + NO_RESULT + " or status <> 'COMPLETED')"
                + " and (seed <> " + NOT_THE_FIRST_TIME
                + " or fence <> 1 or status not in ('COMPLETED', 'FAILED'))) not valid");
    }

    @AfterAll
    static void and_then_no_more() {
        SQL.run("alter table jobs drop constraint refused_for_a_test");
    }

    private static List<String> steps(UUID job) {
        return SQL.rows("select status || ' ' || fence from job_events where job_id = ? order by id", job).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    @Test
    void a_result_that_is_refused_fails_its_job_and_costs_nothing() {
        UUID beside = client.submit(Samples.bell(10, 1, "")).expect(201).id();
        UUID failing =
                client.submit(Samples.bell(10, NO_RESULT, "")).expect(201).id();
        assertThat(client.ended(beside).text("status")).isEqualTo("COMPLETED");
        assertThat(client.ended(failing).text("statusReason")).isEqualTo("RESULT_REFUSED");
        assertThat(SQL.value("select actual_cost::numeric(12, 2) from jobs where id = ?", failing))
                .isEqualTo("0.00");
        assertThat(steps(failing)).containsExactly("SUBMITTED 0", "QUEUED 0", "RUNNING 1", "FAILED 1");
    }

    @Test
    void an_attempt_that_cannot_be_settled_counts_though_its_lane_goes_on() {
        String circuits = String.join(",", Collections.nCopies(MANY, Samples.BELL));
        UUID many = client.submit("{\"circuits\": [" + circuits + "], \"shots\": 10}")
                .expect(201)
                .id();
        UUID refused = client.submit(Samples.bell(10, NOT_THE_FIRST_TIME, ", \"priority\": 50"))
                .expect(201)
                .id();
        assertThat(client.ended(many).text("status")).isEqualTo("COMPLETED");
        assertThat(client.ended(refused).text("status")).isEqualTo("COMPLETED");
        assertThat(steps(refused)).containsExactly("SUBMITTED 0", "QUEUED 0", "RUNNING 1", "RUNNING 2", "COMPLETED 2");
        assertThat(SQL.count("""
                        select count(*) from job_events e join jobs j on j.id = e.job_id
                         where j.parent_job_id = ? and e.status = 'COMPLETED'
                           and e.id < (select min(id) from job_events where job_id = ? and status = 'RUNNING')
                        """, many, refused))
                .as("what ended before the refused attempt was written down, of " + MANY)
                .isLessThan(MANY * 9 / 10);
    }
}
