package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Says a gate with the words that a format has, exactly, global phase included.
///
/// What has no word of its own is taken apart: by its recipe, by the angles of its matrix, and, where there are too
/// many
/// controls, step by step into gates with fewer of them (Barenco and others, "Elementary gates for quantum
/// computation", 1995, lemmas 5.1 and 7.5). A format needs words for `gphase` and `cx` without further controls, and
/// for either `u` or both of `ry` and `rz`.
public final class Spelling {
    /// Each control that has to be taken away makes a gate three times as long.
    private static final int MOST_CONTROLS = 10;

    private static final double NOTHING = 1e-14;
    private static final Gate PHASE = StandardGates.row("gphase");
    private static final Gate X = StandardGates.row("x");
    private static final Gate P = StandardGates.row("p");

    private final Predicate<GateInstruction> words;

    /// @param words whether the format can say a gate, controls included, as it stands
    public Spelling(Predicate<GateInstruction> words) {
        this.words = words;
    }

    /// The gate as gates that can be said, in the order of time.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the gate, for a matrix on several qubits and for too many controls
    public List<GateInstruction> of(GateInstruction gate) {
        List<GateInstruction> said = new ArrayList<>();
        say(gate, gate, said);
        return said;
    }

    private void say(GateInstruction whole, GateInstruction given, List<GateInstruction> said) {
        GateInstruction gate = given.named();
        if (words.test(gate)) {
            said.add(gate);
            return;
        }
        List<Control> negative =
                gate.controls().stream().filter(control -> !control.positive()).toList();
        if (!negative.isEmpty()) {
            List<Control> positive = gate.controls().stream()
                    .map(control -> Control.on(control.qubit()))
                    .toList();
            negative.forEach(control -> say(whole, on(X, List.of(), control.qubit()), said));
            say(whole, new GateInstruction(gate.gate(), gate.parameters(), positive, gate.targets()), said);
            negative.forEach(control -> say(whole, on(X, List.of(), control.qubit()), said));
            return;
        }
        List<GateInstruction> recipe = gate.gate().decomposition(gate.parameterArray());
        boolean split = gate.gate().controlPattern().contains(false);
        if (gate.coreTargets().size() > 1 || split || gate.allControls().isEmpty() && !recipe.isEmpty()) {
            if (recipe.isEmpty()) {
                throw CircuitException.of(
                        CircuitProblem.UNSUPPORTED,
                        "the gate '%s', which is given by a matrix on several qubits",
                        whole.displayName());
            }
            for (GateInstruction step : recipe) {
                say(whole, placed(step, gate), said);
            }
        } else if (gate.coreTargets().isEmpty()) {
            controlledPhase(whole, gate, said);
        } else {
            single(whole, gate, said);
        }
    }

    /// A step of a recipe on the operands, and under the controls, of the gate that it is for.
    private static GateInstruction placed(GateInstruction step, GateInstruction gate) {
        List<Integer> targets = step.targets().stream().map(gate.targets()::get).toList();
        return new GateInstruction(step.gate(), step.parameters(), gate.controls(), targets);
    }

    /// A phase where all controls are 1 is a phase of the last of them under the others.
    private void controlledPhase(GateInstruction whole, GateInstruction gate, List<GateInstruction> said) {
        if (gate.controls().isEmpty()) {
            throw CircuitException.of(CircuitProblem.UNSUPPORTED, "a global phase without qubits");
        }
        List<Control> rest = gate.controls().subList(0, gate.controls().size() - 1);
        int last = gate.controls().getLast().qubit();
        say(whole, new GateInstruction(P, gate.parameters(), rest, List.of(last)), said);
    }

