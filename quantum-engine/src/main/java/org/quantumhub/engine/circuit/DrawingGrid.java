package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Where the instructions of a circuit are drawn: in columns, as far to the left as they go.
final class DrawingGrid {
    /// One instruction in its column.
    ///
    /// @param labels for each qubit involved what stands on its wire, empty on all others
    /// @param first the uppermost qubit that it reaches
    /// @param last the lowermost one
    record Item(int column, String[] labels, int first, int last) {}

    private final int qubits;
    private final int[] free;
    private final List<Item> items = new ArrayList<>();
    private int columns;

    private DrawingGrid(int qubits) {
        this.qubits = qubits;
        this.free = new int[qubits];
    }

    static DrawingGrid of(Circuit circuit) {
        DrawingGrid grid = new DrawingGrid(circuit.qubitCount());
        for (Instruction instruction : circuit.instructions()) {
            grid.add(instruction);
        }
        return grid;
    }

    List<Item> items() {
        return items;
    }

    int columns() {
        return columns;
    }

    private void add(Instruction instruction) {
        String[] labels = new String[qubits];
        Arrays.fill(labels, "");
        switch (instruction) {
            case GateInstruction gate -> gate(gate, labels);
            case Instruction.Measure measure -> labels[measure.qubit()] = "M" + measure.clbit();
            case Instruction.Reset reset -> labels[reset.qubit()] = "|0>";
            case Instruction.Barrier barrier -> barrier.qubits().forEach(qubit -> labels[qubit] = "¦");
            case Instruction.Noise noise -> noise.qubits().forEach(qubit -> labels[qubit] = "~");
            case Instruction.Conditional ignored -> nested(instruction, "if", labels);
            case Instruction.Loop ignored -> nested(instruction, "while", labels);
            case Instruction.Assign ignored -> {}
        }
        place(labels);
    }

    private static void nested(Instruction instruction, String label, String[] labels) {
        for (int qubit : qubits(instruction)) {
            labels[qubit] = label;
        }
    }

    private static TreeSet<Integer> qubits(Instruction instruction) {
        TreeSet<Integer> found = new TreeSet<>();
        switch (instruction) {
            case GateInstruction gate -> found.addAll(gate.qubits());
            case Instruction.Measure measure -> found.add(measure.qubit());
            case Instruction.Reset reset -> found.add(reset.qubit());
            case Instruction.Barrier barrier -> found.addAll(barrier.qubits());
            case Instruction.Noise noise -> found.addAll(noise.qubits());
            case Instruction.Conditional conditional -> {
                conditional.then().forEach(inner -> found.addAll(qubits(inner)));
                conditional.otherwise().forEach(inner -> found.addAll(qubits(inner)));
            }
            case Instruction.Loop loop -> loop.body().forEach(inner -> found.addAll(qubits(inner)));
            case Instruction.Assign ignored -> {}
        }
        return found;
    }

    private static void gate(GateInstruction gate, String[] labels) {
        for (Control control : gate.allControls()) {
            labels[control.qubit()] = control.positive() ? "●" : "○";
        }
        List<Integer> targets = gate.coreTargets();
        boolean controlled = !gate.allControls().isEmpty();
        String name = gate.gate().name();
        for (int i = 0; i < targets.size(); i++) {
            String label = switch (name) {
                case "x", "cx", "ccx", "c3x", "c4x" -> controlled ? "⊕" : "X";
                case "swap", "cswap" -> "×";
                case "cz", "ccz" -> "●";
                default -> core(gate) + (targets.size() > 1 ? ":" + i : "");
            };
            labels[targets.get(i)] = label;
        }
    }

    private static String core(GateInstruction gate) {
        String name = gate.gate().name();
        int own = gate.gate().controlCount();
        String shown = own > 0 && name.startsWith("c") && name.length() > own ? name.substring(own) : name;
        StringBuilder label = new StringBuilder(shown.toUpperCase(Locale.ROOT));
        String separator = "(";
        for (double parameter : gate.parameters()) {
            label.append(separator).append(angle(parameter));
            separator = ",";
        }
        return gate.parameters().isEmpty()
                ? label.toString()
                : label.append(')').toString();
    }

    /// An angle as a simple fraction of π where it is one.
    private static String angle(double value) {
        for (int divisor : new int[] {1, 2, 3, 4, 6, 8, 16}) {
            double times = value * divisor / Math.PI;
            if (value != 0 && Math.abs(times - Math.rint(times)) < 1e-9 && Math.abs(times) < 100) {
                long whole = Math.round(times);
                String top = whole == 1 ? "π" : whole == -1 ? "-π" : whole + "π";
                return divisor == 1 ? top : top + "/" + divisor;
            }
        }
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private void place(String[] labels) {
        int first = -1;
        int last = -1;
        for (int qubit = 0; qubit < qubits; qubit++) {
            if (!labels[qubit].isEmpty()) {
                first = first < 0 ? qubit : first;
                last = qubit;
            }
        }
        if (first < 0) {
            return;
        }
        int column = 0;
        for (int qubit = first; qubit <= last; qubit++) {
            column = Math.max(column, free[qubit]);
        }
        for (int qubit = first; qubit <= last; qubit++) {
            free[qubit] = column + 1;
        }
        items.add(new Item(column, labels, first, last));
        columns = Math.max(columns, column + 1);
    }
}
