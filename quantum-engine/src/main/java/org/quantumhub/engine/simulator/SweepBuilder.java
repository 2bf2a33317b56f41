package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes the steps of one sweep out of the gates that were chosen for it.
///
/// Gates with few bits are gathered into clusters around a seed, the first gate that is free to go: the cluster grows
/// by the bit or two that save most, as long as one matrix on up to three bits (or one permutation on up to five)
/// costs less than what it replaces. Phases are left lying as long as they are in nobody's way and then done in one
/// pass. When only gates on lane bits are left, the lanes are exchanged with the positions that are needed last.
final class SweepBuilder {
    private static final double[] DENSE_COST = {0, 10.5, 16, 26};
    private static final double PERMUTATION_COST = 9;
    private static final int MOST_DENSE = 3;
    private static final int MOST_PERMUTED = 5;
    private static final int MOST_OUTER = 2;
    private static final int MOST_CANDIDATES = 6;
    /// Two to the power of this many vectors in one set of the first-level cache leave room for others.
    private static final int MOST_OF_SET = 3;

    private final Block.Shape shape;
    private final int bits;
    private final long inside;
    private final int fixedPositions;
    private final int[] position;
    private final int[] at;
    /// The number in the program of each gate of the queue.
    private final int[] numbers;
    private final GateQueue queue;
    private final List<Step> steps = new ArrayList<>();

    private SweepBuilder(
            int qubits, Block.Shape shape, long inside, int fixedPositions, Fusible[] program, int[] numbers) {
        this.shape = shape;
        this.numbers = numbers;
        this.fixedPositions = fixedPositions;
        this.bits = Long.bitCount(inside);
        this.inside = inside;
        this.position = new int[qubits];
        this.at = new int[bits];
        Fusible[] gates = new Fusible[numbers.length];
        Arrays.setAll(gates, i -> program[numbers[i]]);
        this.queue = new GateQueue(gates);
        Arrays.fill(position, -1);
        int next = 0;
        for (long rest = inside; rest != 0; rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            at[next] = bit;
            position[bit] = next++;
        }
    }

    /// @param inside the index bits of a block
    /// @param fixedPositions how many of the lowest positions must hold their own bits at the end, lanes included
    /// @param numbers the gates of the program that belong to the sweep, in order; what they mix lies inside
    static Sweep build(
            int qubits, Block.Shape shape, long inside, int fixedPositions, Fusible[] program, int[] numbers) {
        SweepBuilder builder = new SweepBuilder(qubits, shape, inside, fixedPositions, program, numbers);
        long mixed = 0;
        for (int number : numbers) {
            mixed |= program[number].mixed;
        }
        builder.all();
        return new Sweep(inside, mixed, fixedPositions, builder.at, builder.steps);
    }

    private void all() {
        while (!queue.isEmpty()) {
            int seed = firstFree(lanes(), false);
            if (seed >= 0) {
                cluster(seed);
                continue;
            }
            int behindPhases = firstFree(lanes(), true);
            int onLanes = firstFree(0, false);
            if (behindPhases >= 0 || onLanes < 0) {
                phases();
            } else {
                swapLanes(queue.get(onLanes).all());
            }
        }
        restoreOrder();
    }

    /// The bits that lie in lanes at the moment.
    private long lanes() {
        long lanes = 0;
        for (int p = 0; p < shape.laneBits(); p++) {
            lanes |= 1L << at[p];
        }
        return lanes;
    }

    /// The bits of the block that a gate needs outside the lanes.
    private long needs(Fusible gate) {
        long needed = gate.mixed | gate.controlMask & inside;
        return isSparse(gate) ? 0 : needed;
    }

    private boolean isSparse(Fusible gate) {
        long needed = gate.mixed | gate.controlMask & inside;
        int outer = Long.bitCount(gate.controlMask & ~inside);
        return Long.bitCount(needed) > MOST_DENSE || outer > MOST_OUTER;
    }

    /// The first gate free to go that is not a phase and needs none of the given bits, or -1.
    private int firstFree(long forbidden, boolean phasesDone) {
        int[] found = {-1};
        queue.visit((gate, index) -> {
            if (gate.diagonal()) {
                return phasesDone;
            }
            if (found[0] < 0 && (needs(gate) & forbidden) == 0) {
                found[0] = index;
            }
            return false;
        });
        return found[0];
    }

