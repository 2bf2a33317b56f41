package org.quantumhub.engine.simulator;

import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Matrix;

/// Derivatives of the matrices of gates.
///
/// Every entry of every matrix of the gate table is a trigonometric polynomial in each parameter with frequencies 0,
/// 1/2
/// and 1. Its derivative is `a (f(t + π/2) - f(t - π/2)) + b (f(t + π) - f(t - π))` with fixed weights, exactly.
final class Derivatives {
    private static final double NEAR = 0.5;
    private static final double FAR = 0.25 - Math.sqrt(0.125);

    private Derivatives() {}

    /// The derivative of a gate's core matrix by one of its parameters.
    static Matrix ofCore(GateInstruction gate, int parameter) {
        double[] near = difference(gate, parameter, Math.PI / 2);
        double[] far = difference(gate, parameter, Math.PI);
        double[] matrix = new double[near.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = NEAR * near[i] + FAR * far[i];
        }
        return Matrix.of(gate.coreMatrix().dimension(), matrix);
    }

    private static double[] difference(GateInstruction instruction, int parameter, double shift) {
        Gate gate = instruction.gate();
        double[] parameters = instruction.parameterArray();
        parameters[parameter] += shift;
        Matrix plus = gate.coreMatrix(parameters);
        parameters[parameter] -= 2 * shift;
        Matrix minus = gate.coreMatrix(parameters);
        double[] result = plus.toArray();
        double[] other = minus.toArray();
        for (int i = 0; i < result.length; i++) {
            result[i] -= other[i];
        }
        return result;
    }
}
