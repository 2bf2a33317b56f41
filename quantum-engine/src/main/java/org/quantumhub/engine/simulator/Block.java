package org.quantumhub.engine.simulator;

/// The buffer of one thread: a piece of the state small enough for the second-level cache.
///
/// There is one kind for each precision, both made from one template.
abstract sealed class Block permits DoubleBlock, FloatBlock {
    /// What the planner has to know about blocks of a precision.
    ///
    /// @param laneBits how many low bits of an index select a lane of a vector
    /// @param bits how many bits number the amplitudes of a block; 2^16 in double precision are 1 MB, half of a
    ///     second-level cache
    /// @param runBits how many of the lowest bits a block of a large state always has: memory is read and written in
    ///     runs of so many amplitudes, and short runs take up to twice as long
    /// @param setPosition from this position on, vectors that differ in one bit lie whole pages of 4 KiB
    ///     apart and so in the same set of a first-level cache, which holds 8 to 12 of them: a pass over 16
    ///     such takes four times as long
    record Shape(int laneBits, int bits, int runBits, int setPosition) {}

    static Shape shape(Precision precision) {
        return switch (precision) {
            case DOUBLE -> new Shape(DoubleKernels.LANE_BITS, 16, 7, 9);
            case SINGLE -> new Shape(FloatKernels.LANE_BITS, 17, 6, 10);
        };
    }

    /// The block of this thread, with room for 2^bits amplitudes; what it holds is left over from the last use.
    static Block ofThread(Precision precision, int bits) {
        return switch (precision) {
            case DOUBLE -> DoubleBlock.ofThread(bits);
            case SINGLE -> FloatBlock.ofThread(bits);
        };
    }

    /// Fills the block from a state of which nothing is known.
    final void read(PureState state, long start, long[] sources, int length) {
        read(state, start, sources, length, -1L);
    }

    /// Fills the block from the state, run by run.
    ///
    /// @param start the index bits that are the same for the whole block
    /// @param sources for each run the other index bits
    /// @param length amplitudes of a run, at least one vector
    /// @param active index bits that may be 1 in an amplitude that is not 0; other runs are not looked at
    abstract void read(PureState state, long start, long[] sources, int length, long active);

    /// Empties the block into the state in the same way; runs that are known to hold nothing are left out.
    abstract void write(PureState state, long start, long[] destinations, int length, long active);

    /// Makes the block the first of the state |0...0>.
    abstract void clear();

    /// Carries out a pass.
    ///
    /// @param outer the index bits outside the block, which are the same for all its amplitudes
    abstract void apply(Pass pass, long outer);
}
