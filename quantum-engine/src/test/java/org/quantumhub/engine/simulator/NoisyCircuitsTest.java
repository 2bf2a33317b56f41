package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.Observable;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.stim.StimCircuit;
import org.quantumhub.engine.stim.StimSampler;

class NoisyCircuitsTest {
    static IntStream seeds() {
        return IntStream.range(0, 24);
    }

    private static Channel anyChannel(Random random) {
        double p = random.nextDouble(0.5);
        return switch (random.nextInt(9)) {
            case 0 -> Channel.bitFlip(p);
            case 1 -> Channel.phaseFlip(p);
            case 2 -> Channel.pauli(p / 2, p / 3, p / 6);
            case 3 -> Channel.amplitudeDamping(p);
            case 4 -> Channel.generalizedAmplitudeDamping(p, 0.7);
            case 5 -> Channel.phaseDamping(p);
            case 6 -> Channel.thermalRelaxation(50, 70, 60 * p);
            case 7 -> Channel.depolarizingPair(p);
            default -> Channel.both(Channel.amplitudeDamping(p), Channel.bitFlip(p / 2));
        };
    }

    /// Gates, noise, measurements, resets and conditionals.
    private static Circuit noisy(Random random, boolean measured) {
        int qubits = 3;
        CircuitBuilder builder = Circuit.builder(qubits, measured ? 3 : 0);
        for (int step = 0; step < 16; step++) {
            switch (random.nextInt(measured ? 8 : 4)) {
                case 0 -> {
                    Channel channel = anyChannel(random);
                    int first = random.nextInt(qubits);
                    int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
                    builder.add(new Instruction.Noise(
                            channel, channel.qubits() == 1 ? List.of(first) : List.of(first, second)));
                }
                case 4 -> builder.measure(random.nextInt(qubits), random.nextInt(3));
                case 5 -> builder.reset(random.nextInt(qubits));
                case 6 ->
                    builder.add(new Instruction.Conditional(
                            ClassicalExpression.equal(List.of(0, 1), random.nextInt(4)),
                            List.of(
                                    RandomCircuits.anyGate(qubits, random),
                                    new Instruction.Noise(Channel.amplitudeDamping(0.3), List.of(1))),
                            List.of(RandomCircuits.anyGate(qubits, random))));
                default -> builder.add(RandomCircuits.anyGate(qubits, random));
            }
        }
        return measured ? builder.measure(random.nextInt(qubits), 2).build() : builder.build();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void finds_the_exact_distribution_with_density_matrices(int seed) {
        Circuit circuit = noisy(new Random(seed), seed % 3 != 0);
        Map<String, Double> expected = ReferenceSimulator.distribution(circuit);
        Map<String, Double> found = new DensityMatrixSimulator(NoiseModel.NONE)
                .run(circuit, RunOptions.shots(0))
                .probabilities();
        expected.forEach(
                (text, p) -> assertThat(found.getOrDefault(text, 0.0)).as(text).isCloseTo(p, within(1e-10)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void draws_from_it_with_trajectories_and_matrix_products(int seed) {
        Circuit circuit = noisy(new Random(seed), seed % 3 != 0);
        Map<String, Double> expected = ReferenceSimulator.distribution(circuit);
        int shots = 3000;
        for (Simulator simulator : List.of(
                new TrajectorySimulator(NoiseModel.NONE),
                new StateVectorSimulator(),
                new MatrixProductSimulator(64, 1e-9),
                new DensityMatrixSimulator(NoiseModel.NONE))) {
            RunOptions options = RunOptions.shots(shots).withSeed(seed).withMemory(true);
            RunResult result = simulator.run(circuit, options);
            Statistics.assertDrawnFrom(expected, result.counts(), shots);
            assertThat(result.memory()).hasSize(shots);
            assertThat(simulator.run(circuit, options).memory()).isEqualTo(result.memory());
        }
    }

    @Test
    void runs_shots_together_that_met_the_same_noise() {
        CircuitBuilder builder = Circuit.builder(15, 0);
        for (int q = 0; q < 15; q++) {
            builder.gate("h", q).gate("cx", q, (q + 1) % 15);
        }
        NoiseModel noise = NoiseModel.NONE.afterGatesOn(2, Channel.depolarizingPair(0.001));
        RunResult result = new TrajectorySimulator(noise)
                .run(builder.build(), RunOptions.shots(1000).withSeed(5));
        int courses = Integer.parseInt(result.explanation().replaceAll(".*: (\\d+) different.*", "$1"));
        // About 15 of 1,000 shots meet an error, most of them one of their own.
        assertThat(courses).isBetween(5, 40);
    }

    @Test
    void misreads_by_qubit_and_in_the_middle_of_a_circuit() {
        DeviceCalibration.Qubit good =
                new DeviceCalibration.Qubit(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0, 0, 0);
        DeviceCalibration.Qubit bad = new DeviceCalibration.Qubit(1, 1, 0, 0, 0.25, 0.5);
        NoiseModel noise = NoiseModel.of(new DeviceCalibration(List.of(good, bad), List.of()));
        Circuit circuit = Circuit.builder(2, 3)
                .gate("x", 0)
                .measure(0, 0)
                .measure(1, 1)
                .gate("x", 1)
                .measure(1, 2)
                .build();
        Map<String, Double> exact = new DensityMatrixSimulator(noise)
                .run(circuit, RunOptions.shots(0))
                .probabilities();
        assertThat(exact.get("101")).isCloseTo(0.75 * 0.5, within(1e-12));
        assertThat(exact.get("011")).isCloseTo(0.25 * 0.5, within(1e-12));
        assertThat(exact.keySet()).allMatch(text -> text.endsWith("1"));
        int shots = 4000;
        RunResult drawn = new TrajectorySimulator(noise)
                .run(circuit, RunOptions.shots(shots).withSeed(1));
        Statistics.assertDrawnFrom(exact, drawn.counts(), shots);
    }

    /// A gate's error is what the calibration says: 1 minus the mean fidelity over all pure states.
    @Test
    void takes_its_errors_from_a_calibration() {
        DeviceCalibration calibration = new DeviceCalibration(
                List.of(
                        new DeviceCalibration.Qubit(80e-6, 60e-6, 0.002, 30e-9, 0.01, 0.02),
                        new DeviceCalibration.Qubit(50e-6, 70e-6, 0.003, 30e-9, 0.01, 0.02)),
                List.of(new DeviceCalibration.Coupling(0, 1, 0.02, 200e-9)));
        NoiseModel noise = NoiseModel.of(calibration);
        assertThat(meanError(noise, 1, "id", 0)).isCloseTo(0.002, within(2e-5));
        assertThat(meanError(noise, 2, "cx", 0, 1)).isCloseTo(0.02, within(3e-4));
    }

    private static double meanError(NoiseModel noise, int qubits, String gate, int... on) {
        // Entanglement fidelity, by acting on one half of maximally entangled pairs.
        CircuitBuilder builder = Circuit.builder(2 * qubits, 0);
        for (int q = 0; q < qubits; q++) {
            builder.gate("h", q + qubits).gate("cx", q + qubits, q);
        }
        Circuit bare = builder.build();
        CircuitBuilder whole = Circuit.builder(2 * qubits, 0);
        bare.instructions().forEach(whole::add);
        Circuit small = Circuit.builder(qubits, 0).gate(gate, on).build();
        noise.applied(small).instructions().forEach(whole::add);
        whole.gate(gate, on);
        for (int q = qubits - 1; q >= 0; q--) {
            whole.gate("cx", q + qubits, q).gate("h", q + qubits);
        }
        double fidelity =
                new DensityMatrixSimulator(NoiseModel.NONE).state(whole.build()).probability(0);
        int dimension = 1 << qubits;
        return 1 - (dimension * fidelity + 1) / (dimension + 1);
    }

    @Test
    void agrees_with_pauli_frames_on_clifford_noise() {
        Circuit circuit = Circuit.builder(3, 3)
                .gate("h", 0)
                .gate("cx", 0, 1)
                .add(new Instruction.Noise(Channel.depolarizingPair(0.3), List.of(0, 1)))
                .gate("cx", 1, 2)
                .add(new Instruction.Noise(Channel.pauli(0.1, 0.2, 0.05), List.of(2)))
                .measureAll()
                .build();
        int shots = 20_000;
        var table = StimSampler.of(StimCircuit.of(circuit)).measurements(shots, 3);
        Map<String, Integer> counts = new java.util.TreeMap<>();
        for (int shot = 0; shot < shots; shot++) {
            counts.merge(new StringBuilder(table.text(shot)).reverse().toString(), 1, Integer::sum);
        }
        Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), counts, shots);
    }

    @Test
    void reads_and_writes_the_noise_of_braket() {
        String source = """
                OPENQASM 3.0;
                qubit[2] q;
                h q[0];
                #pragma braket noise bit_flip(0.1) q[0]
                #pragma braket noise pauli_channel(0.1, .05, 2e-1) q[1]
                #pragma braket noise generalized_amplitude_damping(0.2, 0.6) q[0], q[1]
                cnot q[0], q[1];
                #pragma braket noise two_qubit_depolarizing(0.1) q[0], q[1]
                #pragma braket noise kraus([[1, 0], [0, 0.8im]], [[0, 0.6], [0, 0]]) q[1]
                #pragma braket unitary([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1im]]) q[0], q[1]
                """;
        Circuit circuit = OpenQasm.parse(source, CircuitLimits.defaults());
        Map<String, Double> expected = ReferenceSimulator.distribution(circuit);
        Circuit again = OpenQasm.parse(OpenQasm.write3(circuit), CircuitLimits.defaults());
        assertThat(again.instructions()).hasSameSizeAs(circuit.instructions());
        ReferenceSimulator.distribution(again)
                .forEach((text, p) -> assertThat(p).isCloseTo(expected.getOrDefault(text, 0.0), within(1e-12)));
        assertThatThrownBy(() -> OpenQasm.write2(circuit)).hasMessageContaining("noise");
        for (String wrong : List.of(
                "noise bit_flip(1.5) q[0]",
                "noise bit_flip q[0]",
                "noise fog(0.1) q[0]",
                "noise two_qubit_dephasing(0.1) q[0]",
                "noise kraus([[1, 0], [0, 0.5]]) q[0]",
                "noise bit_flip(0.1) r[0]")) {
            assertThatThrownBy(() -> OpenQasm.parse(
                            "OPENQASM 3.0; qubit[2] q;\n#pragma braket " + wrong + "\n", CircuitLimits.defaults()))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            CircuitException.class, e -> assertThat(e.line()).isEqualTo(2));
        }
    }

    private static Matrix anyHermitian(int dimension, Random random) {
        double[] entries = new double[2 * dimension * dimension];
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column <= row; column++) {
                double re = random.nextGaussian();
                double im = row == column ? 0 : random.nextGaussian();
                entries[2 * (row * dimension + column)] = re;
                entries[2 * (row * dimension + column) + 1] = im;
                entries[2 * (column * dimension + row)] = re;
                entries[2 * (column * dimension + row) + 1] = -im;
            }
        }
        return Matrix.of(dimension, entries);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void measures_products_of_hermitian_matrices(int seed) {
        Random random = new Random(seed);
        Circuit circuit = RandomCircuits.unitary(5, 30, random);
        Observable observable = Observable.hermitian(anyHermitian(4, random), 3, 0)
                .times(random.nextBoolean() ? Observable.y(2) : Observable.h(2))
                .times(Observable.x(4));
        StateVector state = StateVectorSimulator.state(circuit);
        double mean = Observables.expectation(state, observable);
        double variance = Observables.variance(state, observable);
        Matrix whole = observable.matrix();
        Matrix reduced = PartialTrace.of(state, observable.qubits());
        assertThat(trace(whole.times(reduced))).isCloseTo(mean, within(1e-10));
        assertThat(trace(whole.times(whole).times(reduced)) - mean * mean).isCloseTo(variance, within(1e-9));
        assertThat(new DensityMatrixSimulator(NoiseModel.NONE).state(circuit).expectation(observable))
                .isCloseTo(mean, within(1e-10));
        int shots = 4000;
        double[] samples = Observables.samples(
                new StateVectorSimulator(),
                circuit,
                observable,
                RunOptions.shots(shots).withSeed(seed));
        double sum = 0;
        List<Double> spectrum = new ArrayList<>();
        for (double value : Observables.eigenvalues(whole)) {
            spectrum.add(value);
        }
        for (double sample : samples) {
            sum += sample;
            assertThat(spectrum).anyMatch(value -> Math.abs(value - sample) < 1e-9);
        }
        assertThat(sum / shots).isCloseTo(mean, within(6 * Math.sqrt(variance / shots) + 1e-9));
    }

    private static double trace(Matrix matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.dimension(); i++) {
            sum += matrix.re(i, i);
        }
        return sum;
    }

    @Test
    void refuses_observables_that_are_none() {
        assertThatThrownBy(() -> Observable.x(1).times(Observable.y(1))).hasMessageContaining("qubit 1");
        assertThatThrownBy(() -> Observable.hermitian(Matrix.of(2, 0, 0, 1, 0, 0, 0, 0, 0), 0))
                .hasMessageContaining("Hermitian");
        assertThatThrownBy(() -> Observable.hermitian(Matrix.identity(2), 0, 1)).hasMessageContaining("dimension");
    }
}
