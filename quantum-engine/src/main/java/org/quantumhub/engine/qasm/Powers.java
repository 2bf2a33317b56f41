package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// `pow(k) @`: rotations take their angle times k, whole powers are repetitions, and other powers are computed from the
/// eigenvalues, whose phases are taken between -π and π; of what acts on up to five qubits.
final class Powers {
    /// Gates whose only parameter is proportional to the logarithm of their matrix.
    private static final Set<String> ROTATIONS = Set.of(
            "gphase",
            "p",
            "rx",
            "ry",
            "rz",
            "cp",
            "crx",
            "cry",
            "crz",
            "rxx",
            "ryy",
            "rzz",
            "rzx",
            "xy",
            "u0",
            "cphaseshift00",
            "cphaseshift01",
            "cphaseshift10");

    private static final int MOST_QUBITS = 5;

    private Powers() {}

    static boolean scales(Gate gate) {
        return ROTATIONS.contains(gate.name());
    }

    static List<Instruction> of(Token at, List<Instruction> base, double power, int most) {
        GateInstruction single = base.size() == 1 && base.getFirst() instanceof GateInstruction gate ? gate : null;
        if (single != null && scales(single.gate())) {
            double angle = single.parameters().getFirst() * power;
            if (!Double.isFinite(angle)) {
                throw at.problem(CircuitProblem.INVALID_VALUE, "This power makes an angle that is not finite.");
            }
            return List.of(new GateInstruction(single.gate(), List.of(angle), single.controls(), single.targets()));
        }
        if (power == Math.rint(power)) {
            return repeated(at, base, power, most);
        }
        if (single != null && single.coreTargets().size() == 1) {
            return List.of(fractional(single, power));
        }
        return List.of(general(at, base, power));
    }

    /// The power of several gates together, as a matrix on all of their qubits.
    private static GateInstruction general(Token at, List<Instruction> base, double power) {
        List<Integer> qubits = base.stream()
                .filter(GateInstruction.class::isInstance)
                .flatMap(gate -> ((GateInstruction) gate).qubits().stream())
                .distinct()
                .sorted()
                .toList();
        boolean gates = base.stream().allMatch(GateInstruction.class::isInstance);
        if (!gates || qubits.isEmpty() || qubits.size() > MOST_QUBITS) {
            throw at.problem(
                    CircuitProblem.UNSUPPORTED,
                    "A power that is not a whole number is only known for gates on up to " + MOST_QUBITS
                            + " qubits, without barriers.");
        }
        Matrix product = Matrix.identity(1 << qubits.size());
        for (Instruction instruction : base) {
            product = onto(qubits, (GateInstruction) instruction).times(product);
        }
        String name =
                base.size() == 1 ? ((GateInstruction) base.getFirst()).gate().name() : "several_gates";
        Gate gate = Gate.unitary(name + "_to_the_" + power, UnitaryPower.of(product, power));
        return new GateInstruction(gate, List.of(), List.of(), qubits);
    }

    /// The matrix of a gate on more qubits than its own.
    private static Matrix onto(List<Integer> qubits, GateInstruction gate) {
        Matrix core = gate.coreMatrix();
        int dimension = 1 << qubits.size();
        int must = 0;
        int care = 0;
        for (Control control : gate.allControls()) {
            int bit = 1 << qubits.indexOf(control.qubit());
            care |= bit;
            must |= control.positive() ? bit : 0;
        }
        int[] places = gate.coreTargets().stream().mapToInt(qubits::indexOf).toArray();
        double[] entries = new double[2 * dimension * dimension];
        for (int column = 0; column < dimension; column++) {
            if ((column & care) != must) {
                entries[2 * (column * dimension + column)] = 1;
                continue;
            }
            int small = 0;
            int rest = column;
            for (int i = 0; i < places.length; i++) {
                small |= (column >> places[i] & 1) << i;
                rest &= ~(1 << places[i]);
            }
            for (int k = 0; k < core.dimension(); k++) {
                int row = rest;
                for (int i = 0; i < places.length; i++) {
                    row |= (k >> i & 1) << places[i];
                }
                entries[2 * (row * dimension + column)] = core.re(k, small);
                entries[2 * (row * dimension + column) + 1] = core.im(k, small);
            }
        }
        return Matrix.of(dimension, entries);
    }

    private static List<Instruction> repeated(Token at, List<Instruction> base, double power, int most) {
        if (Math.abs(power) * base.size() > most) {
            throw at.problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has more than " + most + " operations when it is expanded.");
        }
        List<Instruction> once = base;
        if (power < 0) {
            once = new ArrayList<>();
            for (Instruction instruction : base) {
                once.add(instruction instanceof GateInstruction gate ? gate.inverse() : instruction);
            }
            Collections.reverse(once);
        }
        List<Instruction> result = new ArrayList<>();
        for (int i = 0; i < Math.abs(power); i++) {
            result.addAll(once);
        }
        return result;
    }

    private static GateInstruction fractional(GateInstruction gate, double power) {
        Matrix matrix = UnitaryPower.of(gate.coreMatrix(), power);
        String name = gate.gate().name() + "_to_the_" + power;
        return new GateInstruction(Gate.unitary(name, matrix), List.of(), gate.allControls(), gate.coreTargets());
    }
}
