package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// Runs circuits of a hundred qubits and more, as long as they entangle little: a matrix product state.
///
/// Gates on distant qubits are brought together by exchanging neighbours; where the qubits end up is kept track of
/// instead of exchanging them back. Gates on three and more qubits are taken apart by their recipes. The cost of a gate
/// is the third power of the bond dimension; what the limit on bonds cuts off is reported, and refused when it is more
/// than asked for. Where measurements or noise decide the course, shots with the same history run together.
public final class MatrixProductSimulator implements Simulator {
    private static final double SECONDS_PER_ENTRY = 100e-9;

    private final int mostBonds;
    private final double mostDiscarded;

    /// @param mostBonds the bond dimension, 1 to 4096; more is more exact and slower
    /// @param mostDiscarded the weight that may be cut off in total, 0 to 1
    public MatrixProductSimulator(int mostBonds, double mostDiscarded) {
        if (mostBonds < 1 || mostBonds > 4096 || !(mostDiscarded >= 0 && mostDiscarded <= 1)) {
            throw new IllegalArgumentException("1 to 4096 bonds and a weight from 0 to 1 were expected");
        }
        this.mostBonds = mostBonds;
        this.mostDiscarded = mostDiscarded;
    }

    @Override
    public String name() {
        return "matrix-product";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        return 32L * circuit.qubitCount() * mostBonds * mostBonds;
    }

