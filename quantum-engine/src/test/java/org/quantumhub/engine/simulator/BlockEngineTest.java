package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Matrix;

class BlockEngineTest {
    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static void agree(Circuit circuit, int threads) {
        RunOptions options = RunOptions.shots(0);
        StateVector expected = StateVectorSimulator.evolvePlainly(circuit, options);
        StateVector state = BlockEngine.evolve(circuit, options, threads);
        assertThat(distance(state, expected)).isLessThan(1e-12);
        for (Precision precision :
                circuit.qubitCount() < BlockEngine.FEWEST_OFF_HEAP ? new Precision[0] : Precision.values()) {
            try (OffHeapState outside = BlockEngine.evolveOffHeap(
                    circuit.qubitCount(), circuit.instructions(), precision, options, threads)) {
                assertThat(distance(outside, expected))
                        .as("%s", precision)
                        .isLessThan(precision == Precision.DOUBLE ? 1e-12 : 1e-5);
                assertThat(distance(outside.toStateVector(), outside)).isZero();
            }
        }
    }

    private static double distance(PureState state, PureState expected) {
        double worst = 0;
        for (int i = 0; i < state.size(); i++) {
            worst = Math.max(worst, Math.hypot(state.re(i) - expected.re(i), state.im(i) - expected.im(i)));
        }
        return worst;
    }

    @Test
    void plans_circuits_of_one_shape_once() {
        Plans plans = new Plans(100_000);
        for (int run = 0; run < 5; run++) {
            CircuitBuilder builder = Circuit.builder(17, 0);
            for (int q = 0; q < 17; q++) {
                builder.gate("ry", List.of(0.1 + run + q), q).gate("rz", List.of(0.2 + run), q);
                builder.gate("cx", q, (q + 1) % 17);
            }
            Fusible[] program =
                    FrontEnd.translate(17, builder.build().instructions(), true).gates();
            plans.of(17, Block.shape(Precision.DOUBLE), program);
        }
        assertThat(plans.made()).isEqualTo(1);
    }

    @Test
    void forgets_the_plans_used_longest_ago() {
        Plans plans = new Plans(60);
        for (int run = 0; run < 3; run++) {
            for (int qubits = 10; qubits < 14; qubits++) {
                CircuitBuilder builder = Circuit.builder(qubits, 0).gate("h", 1).gate("cx", 0, 3);
                Fusible[] program = FrontEnd.translate(qubits, builder.build().instructions(), true)
                        .gates();
                assertThat(plans.of(qubits, Block.shape(Precision.DOUBLE), program))
                        .isNotEmpty();
            }
        }
        plans.of(
                13,
                Block.shape(Precision.DOUBLE),
                FrontEnd.translate(
                                13,
                                Circuit.builder(13, 0)
                                        .gate("h", 1)
                                        .gate("cx", 0, 3)
                                        .build()
                                        .instructions(),
                                true)
                        .gates());
        assertThat(plans.made()).isLessThanOrEqualTo(12);
    }

    @Test
    void takes_gates_on_many_qubits_and_under_many_negative_controls() {
        Random random = new Random(8);
        CircuitBuilder builder = Circuit.builder(17, 0);
        for (int q = 0; q < 17; q++) {
            builder.gate("u", List.of(random.nextDouble(3), random.nextDouble(6), random.nextDouble(6)), q);
        }
        List<Control> controls =
                IntStream.range(1, 9).mapToObj(q -> new Control(q, q % 3 == 0)).toList();
        builder.add(new GateInstruction(Gate.find("gphase").orElseThrow(), List.of(0.7), controls, List.of()));
        builder.add(
                new GateInstruction(Gate.find("c4x").orElseThrow(), List.of(), List.of(), List.of(9, 11, 13, 15, 0)));
        double[] cycle = new double[2 * 32 * 32];
        for (int i = 0; i < 32; i++) {
            cycle[2 * (i * 32 + (i + 5) % 32)] = 1;
        }
        Gate wide = Gate.unitary("cycle", Matrix.of(32, cycle));
        builder.add(new GateInstruction(wide, List.of(), List.of(Control.on(2)), List.of(16, 3, 0, 8, 12)));
        agree(builder.build(), 2);
    }

