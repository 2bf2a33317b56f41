package org.quantumhub.hardware.emulated.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.simulator.DensityMatrixSimulator;
import org.quantumhub.engine.simulator.NoiseModel;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.RunResult;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// Runs a compiled circuit with the noise of a calibration, each qubit and each pair with its own figures.
///
/// Up to [#EXACT] qubits the density matrix is computed: relaxation for the time a gate takes, depolarizing for what
/// its
/// error is larger than that; then errors of the readout. Beyond that some dozens of runs, each with its own
/// random Pauli errors (quantum trajectories), share the shots.
final class NoisyRun {

    /// A density matrix of ten qubits takes 16 MiB and some milliseconds for a gate.
    static final int EXACT = 10;

    /// What can be emulated at all: a state of 22 qubits takes 64 MiB.
    static final int LARGEST = 22;

    private static final int TRAJECTORIES = 40;

    private final QubitFigures figures;

    /// @param figures of the qubits of the circuits to run, in their order
    NoisyRun(QubitFigures figures) {
        this.figures = figures;
    }

    RunResult run(Circuit compact, int shots, long seed, boolean memory) {
        RunOptions options = RunOptions.shots(shots).withSeed(seed).withMemory(memory);
        return compact.qubitCount() <= EXACT
                ? new DensityMatrixSimulator(NoiseModel.of(figures.calibration())).run(compact, options)
                : trajectories(compact, shots, seed, memory);
    }

    private RunResult trajectories(Circuit compact, int shots, long seed, boolean memory) {
        long start = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int[] qubitOfBit = qubitOfBit(compact);
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
                String read = misread(shot, qubitOfBit, random);
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
                if (random.nextDouble() < figures.strike(qubits)) {
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

    /// The qubit that is measured into each bit last; -1 where none is.
    private static int[] qubitOfBit(Circuit circuit) {
        if (!circuit.measured()) {
            return IntStream.range(0, circuit.qubitCount()).toArray();
        }
        int[] qubits = new int[circuit.clbitCount()];
        Arrays.fill(qubits, -1);
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof Instruction.Measure measure && measure.clbit() < qubits.length) {
                qubits[measure.clbit()] = measure.qubit();
            }
        }
        return qubits;
    }

    private String misread(String shot, int[] qubitOfBit, SplittableRandom random) {
        char[] bits = shot.toCharArray();
        for (int i = 0; i < bits.length; i++) {
            int qubit = qubitOfBit[bits.length - 1 - i];
            double chance = random.nextDouble();
            if (qubit >= 0 && chance < (bits[i] == '0' ? figures.falseOne(qubit) : figures.falseZero(qubit))) {
                bits[i] = bits[i] == '0' ? '1' : '0';
            }
        }
        return new String(bits);
    }
}
