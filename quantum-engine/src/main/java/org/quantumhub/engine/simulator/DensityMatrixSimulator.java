package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    public CostEstimate estimate(Circuit circuit, int shots) {
        return new CostEstimate(
                memoryBytes(circuit),
                circuit.instructions().size() * Math.pow(4, circuit.qubitCount()) * SECONDS_PER_ENTRY);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        Readout readout = Readout.ignoringResets(circuit);
        if (readout == null) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "The density matrix takes measurements at the end only; here the circuit goes on after one.");
        }
        StateVector matrix = evolve(circuit, options);
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

    /// The density matrix at the end of a circuit, as a vector of 4^n entries; row bits below column bits.
    StateVector evolve(Circuit circuit, RunOptions options) {
        int n = circuit.qubitCount();
        if (n > MOST_QUBITS) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A density matrix of %d qubits needs 2^%d bytes of memory; at most %d qubits are taken.",
                    n,
                    2 * n + 4,
                    MOST_QUBITS);
        }
        List<Operation> operations = new ArrayList<>();
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> {
                    operations.add(Operation.of(gate));
                    operations.add(conjugate(gate, n));
                    for (NoiseModel.Strike strike : noise.after(gate)) {
                        operations.add(channel(strike.channel(), strike.qubits(), n));
                    }
                }
                case Instruction.Reset reset ->
                    operations.add(channel(Channel.amplitudeDamping(1), List.of(reset.qubit()), n));
                default -> {}
            }
        }
        return BlockEngine.evolve(2 * n, operations, options);
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

    /// The probabilities on the diagonal, readout errors included, as amplitudes of a state that is sampled like any
    /// other.
    private StateVector diagonal(int n, StateVector matrix) {
        double[] probabilities = new double[1 << n];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.max(0, matrix.re(i | (long) i << n));
        }
        for (int qubit = 0; qubit < n && noise.falseOne() + noise.falseZero() > 0; qubit++) {
            int bit = 1 << qubit;
            for (int i = 0; i < probabilities.length; i++) {
                if ((i & bit) == 0) {
                    double zero = probabilities[i];
                    double one = probabilities[i | bit];
                    probabilities[i] = zero * (1 - noise.falseOne()) + one * noise.falseZero();
                    probabilities[i | bit] = zero * noise.falseOne() + one * (1 - noise.falseZero());
                }
            }
        }
        StateVector state = StateVector.zero(n);
        for (int i = 0; i < probabilities.length; i++) {
            state.re[i] = Math.sqrt(probabilities[i]);
        }
        return state;
    }
}