    private void single(GateInstruction whole, GateInstruction gate, List<GateInstruction> said) {
        List<Control> controls = gate.allControls();
        int target = gate.coreTargets().getFirst();
        double[] angles = angles(gate.coreMatrix());
        double theta = angles[0];
        double phi = angles[1];
        double lambda = angles[2];
        GateInstruction u = under(controls, "u", target, theta, phi, lambda).named();
        GateInstruction ry = under(controls, "ry", target, theta).named();
        GateInstruction rz = under(controls, "rz", target, phi).named();
        if (words.test(u)) {
            phase(whole, controls, angles[3], said);
            said.add(u);
        } else if (words.test(ry) && words.test(rz)) {
            phase(whole, controls, angles[3] + (phi + lambda) / 2, said);
            turn(controls, "rz", target, lambda, said);
            turn(controls, "ry", target, theta, said);
            turn(controls, "rz", target, phi, said);
        } else if (controls.size() > MOST_CONTROLS) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "the gate '%s' under %d controls",
                    whole.displayName(),
                    controls.size());
        } else if (gate.coreMatrix().distance(X.coreMatrix()) < NOTHING) {
            say(whole, under(List.of(), "h", target), said);
            say(whole, under(controls, "p", target, Math.PI), said);
            say(whole, under(List.of(), "h", target), said);
        } else if (Math.abs(theta) < NOTHING && Math.abs(angles[3]) < NOTHING) {
            fewer(whole, controls, target, phi + lambda, said);
        } else {
            phase(whole, controls, angles[3] + (phi + lambda) / 2, said);
            say(whole, under(List.of(), "rz", target, (lambda - phi) / 2), said);
            say(whole, on(X, controls, target), said);
            say(whole, under(List.of(), "rz", target, -(phi + lambda) / 2), said);
            say(whole, under(List.of(), "ry", target, -theta / 2), said);
            say(whole, on(X, controls, target), said);
            say(whole, under(List.of(), "ry", target, theta / 2), said);
            say(whole, under(List.of(), "rz", target, phi), said);
        }
    }

    /// A phase under controls by phases of half the angle under fewer.
    private void fewer(
            GateInstruction whole, List<Control> controls, int target, double angle, List<GateInstruction> said) {
        int last = controls.getLast().qubit();
        List<Control> rest = controls.subList(0, controls.size() - 1);
        List<Control> one = List.of(Control.on(last));
        say(whole, under(one, "p", target, angle / 2), said);
        say(whole, on(X, rest, last), said);
        say(whole, under(one, "p", target, -angle / 2), said);
        say(whole, on(X, rest, last), said);
        say(whole, under(rest, "p", target, angle / 2), said);
    }

    private void phase(GateInstruction whole, List<Control> controls, double angle, List<GateInstruction> said) {
        if (Math.abs(angle) > NOTHING) {
            say(whole, new GateInstruction(PHASE, List.of(angle), controls, List.of()), said);
        }
    }

    private static void turn(
            List<Control> controls, String name, int target, double angle, List<GateInstruction> said) {
        if (Math.abs(angle) > NOTHING) {
            said.add(under(controls, name, target, angle).named());
        }
    }

    private static GateInstruction on(Gate gate, List<Control> controls, int target) {
        return new GateInstruction(gate, List.of(), controls, List.of(target));
    }

    private static GateInstruction under(List<Control> controls, String name, int target, double... parameters) {
        return new GateInstruction(
                StandardGates.row(name), GateInstruction.boxed(parameters), controls, List.of(target));
    }

    /// Theta, phi and lambda of the gate `u` that a unitary matrix of one qubit is, and the phase before it.
    private static double[] angles(Matrix m) {
        double theta = 2 * Math.atan2(Math.hypot(m.re(1, 0), m.im(1, 0)), Math.hypot(m.re(0, 0), m.im(0, 0)));
        boolean upper = Math.hypot(m.re(0, 0), m.im(0, 0)) > 1e-12;
        boolean lower = Math.hypot(m.re(1, 0), m.im(1, 0)) > 1e-12;
        double phase = upper ? Math.atan2(m.im(0, 0), m.re(0, 0)) : 0;
        double phi = lower ? Math.atan2(m.im(1, 0), m.re(1, 0)) - phase : 0;
        double lambda =
                lower ? Math.atan2(-m.im(0, 1), -m.re(0, 1)) - phase : Math.atan2(m.im(1, 1), m.re(1, 1)) - phase;
        return new double[] {theta, phi, lambda, phase};
    }
}