    /// What a cluster on some bits would take in.
    private final class Absorption {
        private final long cluster;
        private final List<Integer> taken = new ArrayList<>();
        private final List<Long> candidates = new ArrayList<>();
        private double saved;
        private boolean permutation = true;
        private long outer;

        Absorption(long cluster) {
            this.cluster = cluster;
            queue.visit(this::takes);
        }

        private boolean takes(Fusible gate, int index) {
            if (gate.diagonal()) {
                long extra = gate.read & ~cluster;
                if (extra != 0) {
                    // A phase between the cluster and another bit may be all that keeps that bit's gates waiting.
                    if ((gate.read & cluster) != 0 && (extra & ~inside) == 0 && Long.bitCount(extra) == 1) {
                        suggest(extra);
                    }
                    return false;
                }
                permutation = false;
            } else {
                long extra = needs(gate) & ~cluster;
                long outside = outer | gate.controlMask & ~inside;
                if (isSparse(gate) || Long.bitCount(outside) > MOST_OUTER) {
                    return false;
                }
                if (extra != 0) {
                    suggest(extra);
                    return false;
                }
                outer = outside;
                permutation &= gate.permutation;
            }
            taken.add(index);
            saved += gate.cost();
            return true;
        }

        private void suggest(long extra) {
            if (candidates.size() < MOST_CANDIDATES
                    && Long.bitCount(extra | cluster) <= MOST_PERMUTED
                    && !candidates.contains(extra)) {
                candidates.add(extra);
            }
        }

        double gain() {
            int size = Long.bitCount(cluster);
            if (permutation) {
                return saved - PERMUTATION_COST;
            }
            return size > MOST_DENSE ? Double.NEGATIVE_INFINITY : saved - DENSE_COST[size];
        }
    }

    private void cluster(int seed) {
        Fusible gate = queue.get(seed);
        if (isSparse(gate)) {
            sparse(seed);
            return;
        }
        Absorption best = new Absorption(needs(gate));
        Absorption current = best;
        while (Long.bitCount(current.cluster) < MOST_PERMUTED) {
            Absorption next = null;
            for (long extra : current.candidates) {
                if ((extra & lanes()) == 0) {
                    Absorption larger = new Absorption(current.cluster | extra);
                    if (next == null || larger.gain() > next.gain()) {
                        next = larger;
                    }
                }
            }
            if (next == null || next.gain() == Double.NEGATIVE_INFINITY) {
                break;
            }
            current = next;
            if (current.gain() > best.gain()) {
                best = current;
            }
        }
        emit(best);
    }

