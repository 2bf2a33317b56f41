package org.quantumhub.engine.simulator;

/// One pass over a block as the planner leaves it: which gates, where, but not yet which numbers.
///
/// A plan depends on the shapes of the gates only, so that it can be kept and bound to other angles. Gates are numbered
/// as in the program.
sealed interface Step {
    /// Fills in the numbers of the gates.
    ///
    /// @param live the positions of the block that may be 1 in an amplitude that is not 0
    Pass bind(Fusible[] program, int live);

    /// What the live positions are after this step.
    default int live(int before) {
        return before;
    }

    /// Gates multiplied up to one matrix, or to one permutation.
    ///
    /// @param bits the index bits of the matrix, its least significant first
    /// @param offsets where its rows lie in the block
    /// @param outerControls index bits outside the block that choose among several matrices
    record Cluster(Pass.Groups groups, int[] bits, int[] offsets, long outerControls, boolean permutation, int[] gates)
            implements Step {
        @Override
        public Pass bind(Fusible[] program, int live) {
            Fusible[] own = new Fusible[gates.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = program[gates[i]];
            }
            int variants = 1 << Long.bitCount(outerControls);
            if (permutation) {
                int[][] moves = new int[variants][];
                for (int v = 0; v < variants; v++) {
                    moves[v] = ClusterMatrix.moves(bits, own, Long.expand(v, outerControls), offsets);
                }
                return new Pass.Permutation(groups.within(live), outerControls, moves);
            }
            Pass.Local local = variants == 1 ? LocalGates.of(groups.within(live), bits, offsets, own) : null;
            if (local != null) {
                return local;
            }
            double[][] matrices = new double[variants][];
            for (int v = 0; v < variants; v++) {
                double[] product = ClusterMatrix.product(bits, own, Long.expand(v, outerControls));
                matrices[v] = ClusterMatrix.isIdentity(product) ? new double[0] : product;
            }
            return new Pass.Dense(groups.within(live), offsets, outerControls, matrices);
        }

        @Override
        public int live(int before) {
            return before | offsets[offsets.length - 1];
        }
    }

    /// An exchange of lanes, which needs no numbers.
    record Lanes(Pass.LaneSwap swap) implements Step {
        @Override
        public Pass bind(Fusible[] program, int live) {
            return new Pass.LaneSwap(swap.groups().within(live), swap.places());
        }

        @Override
        public int live(int before) {
            int after = before;
            for (int lane = 0; lane < swap.places().length; lane++) {
                int both = 1 << lane | swap.places()[lane];
                boolean differ = (before & both) != 0 && (before & both) != both;
                after ^= differ ? both : 0;
            }
            return after;
        }
    }

    /// A single gate under many controls.
    record Lonely(int[] offsets, int fixed, int innerValue, long outer, long outerValue, int gate) implements Step {
        @Override
        public Pass bind(Fusible[] program, int live) {
            return new Pass.Sparse(offsets, fixed, innerValue, outer, outerValue, program[gate].matrix);
        }

        @Override
        public int live(int before) {
            return before | offsets[offsets.length - 1];
        }
    }

    /// One term of a phase polynomial, on three bits and more.
    record Term(int inner, long outer, int gate, int term) implements Step {
        @Override
        public Pass bind(Fusible[] program, int live) {
            double angle = program[gate].angles[term];
            return new Pass.MaskedPhase(inner, outer, Math.cos(angle), Math.sin(angle));
        }
    }

    /// All terms on one and two bits of some phase polynomials.
    record Phases(Block.Shape shape, int bits, int[] position, int[] gates) implements Step {
        @Override
        public Pass bind(Fusible[] program, int live) {
            return new PhasePass(shape, bits, position, program, gates, live);
        }
    }
}
