package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;

class OutcomesTest {

    /// The order of the qubits is not that of the bits they are read into.
    @Test
    void outcomes_are_sorted_by_their_bits_wherever_these_come_from() {
        RunResult result = new StateVectorSimulator()
                .run(
                        OpenQasm.parse("""
                        OPENQASM 3;
                        include "stdgates.inc";
                        qubit[4] q;
                        bit[3] c;
                        h q;
                        ry(0.3) q[2];
                        c[0] = measure q[2];
                        c[1] = measure q[0];
                        c[2] = measure q[3];
                        """, CircuitLimits.defaults()),
                        RunOptions.shots(1000).withSeed(3));
        assertThat(result.counts().keySet()).containsExactly("000", "001", "010", "011", "100", "101", "110", "111");
        assertThat(result.probabilities().keySet())
                .containsExactlyElementsOf(result.counts().keySet());
        double tilted = Math.pow(Math.cos(Math.PI / 4 + 0.15), 2) / 4;
        assertThat(result.probabilities().get("010")).isCloseTo(tilted, within(1e-12));
    }
}
