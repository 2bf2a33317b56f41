package org.quantumhub.engine.transpiler;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// Takes gates apart into turns of one qubit and controlled-Z gates.
///
/// Gates of the table follow their recipes. A turn under many controls is split with the square root of its matrix
/// (Barenco and others, "Elementary gates for quantum computation", 1995, lemma 7.5); one control is turned into two
/// controlled-Z gates by Euler angles (the same, lemma 5.1). A gate that is nothing but a matrix is reduced column by
/// column to turns between two basis states.
final class Lowering {

    private static final int MOST_CONTROLS = 8;
    private static final int LARGEST_MATRIX = 4;
    private static final int MOST_STEPS = 1_000_000;

    private final List<Step> steps = new ArrayList<>();

    private Lowering() {}

    /// The steps of a circuit of gates whose measurements stand at the end of their qubits.
    ///
    /// @throws CircuitException UNSUPPORTED for steps that depend on measured bits, resets and gates after a
    ///     measurement; LIMIT_EXCEEDED when a gate has too many controls or the circuit grows beyond a million steps
    static List<Step> of(Circuit circuit) {
        Lowering lowering = new Lowering();
        boolean[] measured = new boolean[circuit.qubitCount()];
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> {
                    gate.qubits()
                            .forEach(qubit ->
                                    refuseIf(measured[qubit], "a gate on qubit " + qubit + " after its measurement"));
                    lowering.add(gate);
                }
                case Instruction.Measure measure -> {
                    refuseIf(measure.clbit() >= circuit.clbitCount(), "a measurement into a variable of the program");
                    measured[measure.qubit()] = true;
                    lowering.steps.add(new Step.Measure(measure.qubit(), measure.clbit()));
                }
                case Instruction.Barrier barrier -> lowering.steps.add(new Step.Barrier(barrier.qubits()));
                case Instruction.Reset reset -> refuseIf(true, "a reset of qubit " + reset.qubit());
                default -> refuseIf(true, "steps that depend on measured bits");
            }
            if (lowering.steps.size() > MOST_STEPS) {
                throw limit("The circuit becomes more than " + MOST_STEPS + " steps of the device.");
            }
        }
        return lowering.steps;
    }

    private static void refuseIf(boolean refused, String what) {
        if (refused) {
            throw new CircuitException(CircuitProblem.UNSUPPORTED, "The device cannot run " + what + ".", 0, 0, "");
        }
    }

    private static CircuitException limit(String message) {
        return new CircuitException(CircuitProblem.LIMIT_EXCEEDED, message, 0, 0, "");
    }

    private void add(GateInstruction gate) {
        List<Control> controls = gate.allControls();
        List<Integer> core = gate.coreTargets();
        if (core.isEmpty()) {
            addPhase(gate, controls);
        } else if (core.size() == 1) {
            addControlled(controls, gate.coreMatrix(), core.getFirst());
        } else {
            addWide(gate);
        }
    }

    /// A phase of its own is not seen; under controls it is a phase of the last of them.
    private void addPhase(GateInstruction gate, List<Control> controls) {
        if (controls.isEmpty()) {
            return;
        }
        Matrix phase = gate.coreMatrix();
        double angle = Math.atan2(phase.im(0, 0), phase.re(0, 0));
        Control last = controls.getLast();
        Matrix turn = last.positive() ? Matrix.phases(0, angle) : Matrix.phases(angle, 0);
        addControlled(controls.subList(0, controls.size() - 1), turn, last.qubit());
    }

    /// A gate that acts on two or more qubits as a whole.
    private void addWide(GateInstruction gate) {
        List<GateInstruction> recipe = gate.gate().decomposition(gate.parameterArray());
        if (recipe.isEmpty()) {
            addMatrix(gate);
            return;
        }
        for (GateInstruction step : recipe) {
            List<Integer> targets =
                    step.targets().stream().map(gate.targets()::get).toList();
            List<Control> controls = new ArrayList<>(gate.controls());
            step.controls().forEach(c -> controls.add(new Control(gate.targets().get(c.qubit()), c.positive())));
            add(new GateInstruction(step.gate(), step.parameters(), controls, targets));
        }
    }

    private void addMatrix(GateInstruction gate) {
        List<Integer> targets = gate.coreTargets();
        if (targets.size() > LARGEST_MATRIX) {
            throw limit("A gate given by a matrix on " + targets.size() + " qubits is too large for a device; "
                    + LARGEST_MATRIX + " are taken.");
        }
        TwoLevels.of(gate.coreMatrix()).forEach(level -> addLevel(level, gate.allControls(), targets));
    }

    /// A turn between two basis states: brought together on one bit, turned there, and brought back.
    private void addLevel(TwoLevels.Level level, List<Control> outer, List<Integer> targets) {
        int differing = level.first() ^ level.second();
        int bit = Integer.numberOfTrailingZeros(differing);
        int zero = (level.first() >> bit & 1) == 0 ? level.first() : level.second();
        List<Integer> flipped = new ArrayList<>();
        for (int other = 0; other < targets.size(); other++) {
            if (other != bit && (differing >> other & 1) == 1) {
                flipped.add(targets.get(other));
            }
        }
        flipped.forEach(other -> controlledX(targets.get(bit), other));
        List<Control> controls = new ArrayList<>(outer);
        for (int other = 0; other < targets.size(); other++) {
            if (other != bit) {
                controls.add(new Control(targets.get(other), (zero >> other & 1) == 1));
            }
        }
        boolean ordered = zero == level.first();
        Matrix turn = ordered ? level.turn() : Turns.X.times(level.turn()).times(Turns.X);
        addControlled(controls, turn, targets.get(bit));
        flipped.forEach(other -> controlledX(targets.get(bit), other));
    }

    private void addControlled(List<Control> controls, Matrix turn, int target) {
        if (controls.size() > MOST_CONTROLS) {
            throw limit("A gate under " + controls.size() + " controls is too large for a device; " + MOST_CONTROLS
                    + " are taken.");
        }
        List<Integer> negative = controls.stream()
                .filter(control -> !control.positive())
                .map(Control::qubit)
                .toList();
        negative.forEach(qubit -> turn(qubit, Turns.X));
        controlled(controls.stream().map(Control::qubit).toList(), turn, target);
        negative.forEach(qubit -> turn(qubit, Turns.X));
    }

    private void controlled(List<Integer> controls, Matrix turn, int target) {
        if (controls.isEmpty()) {
            turn(target, turn);
        } else if (controls.size() == 1) {
            controlledOnce(controls.getFirst(), turn, target);
        } else {
            Matrix root = Turns.root(turn);
            int last = controls.getLast();
            List<Integer> rest = controls.subList(0, controls.size() - 1);
            controlledOnce(last, root, target);
            controlled(rest, Turns.X, last);
            controlledOnce(last, root.adjoint(), target);
            controlled(rest, Turns.X, last);
            controlled(rest, root, target);
        }
    }

    private void controlledOnce(int control, Matrix turn, int target) {
        if (Turns.is(turn, Turns.X)) {
            controlledX(control, target);
        } else if (Turns.is(turn, Turns.Z)) {
            steps.add(new Step.ControlledZ(control, target));
        } else if (!Turns.isIdentity(turn)) {
            Turns.Angles a = Turns.Angles.of(turn);
            turn(target, Turns.rz((a.right() - a.left()) / 2));
            controlledX(control, target);
            turn(target, Turns.ry(-a.middle() / 2).times(Turns.rz(-(a.right() + a.left()) / 2)));
            controlledX(control, target);
            turn(target, Turns.rz(a.left()).times(Turns.ry(a.middle() / 2)));
            turn(control, Matrix.phases(0, a.phase()));
        }
    }

    private void controlledX(int control, int target) {
        turn(target, Turns.H);
        steps.add(new Step.ControlledZ(control, target));
        turn(target, Turns.H);
    }

    private void turn(int qubit, Matrix matrix) {
        if (!Turns.isIdentity(matrix)) {
            steps.add(new Step.Turn(qubit, matrix));
        }
    }
}
