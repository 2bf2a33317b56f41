package org.quantumhub.engine.simulator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes a cluster of gates apart again where its matrix is a tensor product: gates on single bits, between two changes
/// of the basis that only move and turn amplitudes (`cx`, `swap`, phases).
///
/// Each gate on a single bit is a turn between phases, `U = diag(a, b) [c -s; s c] diag(1, e)` (the
/// decomposition into Euler angles, Nielsen and Chuang, theorem 4.1), and a turn is `c [1 -t; t 1]`: one
/// multiplication with addition for each number, where the matrix on three bits takes sixteen. All phases and
/// all factors `c` come together as one number for each member of a group, and what moves amplitudes is carried
/// out by reading and writing them elsewhere.
final class LocalGates {
    /// How far the parts of a gate multiplied up may be off it.
    private static final double TOLERANCE = 4e-15;

    /// What is smaller than the last digits of a phase is an error of rounding.
    private static final double ROUNDING = 4e-16;

    private final int[] bits;
    private final double[][] turns;
    private Moves before;
    private Moves after;
    /// Bits that `after` acts on, and bits that have a matrix.
    private int touched;
    private int turned;

    private LocalGates(int[] bits) {
        this.bits = bits;
        this.turns = new double[bits.length][];
        Arrays.setAll(turns, bit -> new double[] {1, 0, 0, 0, 0, 0, 1, 0});
        this.before = new Moves(1 << bits.length);
        this.after = new Moves(1 << bits.length);
    }

    /// A map of the members of a group onto each other, each with a factor.
    private static final class Moves {
        private final int[] to;
        private final double[] re;
        private final double[] im;

        Moves(int members) {
            to = new int[members];
            re = new double[members];
            im = new double[members];
            Arrays.setAll(to, i -> i);
            Arrays.fill(re, 1);
        }

        void turn(int member, double c, double s) {
            double x = re[member] * c - im[member] * s;
            im[member] = re[member] * s + im[member] * c;
            re[member] = x;
        }

        /// First this, then the other.
        void then(Moves other) {
            for (int i = 0; i < to.length; i++) {
                int j = to[i];
                turn(i, other.re[j], other.im[j]);
                to[i] = other.to[j];
            }
        }
    }

    /// The pass that does what some gates do, in order.
    ///
    /// @param bits index bits of the cluster; no gate looks at others
    /// @param offsets where the members of a group lie in the block
    /// @return null when they are no such product, or turn nothing
    static Pass.@Nullable Local of(Pass.Groups groups, int[] bits, int[] offsets, Fusible[] gates) {
        if (bits.length < 2 || bits.length > 3) {
            return null;
        }
        LocalGates local = new LocalGates(bits);
        for (Fusible gate : gates) {
            if (!local.add(gate)) {
                return null;
            }
        }
        return local.pass(groups, offsets);
    }

    private boolean add(Fusible gate) {
        int looked = member(gate.all());
        if (gate.diagonal()) {
            if (Integer.bitCount(looked) == 1 && (looked & touched) == 0) {
                turn(looked, phases(gate));
            } else {
                touched |= looked;
                phase(gate);
            }
            return true;
        }
        boolean single = gate.targets.length == 1 && gate.controlMask == 0;
        if (single && (looked & touched) != 0 && (turned & touched) == 0) {
            // what is turned so far and what was moved since are different bits: the order does not matter
            before.then(after);
            after = new Moves(1 << bits.length);
            touched = 0;
        }
        if (single && (looked & touched) == 0) {
            turn(looked, gate.matrix);
            return true;
        }
        if (gate.permutation) {
            touched |= looked;
            move(gate);
            return true;
        }
        return false;
    }

    /// The number of a member of a group, from index bits; those of the cluster need not lie in order.
    private int member(long index) {
        int member = 0;
        for (int b = 0; b < bits.length; b++) {
            member |= (int) (index >>> bits[b] & 1) << b;
        }
        return member;
    }

    private long index(int member) {
        long index = 0;
        for (int b = 0; b < bits.length; b++) {
            index |= (long) (member >> b & 1) << bits[b];
        }
        return index;
    }

