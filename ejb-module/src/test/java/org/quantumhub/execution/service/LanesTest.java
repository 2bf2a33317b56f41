package org.quantumhub.execution.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobQueue.Claimed;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.shared.Money;

/// When a lane takes its next jobs, with nothing in the queue.
@Timeout(20)
class LanesTest {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    /// What happened, in order.
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final List<ClaimedJob> queued = new ArrayList<>();

    private final Lanes lanes = new Lanes();

    @ParameterizedTest(
            name =
                    "{0} come together, {1} wait for a lane, the queue is {2} s long: rests {3} times as long as it worked")
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 0, 0.125",
        "8, 0, 0, 1",
        "128, 0, 0, 16",
        "40, 8, 0, 4",
        "40, 40, 0, 0",
        "40, 1000, 0, 0",
        "40, 0, 2.5, 3.75",
        "40, 0, 5, 2.5",
        "40, 0, 10, 0",
        "40, 0, 99, 0"
    })
    void rests_the_longer_the_more_come_and_the_less_wait_for_it(
            double crowd, int awaited, double waited, double times) {
        assertThat(Lanes.restOf(crowd, awaited, waited, 10)).isEqualTo(times);
    }

    @Test
    void rests_never_where_no_burst_is_to_be_absorbed() {
        assertThat(Lanes.restOf(128, 0, 0, 0)).isZero();
    }

    @Test
    void takes_nothing_while_submissions_crowd_and_the_next_jobs_as_soon_as_they_do_not() {
        crowds(64, 64, 64, 0);

        lanes.next(1, 0, HOUR);

        assertThat(seen).containsExactly("64 come", "64 come", "64 come", "0 come", "claim");
    }

    @Test
    void does_not_keep_those_waiting_who_wait_for_a_job_to_end() {
        crowds(3, 3);
        for (int i = 0; i < 3; i++) {
            lanes.completions.of(UUID.randomUUID(), 60);
        }

        lanes.next(1, 0, HOUR);

        assertThat(seen).containsExactly("3 come", "claim");
    }

    @Test
    void rests_in_proportion_to_its_work() {
        crowds(64, 64);

        lanes.next(1, 0, 0);

        assertThat(seen).containsExactly("64 come", "claim");
    }

    @Test
    void does_not_rest_once_jobs_have_waited_for_long() {
        crowds(64, 64);
        queued.add(job(20));

        assertThat(lanes.next(1, 0, 0)).hasSize(1);
        lanes.wake();
        lanes.next(1, 0, HOUR);

        assertThat(seen).containsExactly("64 come", "claim", "64 come", "claim");
    }

    @Test
    void rests_no_longer_than_a_burst_however_long_a_simulation_took_and_whoever_comes() {
        crowds(Collections.nCopies(10_000, 64).toArray(Integer[]::new));
        lanes.config.burstSeconds = 1;

        lanes.next(1, 0, HOUR);

        assertThat(seen).endsWith("claim").hasSizeLessThan(1_000);
    }

    @Test
    void ends_its_rest_when_the_server_stops() {
        crowds(64, 64);
        lanes.workbench.close();

        assertThat(lanes.next(1, 0, HOUR)).isEmpty();
        assertThat(seen).containsExactly("64 come");
    }

    private void crowds(Integer... sizes) {
        Iterator<Integer> next = List.of(sizes).iterator();
        lanes.arrivals = new Arrivals() {
            @Override
            double crowd() {
                int size = next.next();
                seen.add(size + " come");
                return size;
            }
        };
        lanes.claims = new LaneClaims() {
            @Override
            Claimed claim(int lane) {
                seen.add("claim");
                List<ClaimedJob> jobs = List.copyOf(queued);
                queued.clear();
                return new Claimed(jobs, false);
            }
        };
        lanes.completions = new Completions();
        lanes.workbench = new Workbench();
        lanes.bundles = new Bundles();
        lanes.config = new ExecutionConfig();
        lanes.config.burstSeconds = 10;
    }

    private static ClaimedJob job(double queuedSeconds) {
        UUID any = UUID.randomUUID();
        Money cost = new Money(BigDecimal.ONE, Currency.getInstance("EUR"));
        return new ClaimedJob(
                any,
                any,
                1,
                ProgramFormat.CIRCUIT_JSON,
                "{}",
                1,
                1,
                false,
                "simulator",
                cost,
                any,
                queuedSeconds,
                null,
                null,
                null,
                null);
    }
}
