package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Matrix;

/// Derivatives by the parameters of one gate, by applying the derivative of its matrix to the state before it.
final class WideGate {
    private WideGate() {}

    /// @param state behind the gate
    /// @param adjoint the observable applied to the final state, taken back to the same place
    static List<Double> derivatives(GateInstruction gate, StateVector state, StateVector adjoint) {
        List<Double> own = new ArrayList<>();
        for (int parameter = 0; parameter < gate.parameters().size(); parameter++) {
            Operation operation = Operation.of(gate);
            Matrix generator =
                    Derivatives.ofCore(gate, parameter).times(gate.coreMatrix().adjoint());
            Operation derivative = new Operation(
                    operation.targets(),
                    operation.controlMask(),
                    operation.controlValue(),
                    generator.toArray(),
                    operation.diagonal());
            StateVector changed = state.copy();
            PlainLoops.apply(changed, derivative);
            own.add(2 * overlap(adjoint, changed, operation));
        }
        return own;
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
