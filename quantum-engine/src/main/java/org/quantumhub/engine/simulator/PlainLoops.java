package org.quantumhub.engine.simulator;

/// Applies gates to a state one after the other, in place, without any planning.
///
/// The indices a gate treats together differ only in its target bits; `Long.expand` (one machine instruction where
/// there is one) spreads a counter over the remaining bits. Best for small states, where planning would cost more
/// than it saves, and the yardstick for everything that is cleverer.
final class PlainLoops {
    private PlainLoops() {}

    static void apply(StateVector state, Operation operation) {
        int[] targets = operation.targets();
        if (operation.diagonal()) {
            diagonal(state, operation);
        } else if (targets.length == 1 && operation.controlMask() == 0) {
            single(state, targets[0], operation.matrix());
        } else if (targets.length == 1) {
            controlledSingle(state, operation);
        } else {
            dense(state, operation);
        }
    }

    private static void diagonal(StateVector state, Operation operation) {
        double[] m = operation.matrix();
        int[] targets = operation.targets();
        int dimension = 1 << targets.length;
        long mask = operation.controlMask();
        for (int target : targets) {
            mask |= 1L << target;
        }
        long free = state.size() - 1 & ~mask;
        long groups = 1L << Long.bitCount(free);
        for (int i = 0; i < dimension; i++) {
            double c = m[2 * (i * dimension + i)];
            double s = m[2 * (i * dimension + i) + 1];
            if (c == 1 && s == 0) {
                continue;
            }
            long fixed = operation.controlValue();
            for (int t = 0; t < targets.length; t++) {
                fixed |= (long) (i >> t & 1) << targets[t];
            }
            phase(state, free, fixed, groups, c, s);
        }
    }

    private static void phase(StateVector state, long free, long fixed, long groups, double c, double s) {
        double[] re = state.re;
        double[] im = state.im;
        for (long g = 0; g < groups; g++) {
            int k = (int) (Long.expand(g, free) | fixed);
            double x = re[k];
            double y = im[k];
            re[k] = x * c - y * s;
            im[k] = x * s + y * c;
        }
    }

    /// Two nested loops over contiguous runs, which the compiler turns into vector code by itself.
    private static void single(StateVector state, int target, double[] m) {
        double[] re = state.re;
        double[] im = state.im;
        int half = 1 << target;
        for (int block = 0; block < re.length; block += 2 * half) {
            for (int i = block; i < block + half; i++) {
                int j = i + half;
                double x0 = re[i];
                double y0 = im[i];
                double x1 = re[j];
                double y1 = im[j];
                re[i] = m[0] * x0 - m[1] * y0 + m[2] * x1 - m[3] * y1;
                im[i] = m[0] * y0 + m[1] * x0 + m[2] * y1 + m[3] * x1;
                re[j] = m[4] * x0 - m[5] * y0 + m[6] * x1 - m[7] * y1;
                im[j] = m[4] * y0 + m[5] * x0 + m[6] * y1 + m[7] * x1;
            }
        }
    }

    private static void controlledSingle(StateVector state, Operation operation) {
        double[] m = operation.matrix();
        double[] re = state.re;
        double[] im = state.im;
        int half = 1 << operation.targets()[0];
        long free = state.size() - 1 & ~(operation.controlMask() | half);
        long groups = 1L << Long.bitCount(free);
        long fixed = operation.controlValue();
        for (long g = 0; g < groups; g++) {
            int i = (int) (Long.expand(g, free) | fixed);
            int j = i | half;
            double x0 = re[i];
            double y0 = im[i];
            double x1 = re[j];
            double y1 = im[j];
            re[i] = m[0] * x0 - m[1] * y0 + m[2] * x1 - m[3] * y1;
            im[i] = m[0] * y0 + m[1] * x0 + m[2] * y1 + m[3] * x1;
            re[j] = m[4] * x0 - m[5] * y0 + m[6] * x1 - m[7] * y1;
            im[j] = m[4] * y0 + m[5] * x0 + m[6] * y1 + m[7] * x1;
        }
    }

    private static void dense(StateVector state, Operation operation) {
        double[] m = operation.matrix();
        int[] targets = operation.targets();
        int dimension = 1 << targets.length;
        long mask = operation.controlMask();
        int[] offsets = new int[dimension];
        for (int t = 0; t < targets.length; t++) {
            mask |= 1L << targets[t];
            for (int i = 0; i < dimension; i++) {
                offsets[i] |= (i >> t & 1) << targets[t];
            }
        }
        long free = state.size() - 1 & ~mask;
        long groups = 1L << Long.bitCount(free);
        double[] x = new double[dimension];
        double[] y = new double[dimension];
        for (long g = 0; g < groups; g++) {
            int base = (int) (Long.expand(g, free) | operation.controlValue());
            for (int i = 0; i < dimension; i++) {
                x[i] = state.re[base | offsets[i]];
                y[i] = state.im[base | offsets[i]];
            }
            for (int row = 0; row < dimension; row++) {
                double sumRe = 0;
                double sumIm = 0;
                int place = 2 * row * dimension;
                for (int column = 0; column < dimension; column++, place += 2) {
                    sumRe += m[place] * x[column] - m[place + 1] * y[column];
                    sumIm += m[place] * y[column] + m[place + 1] * x[column];
                }
                state.re[base | offsets[row]] = sumRe;
                state.im[base | offsets[row]] = sumIm;
            }
        }
    }
}
