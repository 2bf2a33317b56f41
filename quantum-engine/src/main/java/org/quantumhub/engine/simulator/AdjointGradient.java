package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.ParameterisedCircuit;

/// The expectation of an observable and its derivative by every gate parameter, in one pass forward and one back.
///
/// Adjoint differentiation (Jones, Gacon, arXiv 2009.02823): the state and the observable applied to it are taken back
/// through the circuit together. The derivative by a gate's parameter is an overlap of the two that only needs their
/// common density matrix on the gate's qubits; gates on separate qubits are therefore looked at together, a [Layer] at
/// a
/// time, and between layers all gates are undone in fused sweeps. The cost is a few passes for each qubit and layer,
/// however
/// many parameters there are, and three states of memory.
///
/// @param value the expectation
/// @param derivatives for each gate of the circuit, in order, the derivatives by its parameters
public record AdjointGradient(double value, List<List<Double>> derivatives) {
    /// Computes the gradient of a circuit of gates.
    ///
    /// @throws CircuitException UNSUPPORTED when the circuit measures, resets or branches
    public static AdjointGradient of(Circuit circuit, PauliSum observable) {
        List<GateInstruction> gates = gates(circuit);
        RunOptions options = RunOptions.shots(0);
        StateVector state = StateVectorSimulator.evolve(circuit.qubitCount(), circuit.instructions(), options)
                .inOrder();
        double value = observable.expectation(state);
        StateVector adjoint = observable.applied(state);
        List<List<Double>> derivatives = new ArrayList<>(Collections.nCopies(gates.size(), List.<Double>of()));
        List<Operation> undone = new ArrayList<>();
        int next = gates.size() - 1;
        while (next >= 0) {
            Layer layer = new Layer();
            List<Operation> own = new ArrayList<>();
            while (next >= 0 && layer.takes(next, gates.get(next))) {
                own.add(Operation.of(gates.get(next).inverse()));
                next--;
            }
            if (own.isEmpty()) {
                // A gate on more qubits than a layer looks at, under many controls for the most part.
                advance(state, adjoint, undone, options);
                GateInstruction wide = gates.get(next);
                derivatives.set(next--, WideGate.derivatives(wide, state, adjoint));
                undone.add(Operation.of(wide.inverse()));
                continue;
            }
            if (layer.hasParameters()) {
                advance(state, adjoint, undone, options);
                layer.derivatives(state, adjoint, derivatives);
            }
            undone.addAll(own);
        }
        return new AdjointGradient(value, List.copyOf(derivatives));
    }

    /// The gradient by the variables of a circuit.
    ///
    /// @param value the expectation
    /// @param derivatives by each variable, in order
    public record ByVariable(double value, double[] derivatives) {}

    /// Computes the gradient by variables at some values of theirs.
    public static ByVariable of(ParameterisedCircuit circuit, double[] values, PauliSum observable) {
        AdjointGradient gradient = of(circuit.bind(values), observable);
        return new ByVariable(gradient.value(), circuit.byVariable(gradient.derivatives()));
    }

    static List<GateInstruction> gates(Circuit circuit) {
        List<GateInstruction> gates = new ArrayList<>();
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof GateInstruction gate) {
                gates.add(gate);
            } else if (!(instruction instanceof Instruction.Barrier)) {
                throw CircuitException.of(
                        CircuitProblem.UNSUPPORTED, "A gradient is known for circuits of gates alone.");
            }
        }
        return gates;
    }

    private static void advance(StateVector state, StateVector adjoint, List<Operation> undone, RunOptions options) {
        for (StateVector one : List.of(state, adjoint)) {
            if (one.qubits >= BlockEngine.FEWEST_QUBITS && BlockEngine.available()) {
                BlockEngine.advance(one, undone, options);
            } else {
                undone.forEach(operation -> PlainLoops.apply(one, operation));
            }
        }
        undone.clear();
    }
}
