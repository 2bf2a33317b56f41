package org.quantumhub.engine.transpiler;

import java.util.List;
import org.quantumhub.engine.circuit.Matrix;

/// One step of a circuit that has been taken apart.
sealed interface Step {

    /// Any operation on one qubit.
    record Turn(int qubit, Matrix matrix) implements Step {}

    /// A sign on the state in which both qubits are 1: the one gate of two qubits that everything is made of.
    record ControlledZ(int first, int second) implements Step {}

    /// Two qubits change places. The router puts it in; nothing else does.
    record Swap(int first, int second) implements Step {}

    record Measure(int qubit, int clbit) implements Step {}

    record Barrier(List<Integer> qubits) implements Step {}
}
