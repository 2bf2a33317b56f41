package org.quantumhub.engine.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.Instruction;

/// Computes the state of a circuit by sweeps over cache-sized blocks.
///
/// ## Design
///
/// 1. [FrontEnd]: gates become matrices on few bits under controls, or phase polynomials; swaps only rename bits.
/// 2. [Plans], [SweepPlanner]: gates are divided into sweeps. A sweep reads and writes the state once; its blocks vary
/// in 16
///    index bits, so that every gate that mixes only these can be carried out while a block lies in the cache.
/// 3. [SweepBuilder]: the gates of a sweep are gathered into steps: clusters multiplied into one matrix, pure
///    permutations, one pass for all phases, and single amplitudes for gates under many controls.
/// 4. Here: for each sweep the threads take blocks in turn, copy them into an aligned buffer of their own (in place,
///    strided access would fall into few sets of the cache), run the passes ([DoubleKernels], [FloatKernels]), and copy
///    them back.
///
/// The start is known to be |0...0>: as long as no sweep has mixed an index bit, only amplitudes where it is 0 hold
/// anything. The others are neither read nor written until the end, so that memory need not be empty before, and within
/// a
/// block passes leave out what is still empty: the first layer of gates is nearly free. Where hardly any gate mixes
/// anything, nothing of all this is needed: [FewAmplitudes].
///
/// Sources: blocking and relabelling as in De Raedt et al. (arXiv 1805.04708) and Häner, Steiger (arXiv 1704.01127);
/// fusion as in Suzuki et al. (Qulacs, arXiv 2011.13524).
final class BlockEngine {
    /// Below this, planning costs more than it saves.
    static final int FEWEST_QUBITS = 9;

    /// Lanes are exchanged with as many other bits, while all but one of their own wait above them.
    static final int FEWEST_OFF_HEAP = 11;

    /// From this size on it pays to wake a second thread.
    static final int FEWEST_PARALLEL = 18;

    private BlockEngine() {}

    /// Whether the Vector API is there; it is an incubator module that the JVM loads only on request.
    static boolean available() {
        return Availability.PRESENT;
    }

    private static final class Availability {
        static final boolean PRESENT = probe();

        private static boolean probe() {
            try {
                return DoubleKernels.LANES >= 2;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    /// The state that a circuit's gates lead to.
    static StateVector evolve(Circuit circuit, RunOptions options, int threads) {
        return evolve(circuit.qubitCount(), circuit.instructions(), options, threads);
    }

    /// The same for some instructions.
    static StateVector evolve(int qubits, List<Instruction> instructions, RunOptions options, int threads) {
        FrontEnd.Program program = FrontEnd.translate(qubits, instructions, true);
        StateVector state = new StateVector(qubits, program.place());
        run(state, program.gates(), options, threads);
        return state;
    }

    /// The same outside the heap, in either precision.
    static OffHeapState evolveOffHeap(
            int qubits, List<Instruction> instructions, Precision precision, RunOptions options, int threads) {
        FrontEnd.Program program = FrontEnd.translate(qubits, instructions, true);
        OffHeapState state = new OffHeapState(qubits, precision, program.place());
        try {
            run(state, program.gates(), options, threads);
            return state;
        } catch (RuntimeException | Error e) {
            state.close();
            throw e;
        }
    }

    private static void run(PureState state, Fusible[] program, RunOptions options, int threads) {
        int atMost = state.qubits() < FEWEST_PARALLEL ? 1 : threads;
        if (FewAmplitudes.suit(state.qubits(), program)) {
            options.cancellation().check();
            options.progress().reached(0);
            FewAmplitudes.of(program).store(state, atMost);
            return;
        }
        Block.Shape shape = Block.shape(state.precision());
        List<Sweep> sweeps = Plans.SHARED.of(state.qubits(), shape, program);
        new Run(state, options, atMost).all(sweeps, program);
    }

    /// The vector that a list of operations makes of the first basis vector. The matrices need not be unitary.
    static StateVector evolve(int qubits, List<Operation> operations, RunOptions options) {
        if (qubits >= FEWEST_QUBITS && available()) {
            Fusible[] program = new Fusible[operations.size()];
            for (int i = 0; i < program.length; i++) {
                program[i] = Fusible.of(operations.get(i));
            }
            StateVector state = new StateVector(qubits, identity(qubits));
            run(state, program, options, Runtime.getRuntime().availableProcessors());
            return state;
        }
        StateVector state = StateVector.zero(qubits);
        for (Operation operation : operations) {
            options.cancellation().check();
            PlainLoops.apply(state, operation);
        }
        return state;
    }

    /// Carries operations out on a state that is there already, in the order of its basis states.
    static void advance(StateVector state, List<Operation> operations, RunOptions options) {
        Fusible[] program = new Fusible[operations.size()];
        for (int i = 0; i < program.length; i++) {
            program[i] = Fusible.of(operations.get(i));
        }
        List<Sweep> sweeps = Plans.SHARED.of(state.qubits, Block.shape(Precision.DOUBLE), program);
        int threads = state.qubits < FEWEST_PARALLEL ? 1 : Runtime.getRuntime().availableProcessors();
        new Run(state, options, threads).onAll(sweeps, program);
    }

    private static int[] identity(int qubits) {
        int[] place = new int[qubits];
        Arrays.setAll(place, i -> i);
        return place;
    }

    private static final class Run {
        private final PureState state;
        private final RunOptions options;
        private final int threads;
        /// Index bits that may be 1 in an amplitude that is not 0.
        private long active;

        Run(PureState state, RunOptions options, int threads) {
            this.state = state;
            this.options = options;
            this.threads = threads;
        }

        /// From |0...0>; what the memory of the state holds does not matter.
        void all(List<Sweep> sweeps, Fusible[] program) {
            for (int i = 0; i < sweeps.size(); i++) {
                options.cancellation().check();
                options.progress().reached(i / (double) sweeps.size());
                one(sweeps.get(i), sweeps.get(i).bind(program, active), i == 0);
            }
            if (state instanceof OffHeapState outside) {
                outside.clear(state.size() - 1 & ~active);
            }
        }

        /// From what the state holds.
        void onAll(List<Sweep> sweeps, Fusible[] program) {
            active = state.size() - 1;
            for (Sweep sweep : sweeps) {
                one(sweep, sweep.bind(program, active), false);
            }
        }

        private void one(Sweep sweep, Pass[] passes, boolean first) {
            long before = active;
            long after = sweep.active(before);
            long outer = ~sweep.inside() & before;
            long blocks = 1L << Long.bitCount(outer);
            int read = first ? sweep.fixedPositions() : sweep.readPositions(before);
            int written = sweep.writtenPositions();
            long[] sources = first ? new long[0] : sweep.sources(read);
            long[] destinations = sweep.destinations(written);
            AtomicLong next = new AtomicLong();
            Runnable worker = () -> {
                Block block = Block.ofThread(state.precision(), sweep.bits());
                long b;
                while ((b = next.getAndIncrement()) < blocks
                        && !options.cancellation().cancelled()) {
                    long bits = Long.expand(b, outer);
                    if (first) {
                        // Only one block holds anything, and what it holds is known.
                        block.clear();
                    } else {
                        block.read(state, bits, sources, 1 << read, before);
                    }
                    for (Pass pass : passes) {
                        block.apply(pass, bits);
                    }
                    block.write(state, bits, destinations, 1 << written, after);
                }
            };
            if (threads == 1 || blocks == 1) {
                worker.run();
            } else {
                IntStream.range(0, threads).parallel().forEach(thread -> worker.run());
            }
            options.cancellation().check();
            active = after;
        }
    }
}
