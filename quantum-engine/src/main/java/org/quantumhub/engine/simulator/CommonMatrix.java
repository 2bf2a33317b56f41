package org.quantumhub.engine.simulator;

import java.util.List;
import java.util.stream.IntStream;
import org.quantumhub.engine.circuit.Matrix;

/// The common density matrix of two vectors on some qubits: entry (a, b) is the sum of `conj(left) * right` over all
/// amplitudes whose qubits are a in the left vector, b in the right one, and the same elsewhere.
final class CommonMatrix {
    private static final int FEWEST_PARALLEL = 18;
    private static final int PARTS = 64;

    private CommonMatrix() {}

    static Matrix of(StateVector left, StateVector right, List<Integer> qubits) {
        int qubit = qubits.getFirst();
        boolean fast = qubits.size() == 1 && BlockEngine.available() && qubit >= DoubleKernels.LANE_BITS;
        return fast ? single(left, right, qubit) : general(left, right, qubits);
    }

    private static Matrix single(StateVector left, StateVector right, int qubit) {
        int groups = left.re.length / 2;
        int parts = left.qubits < FEWEST_PARALLEL ? 1 : PARTS;
        double[][] sums = new double[parts][8];
        IntStream numbers = IntStream.range(0, parts);
        (parts == 1 ? numbers : numbers.parallel())
                .forEach(part -> DoubleKernels.cross(
                        left.re,
                        left.im,
                        right.re,
                        right.im,
                        groups / parts * part,
                        groups / parts * (part + 1),
                        1 << qubit,
                        sums[part]));
        double[] entries = new double[8];
        for (double[] sum : sums) {
            for (int i = 0; i < entries.length; i++) {
                entries[i] += sum[i];
            }
        }
        return Matrix.of(2, entries);
    }

    private static Matrix general(StateVector left, StateVector right, List<Integer> qubits) {
        int dimension = 1 << qubits.size();
        int[] offsets = new int[dimension];
        int mask = 0;
        for (int k = 0; k < qubits.size(); k++) {
            mask |= 1 << qubits.get(k);
            for (int i = 0; i < dimension; i++) {
                offsets[i] |= (i >> k & 1) << qubits.get(k);
            }
        }
        double[] entries = new double[2 * dimension * dimension];
        int free = left.re.length - 1 & ~mask;
        int groups = left.re.length >> qubits.size();
        for (int g = 0; g < groups; g++) {
            int base = Integer.expand(g, free);
            for (int a = 0, place = 0; a < dimension; a++) {
                double u = left.re[base | offsets[a]];
                double v = left.im[base | offsets[a]];
                for (int b = 0; b < dimension; b++, place += 2) {
                    double x = right.re[base | offsets[b]];
                    double y = right.im[base | offsets[b]];
                    entries[place] += u * x + v * y;
                    entries[place + 1] += u * y - v * x;
                }
            }
        }
        return Matrix.of(dimension, entries);
    }
}
