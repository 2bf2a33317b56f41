package org.quantumhub.engine.simulator;

/// The buffer of one thread: a piece of the state small enough for the second-level cache.
final class Block {
    /// The data of an array starts 16 bytes after the object; six numbers later a humongous array, which begins on a
    /// region's boundary, is aligned to the 64 bytes of a vector and of a cache line. Worth a factor of 1.4.
    static final int ALIGNMENT = 6;

    /// Smallest array that is humongous for regions of up to 8 MB.
    private static final int HUMONGOUS = 1 << 19;

    private static final ThreadLocal<Block> OF_THREAD = ThreadLocal.withInitial(Block::new);

    private double[] data = new double[0];
    final double[] scratch = new double[64 * VectorKernels.LANES];
    private int im;

    /// The block of this thread, with room for 2^bits amplitudes; what it holds is left over from the last use.
    static Block ofThread(int bits) {
        Block block = OF_THREAD.get();
        // The gap keeps real and imaginary part of an amplitude out of the same cache set.
        block.im = (1 << bits) + 5 * VectorKernels.LANES;
        int needed = ALIGNMENT + block.im + (1 << bits) + VectorKernels.LANES;
        if (block.data.length < needed) {
            block.data = new double[bits < 12 ? needed : Math.max(needed, HUMONGOUS)];
        }
        return block;
    }

    double[] data() {
        return data;
    }

    /// How far behind the real part of an amplitude its imaginary part lies.
    int im() {
        return im;
    }
}
