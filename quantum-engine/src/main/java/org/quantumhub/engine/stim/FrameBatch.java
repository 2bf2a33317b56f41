package org.quantumhub.engine.stim;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.quantumhub.engine.stim.StimProgram.Op;

/// Some thousand shots at once, each as the Pauli operator by which it differs from the reference shot.
///
/// For every qubit two arrays hold one bit for each shot: whether its operator has an X there, and whether a Z. A gate
/// is then a few words of exclusive or, and `H` an exchange of two arrays. Noise visits only the shots it strikes: the
/// distance from one to the next is drawn from the geometric distribution. Operators commute with signs ignored, since
/// a sign changes no outcome.
///
/// A Z on a qubit that was just prepared or measured cannot be seen, so it is put there at random: what later gates
/// make
/// of it is the freedom that open outcomes have.
final class FrameBatch {
    private final int words;
    private final int shots;
    private final long[][] x;
    private final long[][] z;
    /// The latest measurements, in a ring.
    private final long[][] ring;
    private final long[][] observables;
    private final long[] happened;
    private final Sink sink;
    private long measured;
    private long detected;
    private final SplitMix random;

    /// Takes what a batch finds, in order.
    interface Sink {
        /// The flips of a measurement, one bit a shot.
        default void measured(long number, long[] flips) {}

        /// The parity of a detector, one bit a shot.
        default void detected(long number, long[] parity) {}
    }

    /// @param farthest how many measurements back the program looks
    /// @param number of the batch: each has random numbers of its own
    FrameBatch(StimCircuit circuit, int farthest, int words, Sink sink, long seed, long number) {
        this.words = words;
        this.shots = 64 * words;
        this.sink = sink;
        this.random = new SplitMix(SplitMix.mix(seed ^ SplitMix.mix(number + 0x632BE59BD9B4E019L)));
        this.x = new long[circuit.qubitCount()][words];
        this.z = new long[circuit.qubitCount()][words];
        this.ring = new long[Math.max(2, Integer.highestOneBit(Math.max(1, farthest)) * 2)][words];
        this.observables = new long[(int) circuit.observableCount()][words];
        this.happened = new long[words];
    }

    /// The parity of each observable, one bit a shot.
    long[][] observables() {
        return observables;
    }

    void run(List<Op> ops) {
        for (long[] row : z) {
            random.fill(row);
        }
        all(ops);
    }

    private void all(List<Op> ops) {
        for (Op op : ops) {
            int[] targets = op.targets();
            switch (op.code()) {
                case X, Z -> {} // a sign, which no outcome shows
                case H -> {
                    for (int q : targets) {
                        long[] kept = x[q];
                        x[q] = z[q];
                        z[q] = kept;
                    }
                }
                case S, S_INVERSE -> {
                    for (int q : targets) {
                        add(x[q], z[q]);
                    }
                }
                case CX -> {
                    for (int i = 0; i < targets.length; i += 2) {
                        add(x[targets[i]], x[targets[i + 1]]);
                        add(z[targets[i + 1]], z[targets[i]]);
                    }
                }
                case CZ -> {
                    for (int i = 0; i < targets.length; i += 2) {
                        add(x[targets[i]], z[targets[i + 1]]);
                        add(x[targets[i + 1]], z[targets[i]]);
                    }
                }
                case MEASURE -> measure(op);
                case RESET -> {
                    for (int q : targets) {
                        Arrays.fill(x[q], 0);
                        random.fill(z[q]);
                    }
                }
                case PAD -> {
                    for (int i = 0; i < targets.length; i++) {
                        long[] flips = next();
                        Arrays.fill(flips, 0);
                        flip(flips, op.chances());
                        record(flips);
                    }
                }
                case FEED_X -> add(back(targets[0]), x[targets[1]]);
                case FEED_Z -> add(back(targets[0]), z[targets[1]]);
                case FLIP_X -> strikes(op, 1);
                case FLIP_Y -> strikes(op, 2);
                case FLIP_Z -> strikes(op, 3);
                case CHANNEL -> channel(op);
                case CHANNEL_PAIR -> channelPair(op);
                case CORRELATED -> correlated(op, true);
                case ELSE_CORRELATED -> correlated(op, false);
                case HERALD -> herald(op);
                case DETECTOR -> {
                    long[] parity = new long[words];
                    for (int offset : targets) {
                        add(back(offset), parity);
                    }
                    sink.detected(detected++, parity);
                }
                case OBSERVABLE -> {
                    for (int offset : targets) {
                        add(back(offset), observables[(int) op.count()]);
                    }
                }
                case LOOP -> {
                    for (long turn = 0; turn < op.count(); turn++) {
                        all(op.body());
                    }
                }
            }
        }
    }

    private static void add(long[] from, long[] to) {
        for (int w = 0; w < to.length; w++) {
            to[w] ^= from[w];
        }
    }

    private long[] next() {
        return ring[(int) measured & ring.length - 1];
    }

    private long[] back(int offset) {
        return ring[(int) (measured + offset) & ring.length - 1];
    }

    private void record(long[] flips) {
        sink.measured(measured++, flips);
    }

