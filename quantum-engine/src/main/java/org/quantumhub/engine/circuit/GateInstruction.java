package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.List;

/// A gate at its place in a circuit.
///
/// @param gate the kind of gate
/// @param parameters its angles, as many as the gate has parameters
/// @param controls further controls, beyond those the gate has of its own
/// @param targets the gate's own operands in its own order; for `cx` the control and then the target
public record GateInstruction(Gate gate, List<Double> parameters, List<Control> controls, List<Integer> targets)
        implements Instruction {
    public GateInstruction {
        parameters = List.copyOf(parameters);
        controls = List.copyOf(controls);
        targets = List.copyOf(targets);
    }

    /// A gate without further controls.
    public static GateInstruction of(Gate gate, double[] parameters, int... targets) {
        List<Integer> list = new ArrayList<>(targets.length);
        for (int target : targets) {
            list.add(target);
        }
        return new GateInstruction(gate, boxed(parameters), List.of(), list);
    }

    static List<Double> boxed(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }

    /// The parameters as an array.
    public double[] parameterArray() {
        double[] values = new double[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.get(i);
        }
        return values;
    }

    /// All controls: the further ones, then those of the gate itself.
    public List<Control> allControls() {
        int own = gate.controlCount();
        if (own == 0) {
            return controls;
        }
        List<Control> all = new ArrayList<>(controls);
        for (int i = 0; i < own; i++) {
            all.add(new Control(targets.get(i), gate.controlPattern().get(i)));
        }
        return all;
    }

    /// The operands that [#coreMatrix()] acts on, its least significant bit first.
    public List<Integer> coreTargets() {
        return targets.subList(gate.controlCount(), targets.size());
    }

    /// The matrix on [#coreTargets()], to be applied where [#allControls()] agree.
    public Matrix coreMatrix() {
        return gate.coreMatrix(parameterArray());
    }

    /// Every qubit involved, further controls first.
    public List<Integer> qubits() {
        if (controls.isEmpty()) {
            return targets;
        }
        List<Integer> all = new ArrayList<>();
        for (Control control : controls) {
            all.add(control.qubit());
        }
        all.addAll(targets);
        return all;
    }

    /// The instruction that undoes this one.
    public GateInstruction inverse() {
        return gate.inverse(this);
    }

    /// The same with one more control in front.
    public GateInstruction controlledBy(Control control) {
        List<Control> more = new ArrayList<>();
        more.add(control);
        more.addAll(controls);
        return new GateInstruction(gate, parameters, more, targets);
    }

    /// The same gate written with as few further controls as the table allows: `x` under one positive control becomes
    /// `cx`, under two `ccx`. What has no such row is returned as it is.
    public GateInstruction named() {
        if (controls.isEmpty()) {
            return this;
        }
        for (Control control : controls) {
            if (!control.positive()) {
                return this;
            }
        }
        String base = StandardGates.controlledName(gate, controls.size());
        if (base.isEmpty()) {
            return this;
        }
        return new GateInstruction(StandardGates.row(base), parameters, List.of(), qubits());
    }

    /// A name for statistics and messages: the row's own where there is one, else for example `c5-x`.
    public String displayName() {
        GateInstruction named = named();
        return named.controls.isEmpty() ? named.gate.name() : "c" + named.controls.size() + "-" + named.gate.name();
    }
}
