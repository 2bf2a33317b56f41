package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Matrix;

/// Takes gates on one qubit under many controls apart into gates on two qubits.
///
/// With V a square root of U: V under the last control, U's other controls flip the last one, V inverted under it,
/// flipped
/// back, and V under the other controls (Barenco et al., arXiv quant-ph/9503016, lemma 7.5). Three times as many gates
/// for
/// each control more.
final class ControlledGates {
    private static final Matrix FLIP = Matrix.of(2, 0, 0, 1, 0, 1, 0, 0, 0);

    private final List<GateInstruction> gates = new ArrayList<>();

    private ControlledGates() {}

    /// Gates on one and two qubits that do the same, global phase included where it is controlled.
    ///
    /// @param gate with at most one target that is no control
    static List<GateInstruction> onPairs(GateInstruction gate) {
        ControlledGates result = new ControlledGates();
        List<Control> controls = new ArrayList<>(gate.allControls());
        Matrix core = gate.coreMatrix();
        int target;
        if (gate.coreTargets().isEmpty()) {
            // A phase under controls is the same phase on one of them, where it agrees.
            Control last = controls.removeLast();
            target = last.qubit();
            double[] phase = Matrix.identity(2).toArray();
            int place = last.positive() ? 6 : 0;
            phase[place] = core.re(0, 0);
            phase[place + 1] = core.im(0, 0);
            core = Matrix.of(2, phase);
        } else {
            target = gate.coreTargets().getFirst();
        }
        result.add(controls, target, core);
        return result.gates;
    }

    private void add(List<Control> controls, int target, Matrix matrix) {
        if (controls.size() <= 1) {
            gates.add(new GateInstruction(Gate.unitary("part", matrix), List.of(), controls, List.of(target)));
            return;
        }
        List<Control> others = controls.subList(0, controls.size() - 1);
        Control last = controls.getLast();
        Matrix root = squareRoot(matrix);
        // The last control is flipped to hold whether it and the others differ from being all met.
        Control flipped = new Control(last.qubit(), last.positive());
        add(List.of(flipped), target, root);
        add(others, last.qubit(), FLIP);
        add(List.of(flipped), target, root.adjoint());
        add(others, last.qubit(), FLIP);
        add(others, target, root);
    }

    /// A square root of a unitary matrix, by Cayley and Hamilton: (U + s) / t with s^2 the determinant and t^2 the
    /// trace
    /// plus 2 s.
    static Matrix squareRoot(Matrix u) {
        double dr =
                u.re(0, 0) * u.re(1, 1) - u.im(0, 0) * u.im(1, 1) - u.re(0, 1) * u.re(1, 0) + u.im(0, 1) * u.im(1, 0);
        double di =
                u.re(0, 0) * u.im(1, 1) + u.im(0, 0) * u.re(1, 1) - u.re(0, 1) * u.im(1, 0) - u.im(0, 1) * u.re(1, 0);
        double half = Math.atan2(di, dr) / 2;
        double sr = Math.cos(half);
        double si = Math.sin(half);
        double tr = u.re(0, 0) + u.re(1, 1);
        double ti = u.im(0, 0) + u.im(1, 1);
        if (Math.hypot(tr + 2 * sr, ti + 2 * si) < Math.hypot(tr - 2 * sr, ti - 2 * si)) {
            sr = -sr;
            si = -si;
        }
        double size = Math.sqrt(Math.hypot(tr + 2 * sr, ti + 2 * si));
        double angle = Math.atan2(ti + 2 * si, tr + 2 * sr) / 2;
        double[] sum = u.toArray();
        sum[0] += sr;
        sum[1] += si;
        sum[6] += sr;
        sum[7] += si;
        return Matrix.of(2, sum).scaled(Math.cos(angle) / size, -Math.sin(angle) / size);
    }
}
