package org.quantumhub.engine.stim;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.simulator.Cancellation;
import org.quantumhub.engine.simulator.FinalMeasurements;
import org.quantumhub.engine.simulator.Tableau;
import org.quantumhub.engine.stim.StimProgram.Code;
import org.quantumhub.engine.stim.StimProgram.Op;

/// Samples a Stim circuit. The same circuit, seed and shots give the same bits, on any number of threads.
///
/// A shot costs a bit or two for each gate. Measurements need one run on a tableau first, detectors and observables do
/// not: they are 0 without noise, so that the differences are all there is.
public final class StimSampler {
    /// 2048 shots: the rows of some thousand qubits then fit into the second-level cache.
    private static final int WORDS = 32;

    private static final long MOST_WORDS = 1L << 28;

    private final StimCircuit circuit;
    private final StimProgram.Compiled program;
    private final Cancellation cancellation;

    private StimSampler(StimCircuit circuit, Cancellation cancellation) {
        this.circuit = circuit;
        this.program = StimProgram.compile(circuit);
        this.cancellation = cancellation;
    }

    public static StimSampler of(StimCircuit circuit) {
        return of(circuit, Cancellation.NEVER);
    }

    /// @param cancellation asked before each batch of shots
    public static StimSampler of(StimCircuit circuit, Cancellation cancellation) {
        return new StimSampler(circuit, cancellation);
    }

    /// What detectors and observables saw.
    ///
    /// @param detectors a row for each detector
    /// @param observables a row for each logical observable
    public record Detections(BitTable detectors, BitTable observables) {}

    /// Samples all measurements.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED when the bits would not fit into memory
    public BitTable measurements(int shots, long seed) {
        BitTable table = table(circuit.measurementCount(), shots);
        BitSet reference = new Reference().run();
        batches(
                shots,
                batch -> new FrameBatch(
                                circuit,
                                program.farthest(),
                                WORDS,
                                new FrameBatch.Sink() {
                                    @Override
                                    public void measured(long number, long[] flips) {
                                        long[] row = table.row((int) number);
                                        long turned = reference.get((int) number) ? -1L : 0;
                                        for (int w = 0; w < WORDS; w++) {
                                            row[batch * WORDS + w] = flips[w] ^ turned;
                                        }
                                    }
                                },
                                seed,
                                batch)
                        .run(program.ops()));
        return table;
    }

    /// Samples detectors and observables.
    ///
    /// @throws CircuitException LIMIT_EXCEEDED when the bits would not fit into memory
    public Detections detections(int shots, long seed) {
        BitTable detectors = table(circuit.detectorCount(), shots);
        BitTable observables = table(circuit.observableCount(), shots);
        batches(shots, batch -> {
            FrameBatch frames = new FrameBatch(
                    circuit,
                    program.farthest(),
                    WORDS,
                    new FrameBatch.Sink() {
                        @Override
                        public void detected(long number, long[] parity) {
                            System.arraycopy(parity, 0, detectors.row((int) number), batch * WORDS, WORDS);
                        }
                    },
                    seed,
                    batch);
            frames.run(program.ops());
            for (int i = 0; i < observables.bits(); i++) {
                System.arraycopy(frames.observables()[i], 0, observables.row(i), batch * WORDS, WORDS);
            }
        });
        return new Detections(detectors, observables);
    }

    /// Samples detectors alone.
    public BitTable detectors(int shots, long seed) {
        return detections(shots, seed).detectors();
    }

    private static BitTable table(long bits, int shots) {
        if (shots < 0) {
            throw new IllegalArgumentException("shots must be 0 or more, not " + shots);
        }
        int words = (shots + 64 * WORDS - 1) / (64 * WORDS) * WORDS;
        if (bits > Integer.MAX_VALUE - 8 || bits * words > MOST_WORDS) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "%d bits of %d shots do not fit into a table; ask for fewer shots at a time.",
                    bits,
                    shots);
        }
        return new BitTable((int) bits, shots, words);
    }

    private interface Batch {
        void run(int number);
    }

    private void batches(int shots, Batch batch) {
        int count = (shots + 64 * WORDS - 1) / (64 * WORDS);
        AtomicInteger next = new AtomicInteger();
        int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, threads).parallel().forEach(thread -> {
            int number;
            while ((number = next.getAndIncrement()) < count) {
                cancellation.check();
                batch.run(number);
            }
        });
    }

    private interface Measurement {
        boolean outcome(int qubit, BooleanSupplier open);
    }

    /// The run without noise, in which every open outcome is 0.
    private final class Reference {
        private static final Set<Code> CHANGING_NOTHING = EnumSet.of(
                Code.MEASURE,
                Code.PAD,
                Code.HERALD,
                Code.DETECTOR,
                Code.OBSERVABLE,
                Code.FLIP_X,
                Code.FLIP_Y,
                Code.FLIP_Z,
                Code.CHANNEL,
                Code.CHANNEL_PAIR,
                Code.CORRELATED,
                Code.ELSE_CORRELATED);

        private final Tableau tableau = new Tableau(circuit.qubitCount());
        private final BitSet outcomes = new BitSet();
        private Measurement measurement = tableau::measure;
        private int measured;

        BitSet run() {
            List<Op> ops = program.ops();
            int last = ops.size();
            while (last > 0 && CHANGING_NOTHING.contains(ops.get(last - 1).code())) {
                last--;
            }
            all(ops.subList(0, last));
            measurement = new FinalMeasurements(tableau)::measure;
            all(ops.subList(last, ops.size()));
            return outcomes;
        }

        private static void each(int[] qubits, IntConsumer gate) {
            for (int qubit : qubits) {
                gate.accept(qubit);
            }
        }

        private boolean measure(int qubit) {
            return measurement.outcome(qubit, () -> false);
        }

        private void all(List<Op> ops) {
            for (Op op : ops) {
                cancellation.check();
                int[] targets = op.targets();
                switch (op.code()) {
                    case X -> each(targets, tableau::flip);
                    case Z -> each(targets, tableau::flipPhase);
                    case H -> each(targets, tableau::hadamard);
                    case S -> each(targets, tableau::phase);
                    case S_INVERSE -> each(targets, tableau::inversePhase);
                    case CX -> {
                        for (int i = 0; i < targets.length; i += 2) {
                            tableau.controlledNot(targets[i], targets[i + 1]);
                        }
                    }
                    case CZ -> {
                        for (int i = 0; i < targets.length; i += 2) {
                            tableau.controlledZ(targets[i], targets[i + 1]);
                        }
                    }
                    case MEASURE -> {
                        for (int i = 0; i < targets.length; i++) {
                            outcomes.set(measured++, measure(targets[i]) ^ op.inverted()[i]);
                        }
                    }
                    case RESET -> {
                        for (int q : targets) {
                            if (measure(q)) {
                                tableau.flip(q);
                            }
                        }
                    }
                    case PAD -> {
                        for (boolean one : op.inverted()) {
                            outcomes.set(measured++, one);
                        }
                    }
                    case HERALD -> measured += targets.length;
                    case FEED_X -> {
                        if (outcomes.get(measured + targets[0])) {
                            tableau.flip(targets[1]);
                        }
                    }
                    case FEED_Z -> {
                        if (outcomes.get(measured + targets[0])) {
                            tableau.flipPhase(targets[1]);
                        }
                    }
                    case LOOP -> {
                        for (long turn = 0; turn < op.count(); turn++) {
                            all(op.body());
                        }
                    }
                    default -> {}
                }
            }
        }
    }
}
