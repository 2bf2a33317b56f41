package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;

class EquivalenceTest {
    @Test
    void finds_a_swap_in_three_cnots_and_a_phase_not_worth_mentioning() {
        Circuit swap = Circuit.builder(2, 0).gate("swap", 0, 1).build();
        Circuit cnots = Circuit.builder(2, 0)
                .gate("cx", 0, 1)
                .gate("cx", 1, 0)
                .gate("cx", 0, 1)
                .gate("gphase", List.of(0.3))
                .build();
        assertThat(Equivalence.upToGlobalPhase(swap, cnots)).isTrue();
    }

    @Test
    void tells_a_small_rotation_from_none() {
        Circuit nothing = Circuit.builder(3, 0).build();
        Circuit little = Circuit.builder(3, 0).gate("crz", List.of(1e-3), 0, 2).build();
        assertThat(Equivalence.upToGlobalPhase(nothing, little)).isFalse();
    }

    @Test
    void confirms_round_trips_of_random_circuits() {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++) {
            Circuit circuit = RandomCircuits.unitary(10, 30, new Random(seed));
            Circuit back = OpenQasm.parse(OpenQasm.write3(circuit), CircuitLimits.defaults());
            assertThat(Equivalence.upToGlobalPhase(circuit, back))
                    .as("seed %d", seed)
                    .isTrue();
            try {
                Circuit two = OpenQasm.parse(OpenQasm.write2(circuit), CircuitLimits.defaults());
                assertThat(Equivalence.upToGlobalPhase(back, two))
                        .as("seed %d", seed)
                        .isTrue();
                compared++;
            } catch (CircuitException e) {
                assertThat(e).hasMessageContaining("cannot express");
            }
        }
        assertThat(compared).isPositive();
    }
}
