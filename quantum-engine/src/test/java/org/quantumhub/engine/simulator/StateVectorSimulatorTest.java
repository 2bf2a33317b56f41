package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

class StateVectorSimulatorTest {
    private final Simulator simulator = new StateVectorSimulator();

    static Stream<Gate> rows() {
        return Gate.standard().stream();
    }

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    private static void agree(Circuit circuit) {
        StateVector state = StateVectorSimulator.state(circuit);
        double[][] expected = ReferenceSimulator.amplitudes(circuit);
        for (int i = 0; i < expected.length; i++) {
            assertThat(state.re(i)).as("re of %d", i).isCloseTo(expected[i][0], within(1e-12));
            assertThat(state.im(i)).as("im of %d", i).isCloseTo(expected[i][1], within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agrees_with_the_reference_for_every_gate_placed_and_controlled_at_random(Gate gate) {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(31L * gate.name().hashCode() + seed);
            agree(RandomCircuits.around(gate, 7, random));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agrees_with_the_reference_on_random_circuits(int seed) {
        Random random = new Random(seed);
        agree(RandomCircuits.unitary(1 + random.nextInt(8), 30, random));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void draws_what_the_reference_expects_when_measurements_decide(int seed) {
        Circuit circuit = RandomCircuits.dynamic(4, 3, 14, new Random(seed));
        int shots = 4000;
        RunResult result = simulator.run(circuit, RunOptions.shots(shots).withSeed(seed));
        Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), result.counts(), shots);
    }

    @Test
    void keeps_the_order_of_qubits_and_bits() {
        Circuit circuit = Circuit.builder(3, 3).gate("x", 0).measureAll().build();
        assertThat(simulator.run(circuit, RunOptions.shots(10)).counts()).isEqualTo(Map.of("001", 10));
        Circuit crossed =
                Circuit.builder(3, 2).gate("x", 2).measure(2, 0).measure(0, 1).build();
        assertThat(simulator.run(crossed, RunOptions.shots(10)).counts()).isEqualTo(Map.of("01", 10));
        assertThat(StateVectorSimulator.state(Circuit.builder(3, 0).gate("x", 2).build())
                        .probability(4))
                .isEqualTo(1);
    }

    @Test
    void measures_everything_when_nothing_is_measured() {
        Circuit circuit = Circuit.builder(2, 0).gate("x", 1).build();
        assertThat(simulator.run(circuit, RunOptions.shots(3)).counts()).isEqualTo(Map.of("10", 3));
    }

    @Test
    void gives_the_same_counts_and_memory_for_the_same_seed_and_others_for_another() {
        Circuit circuit = RandomCircuits.unitary(6, 40, new Random(5));
        RunOptions options = RunOptions.shots(500).withSeed(7).withMemory(true);
        RunResult first = simulator.run(circuit, options);
        RunResult second = simulator.run(circuit, options);
        assertThat(first.memory()).hasSize(500).isEqualTo(second.memory());
        assertThat(first.counts()).isEqualTo(second.counts());
        assertThat(simulator.run(circuit, options.withSeed(8)).memory()).isNotEqualTo(first.memory());
        assertThat(first.counts().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void samples_by_the_squares_of_the_amplitudes(int seed) {
        Circuit circuit = RandomCircuits.unitary(4, 30, new Random(seed));
        int shots = 20_000;
        RunResult result = simulator.run(circuit, RunOptions.shots(shots).withSeed(seed));
        Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), result.counts(), shots);
    }

    @Test
    void states_exact_probabilities_of_the_bits_that_are_read() {
        Circuit circuit = Circuit.builder(3, 1)
                .gate("ry", List.of(1.0), 1)
                .gate("h", 0)
                .measure(1, 0)
                .build();
        RunResult result = simulator.run(circuit, RunOptions.shots(1).withSeed(1));
        assertThat(result.probabilitiesExact()).isTrue();
        assertThat(result.probabilities().get("1")).isCloseTo(Math.pow(Math.sin(0.5), 2), within(1e-14));
        assertThat(result.probabilities()).containsOnlyKeys("0", "1");
    }

    @Test
    void cuts_a_long_list_of_probabilities_and_says_so() {
        var builder = Circuit.builder(17, 0);
        for (int qubit = 0; qubit < 17; qubit++) {
            builder.gate("ry", List.of(1 + 0.01 * qubit), qubit);
        }
        RunResult result = simulator.run(builder.build(), RunOptions.shots(0));
        assertThat(result.probabilities()).hasSize(Outcomes.MOST_PROBABILITIES);
        assertThat(result.probabilitiesCut()).isTrue();
        StateVector state = StateVectorSimulator.state(builder.build());
        double smallestKept = result.probabilities().values().stream()
                .mapToDouble(p -> p)
                .min()
                .orElseThrow();
        long larger = LongStream.range(0, state.size())
                .filter(i -> state.probability(i) > smallestKept)
                .count();
        assertThat(larger).isLessThan(Outcomes.MOST_PROBABILITIES);
    }

    @Test
    void feeds_measured_bits_forward() {
        Circuit circuit = Circuit.builder(2, 2)
                .gate("h", 0)
                .measure(0, 0)
                .add(new Instruction.Conditional(
                        ClassicalExpression.equal(List.of(0), 1),
                        List.of(GateInstruction.of(Gate.find("x").orElseThrow(), new double[0], 1))))
                .measure(1, 1)
                .build();
        Map<String, Integer> counts =
                simulator.run(circuit, RunOptions.shots(200).withSeed(3)).counts();
        assertThat(counts).containsOnlyKeys("00", "11");
    }

    @Test
    void reads_more_bits_than_a_long_has() {
        var builder = Circuit.builder(2, 100).gate("x", 0);
        builder.measure(0, 99).measure(1, 50);
        assertThat(simulator.run(builder.build(), RunOptions.shots(2)).counts())
                .isEqualTo(Map.of("1" + "0".repeat(99), 2));
        builder.reset(0);
        assertThat(simulator.run(builder.build(), RunOptions.shots(2)).counts())
                .isEqualTo(Map.of("1" + "0".repeat(99), 2));
    }

    @Test
    void stops_when_it_is_cancelled() {
        AtomicInteger asked = new AtomicInteger();
        Circuit circuit = RandomCircuits.unitary(4, 50, new Random(1));
        assertThatThrownBy(() ->
                        simulator.run(circuit, RunOptions.shots(1).withCancellation(() -> asked.incrementAndGet() > 3)))
                .isInstanceOf(RunCancelledException.class);
    }

    @Test
    void refuses_what_no_array_can_hold() {
        Circuit large = Circuit.builder(60, 0).build();
        assertThat(simulator.memoryBytes(large)).isEqualTo(Long.MAX_VALUE);
        assertThat(simulator.memoryBytes(Circuit.builder(20, 0).build())).isEqualTo(16L << 20);
        assertThatThrownBy(() -> simulator.run(large, RunOptions.shots(1)))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("60 qubits");
    }

    @Test
    void warms_up_with_at_least_one_circuit_of_each_size() {
        assertThat(StateVectorSimulator.warmUp(Duration.ofMillis(300))).isPositive();
    }

    @Test
    void runs_shots_of_larger_circuits_from_the_common_state() {
        var builder = Circuit.builder(12, 12);
        for (int qubit = 0; qubit < 12; qubit++) {
            builder.gate(qubit % 2 == 0 ? "x" : "id", qubit);
        }
        builder.gate("swap", 0, 1).gate("h", 11).measure(11, 11).reset(11).measureAll();
        assertThat(simulator
                        .run(builder.build(), RunOptions.shots(20).withSeed(2))
                        .counts())
                .isEqualTo(Map.of("010101010110", 20));
    }
}
