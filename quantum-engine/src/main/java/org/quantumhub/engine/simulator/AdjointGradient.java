package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// The expectation of an observable and its derivative by every gate parameter, in one pass forward and one back.
///
/// Adjoint differentiation (Jones, Gacon, arXiv 2009.02823): the cost is a few passes for each gate, however many
/// parameters there are, and three states of memory.
///
/// @param value the expectation
/// @param derivatives for each gate of the circuit, in order, the derivatives by its parameters
public record AdjointGradient(double value, List<List<Double>> derivatives) {
    /// Every entry of every matrix of the gate table is a trigonometric polynomial in each parameter with frequencies
    /// 0, 1/2 and 1. Its derivative is `a (f(t + π/2) - f(t - π/2)) + b (f(t + π) - f(t - π))` with these weights,
    /// exactly.
    private static final double NEAR = 0.5;

    private static final double FAR = 0.25 - Math.sqrt(0.125);

    /// Computes the gradient of a circuit of gates.
    ///
    /// @throws CircuitException UNSUPPORTED when the circuit measures, resets or branches
    public static AdjointGradient of(Circuit circuit, PauliSum observable) {
        List<GateInstruction> gates = new ArrayList<>();
        StateVector state = StateVector.zero(circuit.qubitCount());
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof GateInstruction gate) {
                gates.add(gate);
                PlainLoops.apply(state, Operation.of(gate));
            } else if (!(instruction instanceof Instruction.Barrier)) {
                throw CircuitException.of(
                        CircuitProblem.UNSUPPORTED, "A gradient is known for circuits of gates alone.");
            }
        }
        double value = observable.expectation(state);
        StateVector adjoint = observable.applied(state);
        StateVector changed = state.copy();
        List<List<Double>> derivatives = new ArrayList<>();
        for (GateInstruction gate : gates.reversed()) {
            Operation undo = Operation.of(gate.inverse());
            PlainLoops.apply(state, undo);
            List<Double> own = new ArrayList<>();
            for (int parameter = 0; parameter < gate.parameters().size(); parameter++) {
                Operation derivative = derivative(gate, parameter);
                changed.become(state);
                PlainLoops.apply(changed, derivative);
                own.add(2 * overlap(adjoint, changed, derivative));
            }
            derivatives.add(own);
            PlainLoops.apply(adjoint, undo);
        }
        Collections.reverse(derivatives);
        return new AdjointGradient(value, List.copyOf(derivatives));
    }

    private static Operation derivative(GateInstruction gate, int parameter) {
        Operation operation = Operation.of(gate);
        double[] near = difference(gate, parameter, Math.PI / 2);
        double[] far = difference(gate, parameter, Math.PI);
        double[] matrix = new double[near.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = NEAR * near[i] + FAR * far[i];
        }
        return new Operation(
                operation.targets(), operation.controlMask(), operation.controlValue(), matrix, operation.diagonal());
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

    /// The real part of the overlap, where the controls agree: elsewhere the gate does not depend on anything.
    private static double overlap(StateVector left, StateVector right, Operation operation) {
        double sum = 0;
        for (int i = 0; i < left.re.length; i++) {
            if ((i & operation.controlMask()) == operation.controlValue()) {
                sum += left.re[i] * right.re[i] + left.im[i] * right.im[i];
            }
        }
        return sum;
    }
}
