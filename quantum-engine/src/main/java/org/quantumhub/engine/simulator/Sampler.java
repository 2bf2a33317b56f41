package org.quantumhub.engine.simulator;

/// Draws basis states of a state.
///
/// The probabilities are summed up block by block once. A draw looks up where to start, goes on to the block that
/// reaches the number drawn (one step on average: Chen, Asau, "On generating random variates from an empirical
/// distribution", 1974), and walks through that block. The sums are made in one fixed order, whatever the number of
/// threads.
final class Sampler {
    private static final int MOST_BLOCK_BITS = 12;

    private final PureState state;
    private final long blockLength;
    private final double[] cumulative;
    /// For each of as many equal parts of the unit interval, the first block that reaches into it.
    private final int[] guide;

    Sampler(PureState state) {
        this.state = state;
        int blocks = 1 << Math.min(MOST_BLOCK_BITS, state.qubits());
        this.blockLength = state.size() / blocks;
        this.cumulative = new double[blocks];
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            double part = 0;
            long end = (block + 1) * blockLength;
            for (long i = block * blockLength; i < end; i++) {
                part += state.probabilityAt(i);
            }
            sum += part;
            cumulative[block] = sum;
        }
        this.guide = new int[blocks];
        for (int cell = 0, block = 0; cell < blocks; cell++) {
            while (block < blocks - 1 && cumulative[block] <= sum * cell / blocks) {
                block++;
            }
            guide[cell] = block;
        }
    }

    /// The basis state at the given place of the unit interval; states of probability 0 are never drawn.
    long draw(double place) {
        double wanted = place * cumulative[cumulative.length - 1];
        int block = guide[(int) (place * guide.length)];
        while (cumulative[block] <= wanted && block < cumulative.length - 1) {
            block++;
        }
        if (blockLength == 1) {
            return state.basis(block);
        }
        double reached = block == 0 ? 0 : cumulative[block - 1];
        long last = block * blockLength;
        for (long i = block * blockLength; i < (block + 1) * blockLength; i++) {
            double probability = state.probabilityAt(i);
            if (probability > 0) {
                reached += probability;
                last = i;
                if (reached > wanted) {
                    break;
                }
            }
        }
        return state.basis(last);
    }
}