    @ParameterizedTest(name = "{0} qubits")
    @ValueSource(ints = {9, 16, 17, 18})
    void starts_from_zeros_where_no_gate_has_anything_to_do(int qubits) {
        agree(Circuit.builder(qubits, 0).build(), 2);
        agree(
                Circuit.builder(qubits, 0)
                        .gate("id", 3)
                        .gate("swap", 0, qubits - 1)
                        .build(),
                1);
        Circuit measured = Circuit.builder(qubits, qubits).measureAll().build();
        assertThat(new StateVectorSimulator()
                        .run(measured, RunOptions.shots(10))
                        .counts())
                .containsOnlyKeys("0".repeat(qubits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghz", "ansatz", "qaoa", "volume", "grover"})
    void exchanges_no_lanes_within_one_set_of_the_cache(String name) {
        Circuit circuit = Objects.requireNonNull(BenchmarkCircuits.all(16).get(name));
        for (Precision precision : Precision.values()) {
            Block.Shape shape = Block.shape(precision);
            Fusible[] program =
                    FrontEnd.translate(16, circuit.instructions(), true).gates();
            List<int[]> places = SweepPlanner.plan(16, shape, program).stream()
                    .flatMap(sweep -> Stream.of(sweep.bind(program, -1)))
                    .filter(Pass.LaneSwap.class::isInstance)
                    .map(pass -> ((Pass.LaneSwap) pass).places())
                    .toList();
            assertThat(places)
                    .isNotEmpty()
                    .allSatisfy(of -> assertThat(IntStream.of(of).filter(place -> place >= 1 << shape.setPosition()))
                            .hasSizeLessThan(4));
        }
    }

    @Test
    void leaves_out_what_is_known_to_be_zero() {
        Circuit circuit = Circuit.builder(14, 0)
                .gate("h", 5)
                .gate("h", 9)
                .gate("h", 11)
                .gate("h", 12)
                .build();
        Fusible[] program = FrontEnd.translate(14, circuit.instructions(), true).gates();
        Sweep sweep =
                SweepPlanner.plan(14, Block.shape(Precision.DOUBLE), program).getFirst();
        double known = shares(sweep.bind(program, 0));
        assertThat(known).isLessThan(0.02);
        assertThat(shares(sweep.bind(program, -1))).isEqualTo(2);
    }

    /// The parts of a block that passes over matrices visit.
    private static double shares(Pass[] passes) {
        double sum = 0;
        for (Pass pass : passes) {
            sum += switch (pass) {
                case Pass.Dense dense -> dense.groups().share();
                case Pass.Local local -> local.groups().share();
                default -> 0;
            };
        }
        return sum;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"1 0 0 0", "0 1 0 0", "1 1 0 0", "1 0 1 0", "0 0 0 0", "0 1 1 0"})
    void carries_out_matrices_of_zeros_and_ones_that_need_not_be_permutations(String rows) {
        double[] entries = new double[8];
        for (int i = 0; i < 4; i++) {
            entries[2 * i] = Double.parseDouble(rows.split(" ")[i]);
        }
        Operation operation = Operation.of(new int[] {7}, Matrix.of(2, entries));
        StateVector state = StateVector.zero(10);
        state.re[0] = 0.6;
        state.re[1 << 7] = 0.8;
        StateVector expected = state.copy();
        PlainLoops.apply(expected, operation);
        BlockEngine.advance(state, List.of(operation), RunOptions.shots(0));
        assertThat(distance(state, expected)).isLessThan(1e-15);
    }

    @Test
    void reads_large_states_in_long_runs() {
        // All gates ask for other bits than the lowest.
        CircuitBuilder builder = Circuit.builder(22, 0);
        for (int q = 7; q < 22; q++) {
            builder.gate("ry", List.of(0.1 * q), q);
        }
        Circuit circuit = builder.gate("cx", 21, 8).gate("swap", 3, 20).build();
        Fusible[] program = FrontEnd.translate(22, circuit.instructions(), true).gates();
        for (Precision precision : Precision.values()) {
            Block.Shape shape = Block.shape(precision);
            assertThat(SweepPlanner.plan(22, shape, program))
                    .allMatch(sweep -> sweep.readPositions(-1) >= shape.runBits());
        }
        agree(circuit, 2);
    }

    @Test
    void is_there_when_the_tests_run() {
        assertThat(BlockEngine.available()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agrees_with_plain_loops_on_one_block(int seed) {
        Random random = new Random(seed);
        agree(RandomCircuits.unitary(9 + random.nextInt(6), 80, random), 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agrees_with_plain_loops_on_many_blocks_and_threads(int seed) {
        Random random = new Random(seed);
        agree(RandomCircuits.unitary(17 + seed % 3, 60, random), 1 + seed % 2);
    }

    @Test
    void agrees_on_a_fourier_transform() {
        int qubits = 18;
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int q = 0; q < qubits; q++) {
            builder.gate("ry", List.of(0.3 + 0.1 * q), q);
        }
        for (int j = qubits - 1; j >= 0; j--) {
            builder.gate("h", j);
            for (int k = j - 1; k >= 0; k--) {
                builder.gate("cp", List.of(Math.PI / (1 << (j - k))), k, j);
            }
        }
        for (int i = 0; i < qubits / 2; i++) {
            builder.gate("swap", i, qubits - 1 - i);
        }
        agree(builder.build(), 2);
    }

    @Test
    void draws_the_same_on_any_number_of_threads() {
        Circuit circuit = RandomCircuits.unitary(18, 50, new Random(3));
        RunOptions options = RunOptions.shots(0);
        StateVector one = BlockEngine.evolve(circuit, options, 1);
        StateVector two = BlockEngine.evolve(circuit, options, 2);
        for (int i = 0; i < one.size(); i++) {
            assertThat(Double.doubleToLongBits(one.re(i))).isEqualTo(Double.doubleToLongBits(two.re(i)));
        }
    }
}