    private void measure(Op op) {
        for (int q : op.targets()) {
            long[] flips = next();
            System.arraycopy(x[q], 0, flips, 0, words);
            flip(flips, op.chances());
            record(flips);
            random.fill(z[q]);
        }
    }

    private void flip(long[] flips, double[] chances) {
        if (chances.length > 0) {
            double scale = scale(chances[0]);
            for (double at = skipped(scale); at < shots; at += 1 + skipped(scale)) {
                toggle(flips, (int) at);
            }
        }
    }

    /// How many places lie before the next that is struck: the exponential distribution, rounded down, is the geometric
    /// one. Nothing is below any number of places when nothing strikes.
    private double skipped(double scale) {
        return Math.floor(random.nextExponential() * scale);
    }

    /// @return infinite when nothing strikes, 0 when every place is struck
    private static double scale(double probability) {
        return probability <= 0 ? Double.POSITIVE_INFINITY : -1 / Math.log1p(-Math.min(1, probability));
    }

    /// Strikes each qubit of each shot with the same operator.
    private void strikes(Op op, int number) {
        int[] qubits = op.targets();
        double scale = scale(op.chances()[0]);
        for (double at = skipped(scale); at < (double) shots * qubits.length; at += 1 + skipped(scale)) {
            long place = (long) at;
            pauli(qubits[(int) (place / shots)], number, (int) (place % shots));
        }
    }

    private static void toggle(long[] row, int shot) {
        row[shot >> 6] ^= 1L << shot;
    }

    /// @param number 1, 2, 3 for X, Y, Z
    private void pauli(int qubit, int number, int shot) {
        if (number == 1 || number == 2) {
            toggle(x[qubit], shot);
        }
        if (number >= 2) {
            toggle(z[qubit], shot);
        }
    }

    private static double sum(double[] chances) {
        double sum = 0;
        for (double chance : chances) {
            sum += chance;
        }
        return Math.min(1, sum);
    }

    private int choose(double[] chances, double sum, boolean even) {
        if (even) {
            return random.nextInt(chances.length);
        }
        double place = random.nextDouble() * sum;
        int choice = 0;
        while (choice < chances.length - 1 && place >= chances[choice]) {
            place -= chances[choice++];
        }
        return choice;
    }

    private static boolean even(double[] chances) {
        for (double chance : chances) {
            if (chance != chances[0]) {
                return false;
            }
        }
        return true;
    }

    private void channel(Op op) {
        double sum = sum(op.chances());
        boolean even = even(op.chances());
        double scale = scale(sum);
        int[] qubits = op.targets();
        for (double at = skipped(scale); at < (double) shots * qubits.length; at += 1 + skipped(scale)) {
            long place = (long) at;
            pauli(qubits[(int) (place / shots)], choose(op.chances(), sum, even) + 1, (int) (place % shots));
        }
    }

    private void channelPair(Op op) {
        double sum = sum(op.chances());
        boolean even = even(op.chances());
        double scale = scale(sum);
        int[] qubits = op.targets();
        for (double at = skipped(scale); at < (double) shots * (qubits.length / 2); at += 1 + skipped(scale)) {
            long place = (long) at;
            int pair = 2 * (int) (place / shots);
            int shot = (int) (place % shots);
            int both = choose(op.chances(), sum, even) + 1;
            pauli(qubits[pair], both >> 2, shot);
            pauli(qubits[pair + 1], both & 3, shot);
        }
    }

    /// One event on several qubits; an `else` strikes only shots in which none of its chain has struck before.
    private void correlated(Op op, boolean first) {
        if (first) {
            Arrays.fill(happened, 0);
        }
        int[] targets = op.targets();
        double scale = scale(op.chances()[0]);
        for (double at = skipped(scale); at < shots; at += 1 + skipped(scale)) {
            int shot = (int) at;
            if ((happened[shot >> 6] >>> shot & 1) == 0) {
                toggle(happened, shot);
                for (int i = 0; i < targets.length; i += 2) {
                    pauli(targets[i], targets[i + 1], shot);
                }
            }
        }
    }

    private void herald(Op op) {
        double sum = sum(op.chances());
        boolean even = even(op.chances());
        double scale = scale(sum);
        for (int qubit : op.targets()) {
            long[] flips = next();
            Arrays.fill(flips, 0);
            for (double at = skipped(scale); at < shots; at += 1 + skipped(scale)) {
                toggle(flips, (int) at);
                pauli(qubit, choose(op.chances(), sum, even), (int) at);
            }
            record(flips);
        }
    }

    /// SplitMix64, as the simulators use it.
    private static final class SplitMix implements RandomGenerator {
        private static final long STEP = 0x9E3779B97F4A7C15L;

        private long state;

        SplitMix(long seed) {
            this.state = seed;
        }

        @Override
        public long nextLong() {
            return mix(state += STEP);
        }

        /// As many words as so many calls would give.
        void fill(long[] words) {
            long from = state;
            for (int w = 0; w < words.length; w++) {
                words[w] = mix(from + (w + 1) * STEP);
            }
            state = from + words.length * STEP;
        }

        static long mix(long seed) {
            long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            return mixed ^ mixed >>> 31;
        }
    }
}
