package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.Instruction;

/// Computes the state of a circuit by sweeps over cache-sized blocks.
///
/// ## Design
///
/// 1. [FrontEnd]: gates become matrices on few bits under controls, or phase polynomials; swaps only rename bits.
/// 2. [SweepPlanner]: gates are divided into sweeps. A sweep reads and writes the state once; its blocks vary in 16
///    index bits, so that every gate that mixes only these can be carried out while a block lies in the cache.
/// 3. [SweepBuilder]: the gates of a sweep are gathered into steps: clusters multiplied into one matrix, pure
///    permutations, one pass for all phases, and single amplitudes for gates under many controls.
/// 4. Here: for each sweep the threads take blocks in turn, copy them into an aligned buffer of their own (in place,
///    strided access would fall into few sets of the cache), run the steps ([VectorKernels]), and copy them back.
///
/// The start is known to be |0...0>: as long as no sweep has touched an index bit, only blocks where it is 0 hold
/// anything, and the others are skipped.
///
/// Sources: blocking and relabelling as in De Raedt et al. (arXiv 1805.04708) and Häner, Steiger (arXiv 1704.01127);
/// fusion as in Suzuki et al. (Qulacs, arXiv 2011.13524).
final class BlockEngine {
    /// Below this, planning costs more than it saves.
    static final int FEWEST_QUBITS = 9;

    /// From this size on it pays to wake a second thread.
    private static final int FEWEST_PARALLEL = 18;

    private BlockEngine() {}

    /// Whether the Vector API is there; it is an incubator module that the JVM loads only on request.
    static boolean available() {
        return Availability.PRESENT;
    }

    private static final class Availability {
        static final boolean PRESENT = probe();

        private static boolean probe() {
            try {
                return VectorKernels.LANES >= 2;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    /// The state that a circuit's gates lead to, or null when this engine has no plan for one of them.
    static @Nullable StateVector evolve(Circuit circuit, RunOptions options, int threads) {
        return evolve(circuit.qubitCount(), circuit.instructions(), options, threads);
    }

    /// The same for some instructions.
    static @Nullable StateVector evolve(int qubits, List<Instruction> instructions, RunOptions options, int threads) {
        FrontEnd.Program program = FrontEnd.translate(qubits, instructions, true);
        if (program == null) {
            return null;
        }
        List<Sweep> sweeps = SweepPlanner.plan(qubits, program.gates());
        StateVector state = new StateVector(qubits, program.place());
        new Run(state, options, qubits < FEWEST_PARALLEL ? 1 : threads).all(sweeps);
        return state;
    }

    /// The vector that a list of operations makes of the first basis vector. The matrices need not be unitary.
    static StateVector evolve(int qubits, List<Operation> operations, RunOptions options) {
        List<Fusible> gates = new ArrayList<>();
        boolean planned = qubits >= FEWEST_QUBITS && available();
        for (Operation operation : operations) {
            int targets = operation.targets().length;
            Fusible phases = operation.diagonal() && operation.unitary() ? Fusible.diagonal(operation) : null;
            planned &= phases != null || targets >= 1 && targets <= 3;
            if (planned) {
                gates.add(
                        phases != null
                                ? phases
                                : Fusible.matrix(
                                        operation.targets(),
                                        operation.matrix(),
                                        operation.controlMask(),
                                        operation.controlValue()));
            }
        }
        if (planned) {
            StateVector state = new StateVector(qubits, identity(qubits));
            int threads = Runtime.getRuntime().availableProcessors();
            new Run(state, options, qubits < FEWEST_PARALLEL ? 1 : threads).all(SweepPlanner.plan(qubits, gates));
            return state;
        }
        StateVector state = StateVector.zero(qubits);
        for (Operation operation : operations) {
            options.cancellation().check();
            PlainLoops.apply(state, operation);
        }
        return state;
    }

    private static int[] identity(int qubits) {
        int[] place = new int[qubits];
        Arrays.setAll(place, i -> i);
        return place;
    }

    private static final class Run {
        private final StateVector state;
        private final RunOptions options;
        private final int threads;
        /// Index bits that may be 1 in an amplitude that is not 0.
        private long active;

        Run(StateVector state, RunOptions options, int threads) {
            this.state = state;
            this.options = options;
            this.threads = threads;
            state.re[0] = 1;
        }

        void all(List<Sweep> sweeps) {
            for (int i = 0; i < sweeps.size(); i++) {
                options.cancellation().check();
                options.progress().reached(i / (double) sweeps.size());
                one(sweeps.get(i));
                active |= sweeps.get(i).inside();
            }
        }

        private void one(Sweep sweep) {
            long outer = state.size() - 1 & ~sweep.inside() & active;
            long blocks = 1L << Long.bitCount(outer);
            int[] sources = sweep.sources();
            int[] destinations = sweep.destinations();
            AtomicLong next = new AtomicLong();
            Runnable worker = () -> {
                Block block = Block.ofThread(sweep.bits());
                long b;
                while ((b = next.getAndIncrement()) < blocks
                        && !options.cancellation().cancelled()) {
                    long bits = Long.expand(b, outer);
                    read(block, (int) bits, sources, 1 << sweep.fixedPositions());
                    for (Step step : sweep.steps()) {
                        step.apply(block, bits);
                    }
                    write(block, (int) bits, destinations, 1 << sweep.fixedPositions());
                }
            };
            if (threads == 1 || blocks == 1) {
                worker.run();
            } else {
                IntStream.range(0, threads).parallel().forEach(thread -> worker.run());
            }
            options.cancellation().check();
        }

        private void read(Block block, int bits, int[] sources, int length) {
            int place = Block.ALIGNMENT;
            for (int source : sources) {
                VectorKernels.copy(state.re, bits | source, block.data(), place, length);
                VectorKernels.copy(state.im, bits | source, block.data(), place + block.im(), length);
                place += length;
            }
        }

        private void write(Block block, int bits, int[] destinations, int length) {
            int place = Block.ALIGNMENT;
            for (int destination : destinations) {
                VectorKernels.copy(block.data(), place, state.re, bits | destination, length);
                VectorKernels.copy(block.data(), place + block.im(), state.im, bits | destination, length);
                place += length;
            }
        }
    }
}
