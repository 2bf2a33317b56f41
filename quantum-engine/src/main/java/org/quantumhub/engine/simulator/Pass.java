package org.quantumhub.engine.simulator;

/// One pass over a block, with its numbers filled in. Made once for a run and used by all its threads.
sealed interface Pass
        permits Pass.Dense, Pass.Local, Pass.Permutation, Pass.LaneSwap, Pass.Sparse, Pass.MaskedPhase, PhasePass {
    /// How often it multiplies two numbers and adds a third, for each amplitude of the block; only what works
    /// on most of them says so.
    default double products() {
        return 0;
    }

    /// Whether factors or entries, real and imaginary part in turn, have no imaginary parts.
    static boolean isReal(double[] entries) {
        boolean real = true;
        for (int i = 1; i < entries.length; i += 2) {
            real &= entries[i] == 0;
        }
        return real;
    }

    /// The groups of vectors that a kernel visits: all places of a block with zeros at the given positions.
    ///
    /// @param full how many there would be if nothing were known of the block
    record Groups(int count, int mask, int full) {
        static Groups without(Block.Shape shape, int bits, int positions) {
            int count = 1 << bits - shape.laneBits() - Integer.bitCount(positions);
            return new Groups(count, (1 << bits) - 1 & ~positions & -(1 << shape.laneBits()), count);
        }

        /// Those that hold anything, where amplitudes are 0 unless all their other positions are 0.
        Groups within(int live) {
            int left = mask & live;
            return new Groups(1 << Integer.bitCount(left), left, full);
        }

        /// Which part of all groups these are.
        double share() {
            return count / (double) full;
        }
    }

    /// A cluster of gates multiplied into one matrix on one to three positions, one matrix for each combination of
    /// the control bits outside the block; empty where that combination does nothing.
    record Dense(Groups groups, int[] offsets, long outerControls, double[][] matrices) implements Pass {
        @Override
        public double products() {
            double sum = 0;
            for (double[] matrix : matrices) {
                sum += matrix.length == 0 ? 0 : (isReal(matrix) ? 2 : 4) * offsets.length;
            }
            return sum / matrices.length * groups.share();
        }
    }

    /// A cluster of gates on single bits, between others that only move and turn amplitudes: `[1 -t; t 1]` on each bit.
    ///
    /// @param from where the members of a group are read
    /// @param to where they are written
    /// @param tangents `t` of each bit
    /// @param first the factor of each member before, real and imaginary part in turn; empty when all are 1
    /// @param last the factor of each member after
    record Local(Groups groups, int[] from, int[] to, double[] tangents, double[] first, double[] last)
            implements Pass {
        @Override
        public double products() {
            int factors = (first.length == 0 ? 0 : 4) + (isReal(last) ? 2 : 4);
            return (2 * tangents.length + factors) * groups.share();
        }
    }

    /// A cluster of gates that only move amplitudes about: pairs of places, to and from.
    record Permutation(Groups groups, long outerControls, int[][] moves) implements Pass {}

    /// Exchanges each lane bit with a higher bit.
    ///
    /// @param places for each lane bit the place of its partner, `1 << position`
    record LaneSwap(Groups groups, int[] places) implements Pass {}

    /// A small matrix under many controls, of which only a few amplitudes feel anything: one at a time.
    ///
    /// @param offsets places of the rows of the matrix
    /// @param fixed the positions of targets and controls
    /// @param innerValue what a place must have at the controls
    /// @param outer controls outside the block, and what they must be
    record Sparse(int[] offsets, int fixed, int innerValue, long outer, long outerValue, double[] matrix)
            implements Pass {}

    /// A phase on the amplitudes that have all bits of a mask, for masks of three bits and more.
    record MaskedPhase(int inner, long outer, double re, double im) implements Pass {}
}
