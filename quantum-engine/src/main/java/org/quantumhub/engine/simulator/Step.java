package org.quantumhub.engine.simulator;

/// One pass over a block.
///
/// Planned once and run on every block, by several threads at a time: a step keeps nothing of its own between runs.
sealed interface Step {
    /// @param outer the index bits outside the block, which are the same for all its amplitudes
    void apply(Block block, long outer);

    /// The groups of vectors that a kernel visits: all places of a block with zeros at the given positions.
    record Groups(int count, int mask) {
        static Groups without(int bits, int positions) {
            int lanes = VectorKernels.LANES - 1;
            int count = 1 << bits - VectorKernels.LANE_BITS - Integer.bitCount(positions);
            return new Groups(count, (1 << bits) - 1 & ~positions & ~lanes);
        }
    }

    /// A cluster of gates multiplied into one matrix on one to three positions, one matrix for each combination of
    /// the control bits outside the block; empty where that combination does nothing.
    record Dense(Groups groups, int[] offsets, long outerControls, double[][] matrices) implements Step {
        @Override
        public void apply(Block block, long outer) {
            double[] matrix = matrices[(int) Long.compress(outer, outerControls)];
            if (matrix.length == 0) {
                return;
            }
            int count = groups.count();
            int mask = groups.mask();
            switch (offsets.length) {
                case 2 -> VectorKernels.dense1(block.data(), block.im(), Block.ALIGNMENT, count, mask, offsets, matrix);
                case 4 -> VectorKernels.dense2(block.data(), block.im(), Block.ALIGNMENT, count, mask, offsets, matrix);
                default ->
                    VectorKernels.dense3(block.data(), block.im(), Block.ALIGNMENT, count, mask, offsets, matrix);
            }
        }
    }

    /// A cluster of gates that only move amplitudes about: pairs of places, to and from.
    record Permutation(Groups groups, long outerControls, int[][] moves) implements Step {
        @Override
        public void apply(Block block, long outer) {
            int[] pairs = moves[(int) Long.compress(outer, outerControls)];
            int count = groups.count();
            int mask = groups.mask();
            if (pairs.length == 4 && pairs[0] == pairs[3] && pairs[1] == pairs[2]) {
                VectorKernels.exchange(block.data(), block.im(), Block.ALIGNMENT, count, mask, pairs[0], pairs[1]);
            } else if (pairs.length > 0) {
                VectorKernels.permute(block.data(), block.im(), Block.ALIGNMENT, count, mask, pairs, block.scratch);
            }
        }
    }

    /// Exchanges each lane bit with a higher position, lane 0 with the first of them.
    record LaneSwap(Groups groups, int bits, int[] positions) implements Step {
        @Override
        public void apply(Block block, long outer) {
            for (int base : new int[] {Block.ALIGNMENT, Block.ALIGNMENT + block.im()}) {
                if (positions.length == 3) {
                    VectorKernels.swapThreeLanes(
                            block.data(),
                            base,
                            groups.count(),
                            groups.mask(),
                            1 << positions[0],
                            1 << positions[1],
                            1 << positions[2]);
                    continue;
                }
                for (int lane = 0; lane < positions.length; lane++) {
                    Groups pair = Groups.without(bits, 1 << positions[lane]);
                    VectorKernels.swapLane(
                            block.data(), base, pair.count(), pair.mask(), 1 << lane, 1 << positions[lane]);
                }
            }
        }
    }

    /// A small matrix under many controls, of which only a few amplitudes feel anything: one at a time.
    record Sparse(int bits, int[] targets, int inner, int innerValue, long outer, long outerValue, double[] matrix)
            implements Step {
        @Override
        public void apply(Block block, long outerBits) {
            if ((outerBits & outer) != outerValue) {
                return;
            }
            int dimension = 1 << targets.length;
            int[] offsets = new int[dimension];
            int fixed = inner;
            for (int t = 0; t < targets.length; t++) {
                fixed |= 1 << targets[t];
                for (int i = 0; i < dimension; i++) {
                    offsets[i] |= (i >> t & 1) << targets[t];
                }
            }
            int free = (1 << bits) - 1 & ~fixed;
            int count = 1 << Integer.bitCount(free);
            double[] x = new double[2 * dimension];
            for (int g = 0; g < count; g++) {
                multiply(block, Block.ALIGNMENT + (Integer.expand(g, free) | innerValue), offsets, x);
            }
        }

        private void multiply(Block block, int base, int[] offsets, double[] x) {
            double[] a = block.data();
            int im = block.im();
            int dimension = offsets.length;
            for (int i = 0; i < dimension; i++) {
                x[2 * i] = a[base + offsets[i]];
                x[2 * i + 1] = a[base + offsets[i] + im];
            }
            for (int row = 0, place = 0; row < dimension; row++) {
                double re = 0;
                double sum = 0;
                for (int column = 0; column < dimension; column++, place += 2) {
                    re += matrix[place] * x[2 * column] - matrix[place + 1] * x[2 * column + 1];
                    sum += matrix[place] * x[2 * column + 1] + matrix[place + 1] * x[2 * column];
                }
                a[base + offsets[row]] = re;
                a[base + offsets[row] + im] = sum;
            }
        }
    }

    /// A phase on the amplitudes that have all bits of a mask, for masks of three bits and more.
    record MaskedPhase(int bits, int inner, long outer, double re, double im) implements Step {
        @Override
        public void apply(Block block, long outerBits) {
            if ((outerBits & outer) != outer) {
                return;
            }
            double[] a = block.data();
            int gap = block.im();
            int free = (1 << bits) - 1 & ~inner;
            int count = 1 << Integer.bitCount(free);
            for (int g = 0; g < count; g++) {
                int i = Block.ALIGNMENT + (Integer.expand(g, free) | inner);
                double x = a[i];
                double y = a[i + gap];
                a[i] = x * re - y * im;
                a[i + gap] = x * im + y * re;
            }
        }
    }

    /// All phases on one and two bits that are due, in one pass.
    record Phases(PhasePass pass) implements Step {
        @Override
        public void apply(Block block, long outer) {
            pass.apply(block, outer);
        }
    }
}
