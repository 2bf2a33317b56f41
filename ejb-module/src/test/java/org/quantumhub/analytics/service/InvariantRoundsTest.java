package org.quantumhub.analytics.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quantumhub.analytics.service.InvariantWatch.Report;

/// How the watch goes round: one sentence at a time, at a fiftieth of a processor.
class InvariantRoundsTest {

    private static final List<String> SENTENCES =
            List.copyOf(InvariantWatch.queries().keySet());
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        InvariantWatch.queries().forEach((name, query) -> NAMES.put(query, name));
    }

    private final List<String> asked = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> unanswerable = new HashSet<>();
    private final List<String> warned = new ArrayList<>();
    private long now = 1_000;
    private long takes = 100;
    private final List<Report> told = new ArrayList<>();
    private final List<Report> whole = new ArrayList<>();

    private final InvariantRounds rounds = new InvariantRounds(() -> now);

    InvariantRoundsTest() {
        now += InvariantRounds.FIRST_REST;
        rounds.watch = new InvariantWatch() {

            @Override
            public List<String> ask(String query) {
                String name = String.valueOf(NAMES.get(query));
                asked.add(name);
                now += takes;
                if (unanswerable.contains(name)) {
                    throw new IllegalStateException("too long");
                }
                return broken.contains(name) ? List.of("a row") : List.of();
            }

            @Override
            void warn(String invariant, List<String> rows) {
                warned.add(invariant);
            }

            @Override
            void found(Report report, boolean all) {
                told.add(report);
                if (all) {
                    whole.add(report);
                }
            }

            @Override
            Instant now() {
                return Instant.EPOCH;
            }
        };
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            now += 51 * takes;
            rounds.step();
        }
    }

    @Test
    void each_is_asked_in_its_turn_and_the_first_again_after_the_last() {
        steps(SENTENCES.size() + 2);
        List<String> expected = new ArrayList<>(SENTENCES);
        expected.addAll(SENTENCES.subList(0, 2));
        assertThat(asked).isEqualTo(expected);
    }

    @Test
    void a_new_server_is_left_alone_for_ten_minutes() {
        now = 1_000 + InvariantRounds.FIRST_REST - 1;
        rounds.step();
        assertThat(asked).isEmpty();
        now += 1;
        rounds.step();
        assertThat(asked).hasSize(1);
    }

    @Test
    void after_each_it_rests_fifty_times_as_long_as_that_took() {
        rounds.step();
        now += 50 * takes - 1;
        rounds.step();
        assertThat(asked).hasSize(1);
        now += 1;
        takes = 7_000;
        rounds.step();
        assertThat(asked).hasSize(2);
        now += 50 * 100;
        rounds.step();
        assertThat(asked).hasSize(2);
        now += 50 * 7_000;
        rounds.step();
        assertThat(asked).hasSize(3);
    }

    @Test
    void what_is_broken_is_told_at_once_and_until_it_holds() {
        broken.add(SENTENCES.get(1));
        steps(1);
        assertThat(told.getLast().broken()).isEmpty();
        steps(1);
        assertThat(told.getLast().broken())
                .extracting(InvariantWatch.Broken::invariant)
                .containsExactly(SENTENCES.get(1));
        assertThat(warned).containsExactly(SENTENCES.get(1));
        broken.clear();
        steps(SENTENCES.size() - 1);
        assertThat(told.getLast().broken()).as("not asked again yet").hasSize(1);
        steps(1);
        assertThat(told.getLast().broken()).isEmpty();
        assertThat(warned).as("warned once").hasSize(1);
    }

    @Test
    void a_report_is_whole_when_each_has_been_asked() {
        steps(SENTENCES.size() - 1);
        assertThat(whole).isEmpty();
        steps(1);
        assertThat(whole).singleElement().extracting(Report::asked).isEqualTo(SENTENCES.size());
    }

    @Test
    void one_that_cannot_be_asked_stops_no_other() {
        unanswerable.add(SENTENCES.get(0));
        Report report = rounds.look();
        assertThat(report.unanswered()).containsExactly(SENTENCES.get(0));
        assertThat(asked).isEqualTo(SENTENCES);
        assertThat(whole).containsExactly(report);
        unanswerable.clear();
        assertThat(rounds.look().unanswered()).isEmpty();
    }
}
