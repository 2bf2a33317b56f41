package org.quantumhub.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStatusTest {

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void its_own_name_is_read_in_any_case(JobStatus status) {
        assertThat(JobStatus.read(status.name())).contains(status);
        assertThat(JobStatus.read(" " + status.name().toLowerCase(Locale.ROOT) + " "))
                .contains(status);
    }

    @ParameterizedTest
    @CsvSource({"pending, SUBMITTED", "Created, SUBMITTED", "DISPATCH_FAILED, FAILED", "canceled, CANCELLED"})
    void other_words_for_it_are_read_too(String word, JobStatus status) {
        assertThat(JobStatus.read(word)).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "done", "RUN", "QUEUED;"})
    void what_is_no_status_is_read_as_none(String word) {
        assertThat(JobStatus.read(word)).isEmpty();
    }

    @Test
    void the_end_is_where_no_step_leads_on() {
        assertThat(EnumSet.allOf(JobStatus.class))
                .filteredOn(JobStatus::isFinal)
                .containsExactlyInAnyOrder(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void every_job_can_come_to_an_end(JobStatus status) {
        Set<JobStatus> reached = new HashSet<>(Set.of(status));
        while (reached.addAll(reached.stream().flatMap(s -> s.next().stream()).toList())) {
            assertThat(reached).hasSizeLessThanOrEqualTo(JobStatus.values().length);
        }
        assertThat(reached).anyMatch(JobStatus::isFinal);
    }
}
