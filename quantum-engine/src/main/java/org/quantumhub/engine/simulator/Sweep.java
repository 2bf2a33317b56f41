package org.quantumhub.engine.simulator;

import java.util.List;

/// One passage through the whole state, block by block.
///
/// @param inside the index bits that vary within a block
/// @param mixed those of them that a gate changes
/// @param fixedPositions how many of the lowest positions hold the lowest index bits, before and after
/// @param layout for each position of the block the index bit that lies there at the end
/// @param steps the passes over each block
record Sweep(long inside, long mixed, int fixedPositions, int[] layout, List<Step> steps) {
    int bits() {
        return layout.length;
    }

    /// The index bits that may be 1 in an amplitude that is not 0 after this sweep. Those of a run count as such, since
    /// runs are read and written as a whole.
    ///
    /// @param before the same before the sweep
    long active(long before) {
        return before | mixed | (1L << fixedPositions) - 1;
    }

    /// How many of the lowest positions are read in one run: they lie in order, and nothing of them need be left out.
    ///
    /// @param active index bits that may be 1 in an amplitude that is not 0 before the sweep
    int readPositions(long active) {
        return Long.numberOfTrailingZeros(~(inside & active));
    }

    /// How many of the lowest positions are written in one run.
    int writtenPositions() {
        int positions = fixedPositions;
        while (positions < bits() && layout[positions] == positions) {
            positions++;
        }
        return positions;
    }

    /// Where each run of a block comes from.
    ///
    /// @param positions how many of the lowest positions make a run
    long[] sources(int positions) {
        long[] sources = new long[1 << bits() - positions];
        long high = inside >>> positions << positions;
        for (int run = 0; run < sources.length; run++) {
            sources[run] = Long.expand(run, high);
        }
        return sources;
    }

    /// Where each run goes.
    long[] destinations(int positions) {
        long[] destinations = new long[1 << bits() - positions];
        for (int p = positions; p < bits(); p++) {
            int half = 1 << p - positions;
            for (int run = 0; run < half; run++) {
                destinations[half + run] = destinations[run] | 1L << layout[p];
            }
        }
        return destinations;
    }

    /// The passes with their numbers.
    ///
    /// @param active index bits that may be 1 in an amplitude that is not 0 before the sweep
    Pass[] bind(Fusible[] program, long active) {
        Pass[] passes = new Pass[steps.size()];
        int live = (int) Long.compress(active, inside);
        for (int i = 0; i < passes.length; i++) {
            passes[i] = steps.get(i).bind(program, live);
            live = steps.get(i).live(live);
        }
        return passes;
    }
}
