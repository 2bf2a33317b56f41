package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Runs circuits with noise exactly, on all 4^n entries of the density matrix.
///
/// The matrix is treated as a state of 2n qubits: bits 0 to n - 1 of an index are the row (ket), the others the column
/// (bra). A gate U acts as U on the row bits and as its complex conjugate on the column bits; a channel is one matrix
/// on both bits of its qubit. So the sweeps of the state-vector engine do the work, for up to 14 qubits.
public final class DensityMatrixSimulator implements Simulator {
    /// The largest number of qubits whose density matrix is taken.
    public static final int MOST_QUBITS = 14;

    private static final double SECONDS_PER_ENTRY = 1.5e-9;

    private final NoiseModel noise;

    public DensityMatrixSimulator(NoiseModel noise) {
        this.noise = noise;
    }

    @Override
    public String name() {
        return "density-matrix";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return circuit.qubitCount() > 29 ? Long.MAX_VALUE : 16L << 2 * circuit.qubitCount();
    }

    @Override
    public void check(Circuit circuit) {
        refuseTooLarge(circuit);
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        return new CostEstimate(
                memoryBytes(circuit),
                circuit.instructions().size() * Math.pow(4, circuit.qubitCount()) * SECONDS_PER_ENTRY);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        refuseTooLarge(circuit);
        Circuit noisy = noise.applied(circuit);
        Readout readout = Readout.ignoringResets(noisy);
        if (readout == null) {
            return branching(noisy, options, start);
        }
        StateVector matrix = evolve(noisy, options);
        StateVector diagonal = diagonal(circuit.qubitCount(), matrix);
        Sampler sampler = new Sampler(diagonal);
        long[] drawn = new long[options.shots()];
        for (int shot = 0; shot < drawn.length; shot++) {
            drawn[shot] = sampler.draw(Randomness.first(options.seed(), shot));
        }
        Outcomes.Exact exact =
                options.probabilities() ? Outcomes.exact(readout, diagonal) : new Outcomes.Exact(Map.of(), false);
        options.progress().reached(1);
        return new RunResult(
                Outcomes.counts(readout, drawn),
                exact.probabilities(),
                true,
                exact.cut(),
                options.memory() ? Outcomes.memory(readout, drawn) : List.of(),
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                "Density matrix of " + circuit.qubitCount() + " qubits: noise was applied exactly.");
    }

    private RunResult branching(Circuit noisy, RunOptions options, long start) {
        Map<String, Double> distribution = new DensityBranches(noisy, noise, options).distribution();
        List<String> memory = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        List<String> texts = new ArrayList<>(distribution.keySet());
        double[] reached = new double[texts.size()];
        double sum = 0;
        for (int i = 0; i < reached.length; i++) {
            sum += distribution.getOrDefault(texts.get(i), 0.0);
            reached[i] = sum;
        }
        for (int shot = 0; shot < options.shots(); shot++) {
            int place = Arrays.binarySearch(reached, Randomness.first(options.seed(), shot) * sum);
            String text = texts.get(Math.min(texts.size() - 1, place < 0 ? -place - 1 : place + 1));
            counts.merge(text, 1, Integer::sum);
            if (options.memory()) {
                memory.add(text);
            }
        }
        boolean cut = distribution.size() > Outcomes.MOST_PROBABILITIES;
        options.progress().reached(1);
        return new RunResult(
                Collections.unmodifiableMap(counts),
                options.probabilities() ? Outcomes.largest(distribution) : Map.of(),
                true,
                options.probabilities() && cut,
                Collections.unmodifiableList(memory),
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                "Density matrix of " + noisy.qubitCount() + " qubits: noise was applied exactly, and every content of"
                        + " the classical bits followed by itself.");
    }

    private static void refuseTooLarge(Circuit circuit) {
        int n = circuit.qubitCount();
        if (n > MOST_QUBITS) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A density matrix of %d qubits needs 2^%d bytes of memory; at most %d qubits are taken. Trajectories"
                            + " take more.",
                    n,
                    2 * n + 4,
                    MOST_QUBITS);
        }
    }

    /// The density matrix at the end of a circuit, noise included.
    ///
    /// @throws CircuitException UNSUPPORTED when the circuit goes on after measuring
    public DensityMatrix state(Circuit circuit) {
        refuseTooLarge(circuit);
        Circuit noisy = noise.applied(circuit);
        if (Readout.ignoringResets(noisy) == null) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED, "The circuit has no single final state: it depends on measurements.");
        }
        return new DensityMatrix(circuit.qubitCount(), evolve(noisy, RunOptions.shots(0)));
    }

    /// The density matrix at the end of a circuit, as a vector of 4^n entries; row bits below column bits.
    private static StateVector evolve(Circuit noisy, RunOptions options) {
        List<Operation> operations = new ArrayList<>();
        for (Instruction instruction : noisy.instructions()) {
            add(instruction, noisy.qubitCount(), operations);
        }
        return BlockEngine.evolve(2 * noisy.qubitCount(), operations, options);
    }

    /// What an instruction does to the matrix; nothing for measurements and barriers.
    static void add(Instruction instruction, int n, List<Operation> operations) {
        switch (instruction) {
            case GateInstruction gate -> {
                operations.add(Operation.of(gate));
                operations.add(conjugate(gate, n));
            }
            case Instruction.Noise struck -> operations.add(channel(struck.channel(), struck.qubits(), n));
            case Instruction.Reset reset ->
                operations.add(channel(Channel.amplitudeDamping(1), List.of(reset.qubit()), n));
            default -> {}
        }
    }

    private static Operation conjugate(GateInstruction gate, int n) {
        List<Control> controls = new ArrayList<>();
        for (Control control : gate.controls()) {
            controls.add(new Control(control.qubit() + n, control.positive()));
        }
        List<Integer> targets =
                gate.targets().stream().map(target -> target + n).toList();
        Operation moved = Operation.of(new GateInstruction(gate.gate(), gate.parameters(), controls, targets));
        double[] matrix = moved.matrix();
        for (int i = 1; i < matrix.length; i += 2) {
            matrix[i] = -matrix[i];
        }
        return moved;
    }

    private static Operation channel(Channel channel, List<Integer> qubits, int n) {
        int[] targets = new int[2 * qubits.size()];
        for (int i = 0; i < qubits.size(); i++) {
            targets[i] = qubits.get(i);
            targets[qubits.size() + i] = qubits.get(i) + n;
        }
        return new Operation(targets, 0, 0, channel.superoperator(), false);
    }

    /// The probabilities on the diagonal, readout errors included.
    static double[] probabilities(int n, StateVector matrix, NoiseModel noise) {
        double[] probabilities = new double[1 << n];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.max(0, matrix.re(i | (long) i << n));
        }
        for (int qubit = 0; qubit < n && noise.misreads(); qubit++) {
            int bit = 1 << qubit;
            double up = noise.falseOne(qubit);
            double down = noise.falseZero(qubit);
            for (int i = 0; i < probabilities.length; i++) {
                if ((i & bit) == 0) {
                    double zero = probabilities[i];
                    double one = probabilities[i | bit];
                    probabilities[i] = zero * (1 - up) + one * down;
                    probabilities[i | bit] = zero * up + one * (1 - down);
                }
            }
        }
        return probabilities;
    }

    /// The same as amplitudes of a state that is sampled like any other.
    private StateVector diagonal(int n, StateVector matrix) {
        double[] probabilities = probabilities(n, matrix, noise);
        StateVector state = StateVector.zero(n);
        for (int i = 0; i < probabilities.length; i++) {
            state.re[i] = Math.sqrt(probabilities[i]);
        }
        return state;
    }
}
