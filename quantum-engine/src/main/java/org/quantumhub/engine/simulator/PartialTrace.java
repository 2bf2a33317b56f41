package org.quantumhub.engine.simulator;

import java.util.HashSet;
import java.util.List;
import org.quantumhub.engine.circuit.Matrix;

/// Density matrices of some qubits of a larger state.
public final class PartialTrace {
    /// The largest number of qubits to keep.
    public static final int MOST_QUBITS = 8;

    private PartialTrace() {}

    /// The density matrix of some qubits, all others being traced out.
    ///
    /// @param keep the qubits, the first being the least significant bit of the matrix; at most 8
    /// @throws IllegalArgumentException for qubits that do not exist or are named twice
    public static Matrix of(PureState state, List<Integer> keep) {
        check(state.qubits(), keep);
        int dimension = 1 << keep.size();
        long[] offsets = offsets(keep);
        long mask = mask(keep);
        long free = state.size() - 1 & ~mask;
        double[] entries = new double[2 * dimension * dimension];
        double[] x = new double[dimension];
        double[] y = new double[dimension];
        long groups = 1L << Long.bitCount(free);
        for (long g = 0; g < groups; g++) {
            long base = Long.expand(g, free);
            for (int i = 0; i < dimension; i++) {
                x[i] = state.re(base | offsets[i]);
                y[i] = state.im(base | offsets[i]);
            }
            for (int row = 0, place = 0; row < dimension; row++) {
                for (int column = 0; column < dimension; column++, place += 2) {
                    entries[place] += x[row] * x[column] + y[row] * y[column];
                    entries[place + 1] += y[row] * x[column] - x[row] * y[column];
                }
            }
        }
        return Matrix.of(dimension, entries);
    }

    /// The same of a density matrix given as a vector: row bits below column bits.
    static Matrix ofMatrix(StateVector matrix, int qubits, List<Integer> keep) {
        check(qubits, keep);
        int dimension = 1 << keep.size();
        long[] offsets = offsets(keep);
        long free = (1L << qubits) - 1 & ~mask(keep);
        double[] entries = new double[2 * dimension * dimension];
        long groups = 1L << Long.bitCount(free);
        for (int row = 0, place = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++, place += 2) {
                for (long g = 0; g < groups; g++) {
                    long base = Long.expand(g, free);
                    long entry = (base | offsets[row]) | (base | offsets[column]) << qubits;
                    entries[place] += matrix.re(entry);
                    entries[place + 1] += matrix.im(entry);
                }
            }
        }
        return Matrix.of(dimension, entries);
    }

    private static void check(int qubits, List<Integer> keep) {
        if (keep.size() > MOST_QUBITS || new HashSet<>(keep).size() != keep.size()) {
            throw new IllegalArgumentException("Up to " + MOST_QUBITS + " different qubits were expected, not " + keep);
        }
        for (int qubit : keep) {
            if (qubit < 0 || qubit >= qubits) {
                throw new IllegalArgumentException("Qubit " + qubit + " does not exist; there are " + qubits);
            }
        }
    }

    private static long mask(List<Integer> keep) {
        long mask = 0;
        for (int qubit : keep) {
            mask |= 1L << qubit;
        }
        return mask;
    }

    private static long[] offsets(List<Integer> keep) {
        long[] offsets = new long[1 << keep.size()];
        for (int i = 0; i < offsets.length; i++) {
            for (int k = 0; k < keep.size(); k++) {
                offsets[i] |= (long) (i >> k & 1) << keep.get(k);
            }
        }
        return offsets;
    }
}