    /// Every width is taken; how much a circuit entangles shows when it runs.
    @Override
    public void check(Circuit circuit) {}

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        double cube = Math.pow(Math.min(mostBonds, Math.pow(2, circuit.qubitCount() / 2.0)), 3);
        return new CostEstimate(
                memoryBytes(circuit), circuit.instructions().size() * cube * SECONDS_PER_ENTRY + shots * 1e-5);
    }

    @Override
    public RunResult run(Circuit circuit, RunOptions options) {
        long start = System.nanoTime();
        Readout readout = Readout.of(circuit);
        if (readout == null) {
            return branching(circuit, options, start);
        }
        Chain chain = evolve(circuit, options);
        chain.state.prepareSampling();
        Map<String, Integer> tally = new HashMap<>();
        List<String> memory = new ArrayList<>();
        for (int shot = 0; shot < options.shots(); shot++) {
            options.cancellation().check();
            String text = readout.text(chain.byQubit(chain.state.sample(new Randomness(options.seed(), shot))));
            tally.merge(text, 1, Integer::sum);
            if (options.memory()) {
                memory.add(text);
            }
        }
        Map<String, Integer> counts = Collections.unmodifiableMap(new TreeMap<>(tally));
        options.progress().reached(1);
        return new RunResult(
                counts,
                options.probabilities() ? Outcomes.frequencies(counts, options.shots()) : Map.of(),
                false,
                false,
                memory,
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                String.format(
                        Locale.ROOT,
                        "Matrix product state of %d qubits: the widest bond has %d of at most %d values; a weight of"
                                + " %.1e was cut off.",
                        circuit.qubitCount(),
                        chain.state.widestBond(),
                        mostBonds,
                        chain.state.discarded()));
    }

    /// Where measurements or noise decide the course.
    private RunResult branching(Circuit circuit, RunOptions options, long start) {
        int prefix = Histories.prefix(circuit);
        Chain first = evolve(circuit.qubitCount(), circuit.instructions().subList(0, prefix), options);
        ChainBackend[] backend = new ChainBackend[1];
        backend[0] = new ChainBackend(first, () -> {
            options.cancellation().check();
            if (backend[0] != null) {
                refuseDiscarded(backend[0].discarded());
            }
        });
        Histories.Shots shots = new Histories(circuit, prefix, NoiseModel.NONE, options, backend[0]).run();
        options.progress().reached(1);
        return new RunResult(
                shots.counts(),
                options.probabilities() ? Outcomes.frequencies(shots.counts(), options.shots()) : Map.of(),
                false,
                false,
                shots.memory(),
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                String.format(
                        Locale.ROOT,
                        "Matrix product state of %d qubits: %d different courses; the widest bond has %d of at most %d"
                                + " values; a weight of %.1e at most was cut off.",
                        circuit.qubitCount(),
                        shots.runs(),
                        backend[0].widestBond(),
                        mostBonds,
                        backend[0].discarded()));
    }

    private void refuseDiscarded(double discarded) {
        if (discarded > mostDiscarded) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit entangles too much for %d bonds: a weight of %.1e was cut off, at most %.1e may be.",
                    mostBonds,
                    discarded,
                    mostDiscarded);
        }
    }

    /// The chain at the end of a circuit.
    Chain evolve(Circuit circuit, RunOptions options) {
        return evolve(circuit.qubitCount(), circuit.instructions(), options);
    }

    private Chain evolve(int qubits, List<Instruction> instructions, RunOptions options) {
        Chain chain = new Chain(qubits, mostBonds);
        int done = 0;
        for (Instruction instruction : instructions) {
            options.cancellation().check();
            options.progress().reached(done++ / (double) instructions.size());
            if (instruction instanceof GateInstruction gate) {
                chain.apply(gate);
            }
            refuseDiscarded(chain.state.discarded());
        }
        return chain;
    }

    /// A matrix product state that knows which qubit sits where.
    static final class Chain {
        private static final double[] SWAP =
                Gate.find("swap").orElseThrow().matrix().toArray();

        final MatrixProductState state;
        private final int[] site;
        private final int[] qubit;

        Chain(int qubits, int mostBonds) {
            this(new MatrixProductState(qubits, mostBonds), qubits);
        }

        private Chain(MatrixProductState state, int qubits) {
            this.state = state;
            site = new int[qubits];
            qubit = new int[qubits];
            for (int q = 0; q < qubits; q++) {
                site[q] = q;
                qubit[q] = q;
            }
        }

        Chain copy() {
            Chain copy = new Chain(state.copy(), site.length);
            System.arraycopy(site, 0, copy.site, 0, site.length);
            System.arraycopy(qubit, 0, copy.qubit, 0, qubit.length);
            return copy;
        }

        double probabilityOfOne(int q) {
            return state.probabilityOfOne(site[q]);
        }

        /// Applies a matrix that need not be unitary to one or two qubits; the weight before scaling back to 1.
        double applyNormalised(List<Integer> on, Matrix matrix) {
            return on.size() == 1
                    ? state.applySingleNormalised(site[on.getFirst()], matrix.toArray())
                    : pair(on.get(0), on.get(1), matrix);
        }

        BitSet byQubit(BitSet bySite) {
            BitSet result = new BitSet(site.length);
            for (int q = 0; q < site.length; q++) {
                result.set(q, bySite.get(site[q]));
            }
            return result;
        }

        BitSet bySite(long basis) {
            BitSet result = new BitSet(site.length);
            for (int q = 0; q < site.length; q++) {
                result.set(site[q], (basis >>> q & 1) != 0);
            }
            return result;
        }

        void apply(GateInstruction given) {
            GateInstruction gate = given.named();
            List<Integer> qubits = gate.qubits();
            switch (qubits.size()) {
                case 0 -> {}
                case 1 ->
                    state.applySingle(site[qubits.getFirst()], onOwnQubits(gate).toArray());
                case 2 -> pair(qubits.get(0), qubits.get(1), onOwnQubits(gate));
                default -> decomposed(gate);
            }
        }

        private void decomposed(GateInstruction gate) {
            if (gate.coreTargets().size() <= 1) {
                ControlledGates.onPairs(gate).forEach(this::apply);
                return;
            }
            List<GateInstruction> steps = gate.gate().decomposition(gate.parameterArray());
            if (steps.isEmpty()) {
                throw CircuitException.of(
                        CircuitProblem.UNSUPPORTED,
                        "Gate '%s' acts on %d qubits and has no recipe of smaller gates, which the matrix product"
                                + " state needs.",
                        gate.displayName(),
                        gate.qubits().size());
            }
            for (GateInstruction step : steps) {
                List<Integer> targets =
                        step.targets().stream().map(gate.targets()::get).toList();
                List<Control> controls = new ArrayList<>(gate.controls());
                step.controls()
                        .forEach(control ->
                                controls.add(new Control(gate.targets().get(control.qubit()), control.positive())));
                apply(new GateInstruction(step.gate(), step.parameters(), controls, targets));
            }
        }

        /// The matrix on [GateInstruction#qubits()], its first qubit the least significant.
        private static Matrix onOwnQubits(GateInstruction gate) {
            if (gate.controls().isEmpty()) {
                return gate.gate().matrix(gate.parameterArray());
            }
            int dimension = 1 << gate.qubits().size();
            Matrix core = gate.gate().matrix(gate.parameterArray());
            int controls = gate.controls().size();
            int wanted = 0;
            for (int i = 0; i < controls; i++) {
                wanted |= (gate.controls().get(i).positive() ? 1 : 0) << i;
            }
            double[] entries = Matrix.identity(dimension).toArray();
            for (int row = 0; row < core.dimension(); row++) {
                for (int column = 0; column < core.dimension(); column++) {
                    int place = 2 * ((row << controls | wanted) * dimension + (column << controls | wanted));
                    entries[place] = core.re(row, column);
                    entries[place + 1] = core.im(row, column);
                }
            }
            return Matrix.of(dimension, entries);
        }

        private double pair(int first, int second, Matrix matrix) {
            while (Math.abs(site[first] - site[second]) > 1) {
                int step = site[first] < site[second] ? 1 : -1;
                exchange(Math.min(site[first], site[first] + step));
            }
            boolean inOrder = site[first] < site[second];
            int left = Math.min(site[first], site[second]);
            return state.applyPair(left, inOrder ? matrix.toArray() : reversed(matrix));
        }

        private void exchange(int left) {
            state.applyPair(left, SWAP);
            int moved = qubit[left];
            qubit[left] = qubit[left + 1];
            qubit[left + 1] = moved;
            site[qubit[left]] = left;
            site[qubit[left + 1]] = left + 1;
        }

        /// The same matrix with its two bits named the other way round.
        private static double[] reversed(Matrix matrix) {
            int[] order = {0, 2, 1, 3};
            double[] entries = new double[32];
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) {
                    entries[2 * (4 * row + column)] = matrix.re(order[row], order[column]);
                    entries[2 * (4 * row + column) + 1] = matrix.im(order[row], order[column]);
                }
            }
            return entries;
        }
    }
}
