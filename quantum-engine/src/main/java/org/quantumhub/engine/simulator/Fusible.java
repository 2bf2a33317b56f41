package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gate in the form the planner works with: either a matrix on targets under controls, or a phase
/// polynomial `exp(i (constant + sum of angle_k over all masks whose bits are 1))`.
///
/// Diagonal gates commute with each other and with the controls of all gates, which is what gives the planner its
/// freedom.
final class Fusible {
    private static final double[] NO_MATRIX = {};
    private static final int[] NO_TARGETS = {};
    private static final int MOST_NEGATIVE = 4;

    /// Target bits of a matrix, its least significant bit first; empty for a phase polynomial.
    final int[] targets;
    final double[] matrix;
    final long controlMask;
    final long controlValue;
    final double constant;
    final long[] masks;
    final double[] angles;
    /// Bits that are mixed (targets), and bits that are only looked at (controls, masks).
    final long mixed;
    final long read;
    final boolean permutation;

    private Fusible(
            int[] targets,
            double[] matrix,
            long controlMask,
            long controlValue,
            double constant,
            long[] masks,
            double[] angles) {
        this.targets = targets;
        this.matrix = matrix;
        this.controlMask = controlMask;
        this.controlValue = controlValue;
        this.constant = constant;
        this.masks = masks;
        this.angles = angles;
        long mix = 0;
        for (int target : targets) {
            mix |= 1L << target;
        }
        long look = controlMask;
        for (long mask : masks) {
            look |= mask;
        }
        this.mixed = mix;
        this.read = look;
        this.permutation = targets.length > 0 && isPermutation(matrix);
    }

    /// A sum of phases.
    static Fusible phases(long[] masks, double[] angles) {
        return new Fusible(NO_TARGETS, NO_MATRIX, 0, 0, 0, masks, angles);
    }

    /// An operation in the form that suits it.
    static Fusible of(Operation operation) {
        Fusible phases = operation.diagonal() && operation.unitary() ? diagonal(operation) : null;
        if (phases != null) {
            return phases;
        }
        Operation dense = operation.withTarget();
        return matrix(dense.targets(), dense.matrix(), dense.controlMask(), dense.controlValue());
    }

    static Fusible matrix(int[] targets, double[] matrix, long controlMask, long controlValue) {
        return new Fusible(targets, matrix, controlMask, controlValue, 0, new long[0], new double[0]);
    }

    boolean diagonal() {
        return targets.length == 0;
    }

    long all() {
        return mixed | read;
    }

    /// Whether an amplitude has what the controls ask for.
    boolean feels(long index) {
        return (index & controlMask) == controlValue;
    }

    /// The column of the matrix that an amplitude meets.
    int column(long index) {
        int column = 0;
        for (int t = 0; t < targets.length; t++) {
            column |= (int) (index >>> targets[t] & 1) << t;
        }
        return column;
    }

    /// Where a row of the matrix puts an amplitude.
    long moved(long index, int row) {
        long result = index & ~mixed;
        for (int t = 0; t < targets.length; t++) {
            result |= (long) (row >> t & 1) << targets[t];
        }
        return result;
    }

    /// Where a permutation moves an amplitude.
    long moved(long index) {
        if (!feels(index)) {
            return index;
        }
        int column = column(index);
        int row = 0;
        while (matrix[2 * ((row << targets.length) + column)] == 0) {
            row++;
        }
        return moved(index, row);
    }

    /// By how much a phase polynomial turns an amplitude.
    double angle(long index) {
        double angle = constant;
        for (int k = 0; k < masks.length; k++) {
            angle += (index & masks[k]) == masks[k] ? angles[k] : 0;
        }
        return angle;
    }

    /// Rough cost of a pass of its own, in tenths of a nanosecond for a thousand amplitudes of L2.
    double cost() {
        if (diagonal()) {
            return 0.7 * masks.length;
        }
        return controlMask != 0 ? 14 : targets.length == 1 ? 10.5 : targets.length == 2 ? 16 : 26;
    }

    /// Whether every row and every column has a single entry that is not 0, and that is 1. Channels have other matrices
    /// of zeros and ones: the complete damping of a qubit, for one.
    private static boolean isPermutation(double[] matrix) {
        int dimension = (int) Math.sqrt(matrix.length / 2);
        long columns = 0;
        for (int row = 0; row < dimension; row++) {
            int ones = 0;
            for (int column = 0; column < dimension; column++) {
                int place = 2 * (row * dimension + column);
                if (matrix[place] == 1 && matrix[place + 1] == 0) {
                    ones++;
                    columns |= 1L << column;
                } else if (matrix[place] != 0 || matrix[place + 1] != 0) {
                    return false;
                }
            }
            if (ones != 1) {
                return false;
            }
        }
        return Long.bitCount(columns) == dimension;
    }

    /// A diagonal gate as a phase polynomial, by the Möbius transform over subsets of its targets; null when many
    /// negative controls would make too many terms of it.
    static @Nullable Fusible diagonal(Operation operation) {
        int[] targets = operation.targets();
        double[] m = operation.matrix();
        int dimension = 1 << targets.length;
        long negative = operation.controlMask() & ~operation.controlValue();
        if (targets.length > 3 || Long.bitCount(negative) > MOST_NEGATIVE) {
            return null;
        }
        double[] angle = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            int place = 2 * (i * dimension + i);
            angle[i] = Math.atan2(m[place + 1], m[place]);
        }
        for (int bit = 1; bit < dimension; bit <<= 1) {
            for (int i = 0; i < dimension; i++) {
                if ((i & bit) != 0) {
                    angle[i] -= angle[i ^ bit];
                }
            }
        }
        double constant = 0;
        List<Long> masks = new ArrayList<>();
        List<Double> angles = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            if (angle[i] == 0) {
                continue;
            }
            long mask = operation.controlValue();
            for (int t = 0; t < targets.length; t++) {
                mask |= (long) (i >> t & 1) << targets[t];
            }
            // Not being 1 is 1 minus being 1, for each negative control.
            for (long subset = negative; ; subset = subset - 1 & negative) {
                double signed = (Long.bitCount(subset) & 1) == 0 ? angle[i] : -angle[i];
                if ((mask | subset) == 0) {
                    constant += signed;
                } else {
                    masks.add(mask | subset);
                    angles.add(signed);
                }
                if (subset == 0) {
                    break;
                }
            }
        }
        return new Fusible(
                NO_TARGETS,
                NO_MATRIX,
                0,
                0,
                constant,
                masks.stream().mapToLong(Long::longValue).toArray(),
                angles.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
