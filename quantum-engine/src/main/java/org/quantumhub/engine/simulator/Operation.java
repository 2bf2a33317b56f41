package org.quantumhub.engine.simulator;

import java.util.List;
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
    static Operation of(GateInstruction gate) {
        List<Integer> on = gate.coreTargets();
        int[] targets = new int[on.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = on.get(i);
        }
        long mask = 0;
        long value = 0;
        for (Control control : gate.allControls()) {
            mask |= 1L << control.qubit();
            value |= (control.positive() ? 1L : 0L) << control.qubit();
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
