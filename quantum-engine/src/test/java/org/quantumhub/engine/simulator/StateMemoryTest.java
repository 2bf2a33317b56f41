package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;

class StateMemoryTest {
    private static final int QUBITS = 18;

    @Test
    void keeps_what_is_given_back_for_the_next_of_its_size() {
        StateMemory memory = new StateMemory(10_000);
        StateMemory.Piece first = memory.take(4_000);
        assertThat(first.segment().address() % 64).isZero();
        memory.giveBack(first);
        assertThat(memory.keptBytes()).isEqualTo(4_000);
        assertThat(memory.take(5_000)).isNotSameAs(first);
        assertThat(memory.take(3_000)).isSameAs(first);
        assertThat(memory.keptBytes()).isZero();
    }

    @Test
    void takes_the_smallest_piece_that_is_large_enough() {
        StateMemory memory = new StateMemory(10_000);
        List<StateMemory.Piece> pieces = new ArrayList<>();
        for (int bytes : new int[] {4_000, 1_000, 2_000}) {
            pieces.add(memory.take(bytes));
        }
        pieces.forEach(memory::giveBack);
        assertThat(memory.take(1_500)).isSameAs(pieces.get(2));
    }

    @Test
    void frees_what_was_given_back_longest_ago_beyond_its_bound() {
        StateMemory memory = new StateMemory(10_000);
        List<StateMemory.Piece> pieces = new ArrayList<>();
        for (int bytes : new int[] {4_000, 5_000, 6_000, 11_000}) {
            pieces.add(memory.take(bytes));
        }
        for (StateMemory.Piece piece : pieces) {
            memory.giveBack(piece);
            assertThat(memory.keptBytes()).isLessThanOrEqualTo(10_000);
        }
        assertThat(pieces.stream().map(piece -> piece.segment().scope().isAlive()))
                .containsExactly(false, false, true, false);
    }

    @Test
    void a_closed_state_gives_its_memory_back_once_and_says_nothing_more() {
        StateMemory memory = new StateMemory(1 << 20);
        OffHeapState state = new OffHeapState(12, Precision.SINGLE, new int[12], memory);
        state.close();
        state.close();
        assertThat(memory.keptBytes()).isBetween(1L << 15, 1L << 16);
        assertThatThrownBy(() -> state.re(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state.probabilityAt(0)).isInstanceOf(IllegalStateException.class);
    }

    private static CircuitBuilder everywhere() {
        CircuitBuilder builder = Circuit.builder(QUBITS, 0);
        for (int q = 0; q < QUBITS; q++) {
            builder.gate("ry", List.of(0.3 + q), q);
        }
        return builder;
    }

    @ParameterizedTest
    @EnumSource
    void nothing_of_the_last_state_is_seen_in_the_next(Precision precision) {
        StateVectorSimulator.offHeapState(everywhere().build(), precision).close();
        Circuit few = Circuit.builder(QUBITS, 0)
                .gate("h", 2)
                .gate("cx", 2, 9)
                .gate("ry", List.of(0.4), QUBITS - 1)
                .build();
        StateVector expected = StateVectorSimulator.evolvePlainly(few, RunOptions.shots(0));
        try (OffHeapState state = StateVectorSimulator.offHeapState(few, precision)) {
            for (int i = 0; i < state.size(); i++) {
                assertThat(Math.hypot(state.re(i) - expected.re(i), state.im(i) - expected.im(i)))
                        .isLessThan(1e-6);
            }
        }
    }

    @Test
    void a_run_that_is_cancelled_or_fails_gives_its_memory_back() {
        // Afterwards one piece of this size is there.
        StateVectorSimulator.offHeapState(everywhere().build(), Precision.DOUBLE)
                .close();
        long before = StateMemory.SHARED.keptBytes();
        Simulator simulator = new StateVectorSimulator();
        AtomicInteger asked = new AtomicInteger();
        RunOptions cancelled = RunOptions.shots(1).withCancellation(() -> asked.incrementAndGet() > 2);
        assertThatThrownBy(() -> simulator.run(everywhere().build(), cancelled))
                .isInstanceOf(RunCancelledException.class);
        assertThat(StateMemory.SHARED.keptBytes()).isEqualTo(before);
        RunOptions failing = RunOptions.shots(1).withProgress(share -> {
            throw new IllegalArgumentException("no progress");
        });
        assertThatThrownBy(() -> simulator.run(everywhere().build(), failing)).hasMessage("no progress");
        assertThat(StateMemory.SHARED.keptBytes()).isEqualTo(before);
    }
}
