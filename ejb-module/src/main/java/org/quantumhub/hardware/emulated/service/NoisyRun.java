package org.quantumhub.hardware.emulated.service;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.simulator.Channel;
import org.quantumhub.engine.simulator.DensityMatrixSimulator;
import org.quantumhub.engine.simulator.NoiseModel;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.RunResult;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// Runs a compiled circuit with the noise of a calibration.
///
/// Up to [#EXACT] qubits the density matrix is computed: depolarizing after each gate, from its average fidelity, and
/// relaxation for the time it takes; then errors of the readout. Beyond that some dozens of runs, each with its own
/// random Pauli errors (quantum trajectories), share the shots.
final class NoisyRun {

    /// A density matrix of ten qubits takes 16 MiB and some milliseconds for a gate.
    static final int EXACT = 10;

    /// What can be emulated at all: a state of 22 qubits takes 64 MiB.
    static final int LARGEST = 22;

    private static final int TRAJECTORIES = 40;

    private final Figures figures;

    /// The figures that the noise is made of.
    private record Figures(
            double oneQubitFidelity,
            double twoQubitFidelity,
            double oneForZero,
            double zeroForOne,
            double t1,
            double t2,
            double oneQubitSeconds,
            double twoQubitSeconds) {

        static Figures of(String calibration) {
            try (JsonReader reader = Json.createReader(new StringReader(calibration))) {
                JsonObject json = reader.readObject();
                JsonObject readout =
                        json.containsKey("readout") ? json.getJsonObject("readout") : JsonObject.EMPTY_JSON_OBJECT;
                double t1 = number(json, "t1Seconds", Double.POSITIVE_INFINITY);
                return new Figures(
                        number(json, "oneQubitFidelity", 1),
                        number(json, "twoQubitFidelity", 1),
                        number(readout, "oneForZero", 0),
                        number(readout, "zeroForOne", 0),
                        t1,
                        Math.min(number(json, "t2Seconds", Double.POSITIVE_INFINITY), 2 * t1),
                        number(json, "oneQubitGateSeconds", 0),
                        number(json, "twoQubitGateSeconds", 0));
            }
        }

        private static double number(JsonObject json, String name, double otherwise) {
            return json.containsKey(name) ? json.getJsonNumber(name).doubleValue() : otherwise;
        }

        boolean relaxes() {
            return Double.isFinite(t1) && Double.isFinite(t2);
        }
    }

    /// @param calibration JSON object; what it does not tell is taken for perfect
    NoisyRun(String calibration) {
        this.figures = Figures.of(calibration);
    }

    RunResult run(Circuit compact, int shots, long seed, boolean memory) {
        RunOptions options = RunOptions.shots(shots).withSeed(seed).withMemory(memory);
        return compact.qubitCount() <= EXACT
                ? new DensityMatrixSimulator(model()).run(compact, options)
                : trajectories(compact, shots, seed, memory);
    }

    private NoiseModel model() {
        NoiseModel model = NoiseModel.NONE
                .afterGatesOn(1, Channel.depolarizing(errorOfOne()))
                .afterGatesOn(2, Channel.depolarizingPair(errorOfTwo()));
        if (figures.relaxes()) {
            model = model.afterGatesOn(
                            1, Channel.thermalRelaxation(figures.t1(), figures.t2(), figures.oneQubitSeconds()))
                    .afterGatesOn(2, Channel.thermalRelaxation(figures.t1(), figures.t2(), figures.twoQubitSeconds()));
        }
        return model.withReadout(figures.oneForZero(), figures.zeroForOne());
    }

    /// The average fidelity of a gate with a depolarizing error p is 1 - 2p/3 on one qubit, and 1 - 4p/5 on two.
    private double errorOfOne() {
        return Math.clamp(1.5 * (1 - figures.oneQubitFidelity()), 0, 1);
    }

    private double errorOfTwo() {
        return Math.clamp(1.25 * (1 - figures.twoQubitFidelity()), 0, 1);
    }

    private RunResult trajectories(Circuit compact, int shots, long seed, boolean memory) {
        long start = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int runs = Math.min(TRAJECTORIES, shots);
        Map<String, Integer> counts = new TreeMap<>();
        List<String> kept = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            int share = shots / runs + (run < shots % runs ? 1 : 0);
            RunResult result = new StateVectorSimulator()
                    .run(
                            disturbed(compact, random),
                            RunOptions.shots(share)
                                    .withSeed(random.nextLong())
                                    .withMemory(true)
                                    .withProbabilities(false));
            for (String shot : result.memory()) {
                String read = misread(shot, random);
                counts.merge(read, 1, Integer::sum);
                if (memory) {
                    kept.add(read);
                }
            }
        }
        Map<String, Double> probabilities = new TreeMap<>();
        counts.forEach((bits, count) -> probabilities.put(bits, (double) count / shots));
        return new RunResult(
                counts,
                probabilities,
                false,
                false,
                kept,
                seed,
                shots,
                (System.nanoTime() - start) / 1e9,
                "trajectories",
                runs + " runs with random errors");
    }

    private Circuit disturbed(Circuit compact, SplittableRandom random) {
        CircuitBuilder builder = Circuit.builder(compact.qubitCount(), compact.clbitCount());
        compact.registers().forEach(r -> builder.register(r.name(), r.size()));
        for (Instruction instruction : compact.instructions()) {
            builder.add(instruction);
            if (instruction instanceof GateInstruction gate) {
                List<Integer> qubits = gate.qubits();
                if (random.nextDouble() < (qubits.size() == 1 ? errorOfOne() : errorOfTwo())) {
                    int error = 1 + random.nextInt((1 << 2 * qubits.size()) - 1);
                    for (int i = 0; i < qubits.size(); i++) {
                        int pauli = error >> 2 * i & 3;
                        if (pauli > 0) {
                            builder.gate(List.of("x", "y", "z").get(pauli - 1), qubits.get(i));
                        }
                    }
                }
            }
        }
        return builder.build();
    }

    private String misread(String shot, SplittableRandom random) {
        char[] bits = shot.toCharArray();
        for (int i = 0; i < bits.length; i++) {
            double error = bits[i] == '0' ? figures.oneForZero() : figures.zeroForOne();
            if (random.nextDouble() < error) {
                bits[i] = bits[i] == '0' ? '1' : '0';
            }
        }
        return new String(bits);
    }
}
