package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quantumhub.execution.JobStatus.CANCELLED;
import static org.quantumhub.execution.JobStatus.CANCELLING;
import static org.quantumhub.execution.JobStatus.COMPLETED;
import static org.quantumhub.execution.JobStatus.FAILED;
import static org.quantumhub.execution.JobStatus.QUEUED;
import static org.quantumhub.execution.JobStatus.RUNNING;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Ids;

class BundleTallyTest {

    private static BundleTally tally(JobStatus status, int waiting, int completed, int failed, int cancelled) {
        return new BundleTally(Ids.next(), status, 4, waiting, completed, failed, cancelled, BigDecimal.ONE);
    }

    @Test
    void a_parent_runs_when_its_first_child_has_left_the_queue() {
        assertThat(tally(QUEUED, 4, 0, 0, 0).steps()).isEmpty();
        assertThat(tally(QUEUED, 3, 0, 0, 0).steps()).containsExactly(RUNNING);
        assertThat(tally(RUNNING, 3, 1, 0, 0).steps()).isEmpty();
    }

    @Test
    void a_parent_ends_as_its_children_did() {
        assertThat(tally(RUNNING, 0, 4, 0, 0).steps()).containsExactly(COMPLETED);
        assertThat(tally(RUNNING, 0, 1, 3, 0).steps()).containsExactly(COMPLETED);
        assertThat(tally(RUNNING, 0, 0, 4, 0).steps()).containsExactly(FAILED);
        assertThat(tally(RUNNING, 0, 0, 1, 3).steps()).containsExactly(FAILED);
        assertThat(tally(QUEUED, 0, 0, 4, 0).steps()).containsExactly(RUNNING, FAILED);
        assertThat(tally(QUEUED, 0, 0, 0, 4).steps()).containsExactly(CANCELLED);
        assertThat(tally(RUNNING, 0, 0, 0, 4).steps()).containsExactly(CANCELLING, CANCELLED);
    }

    @Test
    void a_cancelled_parent_is_certain_when_no_child_is_left() {
        assertThat(tally(CANCELLING, 0, 1, 0, 2).steps()).isEmpty();
        assertThat(tally(CANCELLING, 0, 1, 0, 3).steps()).containsExactly(CANCELLED);
        assertThat(tally(CANCELLING, 0, 4, 0, 0).steps()).as("all were faster").containsExactly(COMPLETED);
    }

    @Test
    void every_step_is_one_that_the_life_cycle_knows() {
        for (JobStatus status : List.of(QUEUED, RUNNING, CANCELLING)) {
            for (int mix = 0; mix < 625; mix++) {
                int waiting = mix % 5;
                int completed = mix / 5 % 5;
                int failed = mix / 25 % 5;
                int cancelled = mix / 125;
                if (waiting + completed + failed + cancelled <= 4) {
                    JobStatus at = status;
                    for (JobStatus step :
                            tally(status, waiting, completed, failed, cancelled).steps()) {
                        assertThat(at.next()).contains(step);
                        at = step;
                    }
                    assertThat(at.isFinal()).isEqualTo(completed + failed + cancelled == 4);
                }
            }
        }
    }

    @Test
    void what_is_missing_is_said() {
        assertThat(tally(RUNNING, 0, 4, 0, 0).reason()).isNull();
        assertThat(tally(RUNNING, 0, 3, 1, 0).reason()).isEqualTo("PARTIALLY_COMPLETED");
        assertThat(tally(RUNNING, 0, 0, 4, 0).message()).contains("4 circuits").contains("4 failed");
    }
}