    private void emit(Absorption absorption) {
        int[] clusterBits = new int[Long.bitCount(absorption.cluster)];
        int[] clusterPositions = new int[clusterBits.length];
        int i = 0;
        for (long rest = absorption.cluster; rest != 0; rest &= rest - 1) {
            clusterPositions[i++] = position[Long.numberOfTrailingZeros(rest)];
        }
        Arrays.sort(clusterPositions);
        int used = 0;
        for (i = 0; i < clusterBits.length; i++) {
            clusterBits[i] = at[clusterPositions[i]];
            used |= 1 << clusterPositions[i];
        }
        int[] offsets = new int[1 << clusterBits.length];
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = Integer.expand(k, used);
        }
        int[] gates = new int[absorption.taken.size()];
        Arrays.setAll(gates, k -> numbers[absorption.taken.get(k)]);
        absorption.taken.forEach(queue::finish);
        steps.add(new Step.Cluster(
                Pass.Groups.without(shape, bits, used),
                clusterBits,
                offsets,
                absorption.outer,
                absorption.permutation,
                gates));
    }

    private int inner(long mask) {
        int result = 0;
        for (long rest = mask & inside; rest != 0; rest &= rest - 1) {
            result |= 1 << position[Long.numberOfTrailingZeros(rest)];
        }
        return result;
    }

    private void sparse(int index) {
        Fusible gate = queue.get(index);
        int[] offsets = new int[1 << gate.targets.length];
        int fixed = inner(gate.controlMask);
        for (int t = 0; t < gate.targets.length; t++) {
            int target = position[gate.targets[t]];
            fixed |= 1 << target;
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] |= (i >> t & 1) << target;
            }
        }
        steps.add(new Step.Lonely(
                offsets,
                fixed,
                inner(gate.controlValue),
                gate.controlMask & ~inside,
                gate.controlValue & ~inside,
                numbers[index]));
        queue.finish(index);
    }

    /// All phases that are free to go: those on one and two bits in one pass, the others one by one.
    private void phases() {
        List<Integer> due = new ArrayList<>();
        queue.visit((gate, index) -> {
            if (gate.diagonal()) {
                due.add(index);
                return true;
            }
            return false;
        });
        List<Integer> simple = new ArrayList<>();
        for (int index : due) {
            Fusible gate = queue.get(index);
            boolean small = gate.constant != 0;
            for (int term = 0; term < gate.masks.length; term++) {
                long mask = gate.masks[term];
                if (Long.bitCount(mask) > 2) {
                    steps.add(new Step.Term(inner(mask), mask & ~inside, numbers[index], term));
                } else {
                    small = true;
                }
            }
            if (small) {
                simple.add(numbers[index]);
            }
            queue.finish(index);
        }
        if (!simple.isEmpty()) {
            int[] gates = simple.stream().mapToInt(Integer::intValue).toArray();
            steps.add(new Step.Phases(shape, bits, position.clone(), gates));
        }
    }

    /// Brings the bits in lanes up, in exchange for those that are needed last; the given ones stay where they are.
    private void swapLanes(long keep) {
        int[] use = queue.nextUse();
        long taken = 0;
        int[] partners = new int[shape.laneBits()];
        for (int lane = 0; lane < partners.length; lane++) {
            // where all else lies in one set of the cache, the last ones have to lie elsewhere
            boolean full = lane >= MOST_OF_SET && taken >>> shape.setPosition() << shape.setPosition() == taken;
            int latest = latest(use, keep, taken, full ? shape.setPosition() : bits);
            latest = latest < 0 ? latest(use, keep, taken, bits) : latest;
            taken |= 1L << latest;
            partners[lane] = latest;
        }
        exchange(partners);
    }

    /// The position below an end whose bit is needed last, or -1.
    private int latest(int[] use, long keep, long taken, int end) {
        int latest = -1;
        for (int p = fixedPositions; p < Math.min(end, bits); p++) {
            boolean eligible = (taken >>> p & 1) == 0 && (keep >>> at[p] & 1) == 0;
            if (eligible && (latest < 0 || use[at[p]] > use[at[latest]])) {
                latest = p;
            }
        }
        return latest;
    }

    private void exchange(int[] partners) {
        int used = 0;
        for (int lane = 0; lane < partners.length; lane++) {
            int partner = partners[lane];
            used |= 1 << partner;
            int bit = at[lane];
            at[lane] = at[partner];
            at[partner] = bit;
            position[at[lane]] = lane;
            position[bit] = partner;
        }
        int[] places = new int[partners.length];
        Arrays.setAll(places, lane -> 1 << partners[lane]);
        steps.add(new Step.Lanes(new Pass.LaneSwap(Pass.Groups.without(shape, bits, used), places)));
    }

    /// Puts the lanes' own bits back into the lanes. What lies above the fixed positions may stay in any order: it is
    /// put right while the block is written back.
    private void restoreOrder() {
        long own = 0;
        int[] partners = new int[shape.laneBits()];
        int wrong = 0;
        int away = 0;
        long rest = inside;
        for (int lane = 0; lane < partners.length; lane++, rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            own |= 1L << bit;
            wrong += at[lane] == bit ? 0 : 1;
            away += position[bit] >= partners.length ? 1 : 0;
        }
        if (wrong == 0) {
            return;
        }
        if (away < partners.length) {
            // Lanes are exchanged all at once, so those that are already here have to leave first.
            swapLanes(own);
        }
        rest = inside;
        for (int lane = 0; lane < partners.length; lane++, rest &= rest - 1) {
            partners[lane] = position[Long.numberOfTrailingZeros(rest)];
        }
        exchange(partners);
    }
}
