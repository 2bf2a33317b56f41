package org.quantumhub.hardware.emulated.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.simulator.RunResult;

/// Noise that is each qubit's own.
class QubitFiguresTest {

    /// Qubit 3 is good, qubit 5 is read wrongly at every fifth 0; the gate between 3 and 5 is bad, the one between 3
    /// and 4
    /// is perfect.
    private static final String CALIBRATION = """
            {"oneQubitFidelity": 1.0, "twoQubitFidelity": 1.0, "t1Seconds": 1e-3, "t2Seconds": 1e-3,
             "readout": {"oneForZero": 0.0, "zeroForOne": 0.0},
             "qubits": {"3": {"t1Seconds": 2e-3}, "5": {"readout": {"oneForZero": 0.2, "zeroForOne": 0.0}, "t2Seconds": 9.0}},
             "pairs": {"3-5": {"twoQubitFidelity": 0.8}}}""";

    @Test
    void a_qubit_has_its_own_figures_and_for_the_rest_those_of_the_device() {
        QubitFigures figures = QubitFigures.of(CALIBRATION, List.of(5, 3, 4));
        assertThat(figures.calibration().qubits().get(0).falseOne()).isEqualTo(0.2);
        assertThat(figures.calibration().qubits().get(0).t2())
                .as("at most twice T1")
                .isEqualTo(2e-3);
        assertThat(figures.calibration().qubits().get(1).t1()).isEqualTo(2e-3);
        assertThat(figures.calibration().qubits().get(2).t1()).isEqualTo(1e-3);
        assertThat(figures.falseOne(2)).isZero();
        assertThat(figures.strike(List.of(1, 0))).isEqualTo(0.25, within(1e-12));
        assertThat(figures.strike(List.of(1, 2))).isZero();
    }

    /// With few qubits by density matrices, with many by trajectories.
    @ParameterizedTest
    @ValueSource(ints = {2, 11})
    void the_readout_of_one_qubit_disturbs_that_one_alone(int qubits) {
        CircuitBuilder builder =
                Circuit.builder(qubits, 2).gate("rz", List.of(0.1), 0).gate("rz", List.of(0.1), qubits - 1);
        Circuit circuit = builder.measure(0, 0).measure(1, 1).build();
        List<Integer> labels = java.util.stream.IntStream.range(0, qubits)
                .map(q -> q == 0 ? 5 : 100 + q)
                .boxed()
                .toList();
        RunResult result = new NoisyRun(QubitFigures.of(CALIBRATION, labels)).run(circuit, 2000, 11, false);
        Map<String, Integer> counts = result.counts();
        // 2000 x 0.2 with a deviation of 18
        assertThat(counts.getOrDefault("01", 0)).isBetween(300, 500);
        assertThat(counts.getOrDefault("10", 0) + counts.getOrDefault("11", 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 11})
    void a_bad_pair_shows_and_a_good_one_does_not(int qubits) {
        assertThat(wrong(qubits, 5)).as("of the bad pair").isGreaterThan(200);
        assertThat(wrong(qubits, 4)).as("of the good pair").isLessThan(20);
    }

    /// How often a gate that changes nothing is found to have changed something.
    private static int wrong(int qubits, int second) {
        Circuit circuit = Circuit.builder(qubits, 2)
                .gate("cz", 0, 1)
                .measure(0, 0)
                .measure(1, 1)
                .build();
        List<Integer> labels = java.util.stream.IntStream.range(0, qubits)
                .map(q -> q == 0 ? 3 : q == 1 ? second : 100 + q)
                .boxed()
                .toList();
        String quiet = CALIBRATION.replace("\"oneForZero\": 0.2", "\"oneForZero\": 0.0");
        RunResult result = new NoisyRun(QubitFigures.of(quiet, labels)).run(circuit, 2000, 5, false);
        return 2000 - result.counts().getOrDefault("00", 0);
    }

    @Test
    void a_calibration_that_tells_nothing_is_perfect() {
        Circuit circuit =
                Circuit.builder(2, 2).gate("x", 0).gate("cx", 0, 1).measureAll().build();
        RunResult result = new NoisyRun(QubitFigures.of("{}", List.of(0, 1))).run(circuit, 100, 1, false);
        assertThat(result.counts()).isEqualTo(Map.of("11", 100));
    }
}
