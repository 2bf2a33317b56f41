package org.quantumhub.engine.simulator;

import java.util.List;
import java.util.stream.IntStream;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;

/// A gate in the form the loops want: masks instead of lists, a matrix instead of a name.
///
/// @param targets the qubits the matrix acts on, its least significant bit first
/// @param controlMask bits of the controls
/// @param controlValue what an index must have there for the matrix to act
/// @param matrix row by row, real and imaginary part in turn
/// @param diagonal whether the matrix has entries on its diagonal only
record Operation(int[] targets, long controlMask, long controlValue, double[] matrix, boolean diagonal) {
    private static final int[] IN_ORDER = IntStream.range(0, 64).toArray();

    static Operation of(GateInstruction gate) {
        return of(gate, IN_ORDER);
    }

    /// @param place the index bit of each qubit
    static Operation of(GateInstruction gate, int[] place) {
        int own = gate.gate().controlCount();
        List<Integer> operands = gate.targets();
        int[] targets = new int[operands.size() - own];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = place[operands.get(own + i)];
        }
        long mask = 0;
        long value = 0;
        for (Control control : gate.controls()) {
            long bit = 1L << place[control.qubit()];
            mask |= bit;
            value |= control.positive() ? bit : 0;
        }
        for (int i = 0; i < own; i++) {
            long bit = 1L << place[operands.get(i)];
            mask |= bit;
            value |= gate.gate().controlPattern().get(i) ? bit : 0;
        }
        double[] matrix = gate.coreMatrix().toArray();
        return new Operation(targets, mask, value, matrix, isDiagonal(matrix, 1 << targets.length));
    }

    private static boolean isDiagonal(double[] matrix, int dimension) {
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++) {
                int place = 2 * (row * dimension + column);
                if (row != column && (matrix[place] != 0 || matrix[place + 1] != 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether a diagonal matrix holds nothing but phases.
    boolean unitary() {
        int dimension = 1 << targets.length;
        for (int i = 0; i < dimension; i++) {
            int place = 2 * (i * dimension + i);
            if (Math.abs(matrix[place] * matrix[place] + matrix[place + 1] * matrix[place + 1] - 1) > 1e-12) {
                return false;
            }
        }
        return true;
    }

    /// The same with a matrix on one qubit at least: where a phase has controls only, one of them becomes a target.
    Operation withTarget() {
        if (targets.length > 0 || controlMask == 0) {
            return this;
        }
        long bit = Long.lowestOneBit(controlMask);
        boolean positive = (controlValue & bit) != 0;
        double[] pair = new double[8];
        pair[positive ? 0 : 6] = 1;
        pair[positive ? 6 : 0] = matrix[0];
        pair[positive ? 7 : 1] = matrix[1];
        int[] target = {Long.numberOfTrailingZeros(bit)};
        return new Operation(target, controlMask & ~bit, controlValue & ~bit, pair, true);
    }

    /// Whether nothing happens at all.
    boolean isIdentity() {
        if (!diagonal) {
            return false;
        }
        int dimension = 1 << targets.length;
        for (int i = 0; i < dimension; i++) {
            int place = 2 * (i * dimension + i);
            if (matrix[place] != 1 || matrix[place + 1] != 0) {
                return false;
            }
        }
        return true;
    }
}