    private void turn(int bit, double[] m) {
        int b = Integer.numberOfTrailingZeros(bit);
        turned |= bit;
        double[] u = turns[b];
        double[] product = new double[8];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                double re = 0;
                double im = 0;
                for (int k = 0; k < 2; k++) {
                    double x = m[4 * row + 2 * k];
                    double y = m[4 * row + 2 * k + 1];
                    double v = u[4 * k + 2 * column];
                    double w = u[4 * k + 2 * column + 1];
                    re += x * v - y * w;
                    im += x * w + y * v;
                }
                product[4 * row + 2 * column] = re;
                product[4 * row + 2 * column + 1] = im;
            }
        }
        turns[b] = product;
    }

    /// A phase polynomial on a single bit, as a matrix.
    private static double[] phases(Fusible gate) {
        double one = gate.constant;
        for (double angle : gate.angles) {
            one += angle;
        }
        return new double[] {Math.cos(gate.constant), Math.sin(gate.constant), 0, 0, 0, 0, Math.cos(one), Math.sin(one)
        };
    }

    private void phase(Fusible gate) {
        for (int i = 0; i < after.to.length; i++) {
            long index = index(after.to[i]);
            double angle = gate.constant;
            for (int k = 0; k < gate.masks.length; k++) {
                angle += (index & gate.masks[k]) == gate.masks[k] ? gate.angles[k] : 0;
            }
            if (angle != 0) {
                after.turn(i, Math.cos(angle), Math.sin(angle));
            }
        }
    }

    private void move(Fusible gate) {
        for (int i = 0; i < after.to.length; i++) {
            after.to[i] = member(gate.moved(index(after.to[i])));
        }
    }

    private Pass.@Nullable Local pass(Pass.Groups groups, int[] offsets) {
        int members = offsets.length;
        double[] tangents = new double[bits.length];
        Moves in = new Moves(members);
        Moves out = new Moves(members);
        for (int b = 0; b < bits.length; b++) {
            Turn turn = Turn.of(turns[b]);
            if (turn == null) {
                return null;
            }
            tangents[b] = turn.tangent;
            for (int i = 0; i < members; i++) {
                boolean set = (i >> b & 1) != 0;
                if (set) {
                    in.turn(i, turn.in[0], turn.in[1]);
                }
                out.turn(i, turn.out[set ? 2 : 0], turn.out[set ? 3 : 1]);
            }
            if (turn.crossed) {
                out.then(quarter(b, members));
            }
        }
        out.then(after);
        int[] from = new int[members];
        double[] first = new double[2 * members];
        boolean plain = true;
        if (Arrays.stream(tangents).allMatch(t -> t == 0)) {
            // may be the identity, of which a matrix says so
            return null;
        }
        for (int j = 0; j < members; j++) {
            int i = before.to[j];
            from[i] = offsets[j];
            in.turn(i, before.re[j], before.im[j]);
            first[2 * i] = in.re[i];
            first[2 * i + 1] = in.im[i];
            plain &= in.re[i] == 1 && in.im[i] == 0;
        }
        int[] to = new int[members];
        double[] last = new double[2 * members];
        for (int i = 0; i < members; i++) {
            to[i] = offsets[out.to[i]];
            last[2 * i] = out.re[i];
            last[2 * i + 1] = out.im[i];
        }
        return new Pass.Local(groups, from, to, tangents, plain ? new double[0] : first, last);
    }

    /// A quarter of a turn: it moves, and changes one sign.
    private static Moves quarter(int bit, int members) {
        Moves quarter = new Moves(members);
        for (int i = 0; i < members; i++) {
            quarter.to[i] = i ^ 1 << bit;
            quarter.re[i] = (i >> bit & 1) != 0 ? -1 : 1;
        }
        return quarter;
    }

    /// A matrix on one bit as a turn between phases.
    ///
    /// @param tangent of the turn, from -1 to 1
    /// @param crossed whether a quarter of a turn comes after it
    /// @param in the factor of what has the bit, before the turn
    /// @param out the factors of what has not and what has the bit, after it; with the cosine
    private record Turn(double tangent, boolean crossed, double[] in, double[] out) {
        static @Nullable Turn of(double[] u) {
            boolean crossed = Math.hypot(u[0], u[1]) < Math.hypot(u[2], u[3]);
            // a quarter of a turn back: the second row above, the first one below with its sign changed
            double[] m = crossed ? new double[] {u[4], u[5], u[6], u[7], -u[0], -u[1], -u[2], -u[3]} : u.clone();
            double cosine = Math.hypot(m[0], m[1]);
            double tangent = Math.hypot(m[2], m[3]) / cosine;
            if (!(cosine > 0.5 && cosine < 2)) {
                return null;
            }
            double[] in = {1, 0};
            if (tangent > ROUNDING) {
                // m01 = -tangent * m00 * in
                in = quotient(m[2], m[3], -tangent * m[0], -tangent * m[1]);
                if (Math.abs(in[1]) <= ROUNDING) {
                    tangent = in[0] < 0 ? -tangent : tangent;
                    in = new double[] {1, 0};
                }
            } else {
                tangent = 0;
            }
            // the last entry is the larger one of its row: m11 = out * in
            double[] one = quotient(m[6], m[7], in[0], in[1]);
            double[] out = {m[0], m[1], one[0], one[1]};
            Turn turn = new Turn(tangent, crossed, in, out);
            return turn.isOff(m) ? null : turn;
        }

        private static double[] quotient(double a, double b, double c, double d) {
            double square = c * c + d * d;
            return new double[] {(a * c + b * d) / square, (b * c - a * d) / square};
        }

        private boolean isOff(double[] m) {
            double re = in[0] * tangent;
            double im = in[1] * tangent;
            return Math.abs(m[2] + out[0] * re - out[1] * im) > TOLERANCE
                    || Math.abs(m[3] + out[0] * im + out[1] * re) > TOLERANCE
                    || Math.abs(m[4] - out[2] * tangent) > TOLERANCE
                    || Math.abs(m[5] - out[3] * tangent) > TOLERANCE;
        }
    }
}
