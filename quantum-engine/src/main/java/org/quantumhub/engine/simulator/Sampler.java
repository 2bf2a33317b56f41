package org.quantumhub.engine.simulator;

/// Draws basis states of a state.
///
/// The probabilities are summed up block by block once; a draw is a binary search over the blocks and a walk through
/// one of them. The sums are made in one fixed order, whatever the number of threads.
final class Sampler {
    private static final int MOST_BLOCK_BITS = 12;

    private final StateVector state;
    private final int blockLength;
    private final double[] cumulative;

    Sampler(StateVector state) {
        this.state = state;
        int blocks = 1 << Math.min(MOST_BLOCK_BITS, state.qubits);
        this.blockLength = state.re.length / blocks;
        this.cumulative = new double[blocks];
        double[] re = state.re;
        double[] im = state.im;
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            double part = 0;
            int end = (block + 1) * blockLength;
            for (int i = block * blockLength; i < end; i++) {
                part += re[i] * re[i] + im[i] * im[i];
            }
            sum += part;
            cumulative[block] = sum;
        }
    }

    /// The basis state at the given place of the unit interval; states of probability 0 are never drawn.
    int draw(double place) {
        double wanted = place * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (blockLength == 1) {
            return low;
        }
        double reached = low == 0 ? 0 : cumulative[low - 1];
        int last = low * blockLength;
        for (int i = low * blockLength; i < (low + 1) * blockLength; i++) {
            double probability = state.probability(i);
            if (probability > 0) {
                reached += probability;
                last = i;
                if (reached > wanted) {
                    break;
                }
            }
        }
        return last;
    }
}
