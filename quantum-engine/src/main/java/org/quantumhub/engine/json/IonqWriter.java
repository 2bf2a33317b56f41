package org.quantumhub.engine.json;

import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Spelling;

/// Writes `ionq.circuit.v1`. Every qubit is measured at the end, so a circuit may say just that, or nothing.
final class IonqWriter {
    /// Rows of the gate table that are gates of the set `qis`, by IonQ's name.
    private static final Map<String, String> QIS = Map.ofEntries(
            Map.entry("x", "x"),
            Map.entry("y", "y"),
            Map.entry("z", "z"),
            Map.entry("h", "h"),
            Map.entry("s", "s"),
            Map.entry("sdg", "si"),
            Map.entry("t", "t"),
            Map.entry("tdg", "ti"),
            Map.entry("sx", "v"),
            Map.entry("sxdg", "vi"),
            Map.entry("rx", "rx"),
            Map.entry("ry", "ry"),
            Map.entry("rz", "rz"),
            Map.entry("rxx", "xx"),
            Map.entry("ryy", "yy"),
            Map.entry("rzz", "zz"),
            Map.entry("swap", "swap"),
            // the same gates with controls of their own
            Map.entry("cx", "x"),
            Map.entry("cy", "y"),
            Map.entry("cz", "z"),
            Map.entry("ch", "h"),
            Map.entry("cs", "s"),
            Map.entry("csdg", "si"),
            Map.entry("csx", "v"),
            Map.entry("csxdg", "vi"),
            Map.entry("crx", "rx"),
            Map.entry("cry", "ry"),
            Map.entry("crz", "rz"),
            Map.entry("ccx", "x"),
            Map.entry("ccz", "z"),
            Map.entry("c3x", "x"),
            Map.entry("c4x", "x"),
            Map.entry("cswap", "swap"));

    private static final Map<String, String> NATIVE = Map.of("gpi", "gpi", "gpi2", "gpi2", "ms", "ms", "rzz", "zz");

    private final Circuit circuit;
    private final boolean nativeGates;
    private final Spelling spelling = new Spelling(IonqWriter::says);
    private final StringBuilder out = new StringBuilder();
    private String separator = "";
    private int instruction;

    IonqWriter(Circuit circuit, boolean nativeGates) {
        this.circuit = circuit;
        this.nativeGates = nativeGates;
    }

    String write() {
        if (circuit.scratchCount() > 0) {
            throw unsupported("the variables of the program");
        }
        if (!circuit.requests().isEmpty()) {
            throw unsupported("the request '" + circuit.requests().getFirst() + "'");
        }
        if (!circuit.resultRequests().isEmpty()) {
            throw unsupported("a request for more than counts");
        }
        if (circuit.measured() && circuit.clbitCount() != circuit.qubitCount()) {
            throw unsupported("measuring " + circuit.qubitCount() + " qubits into " + circuit.clbitCount() + " bits");
        }
        out.append("{\"format\":\"ionq.circuit.v1\",\"gateset\":\"")
                .append(nativeGates ? "native" : "qis")
                .append("\",\"qubits\":")
                .append(circuit.qubitCount())
                .append(",\"circuit\":[");
        boolean[] measured = new boolean[circuit.qubitCount()];
        for (; instruction < circuit.instructions().size(); instruction++) {
            one(circuit.instructions().get(instruction), measured);
        }
        for (int qubit = 0; circuit.measured() && qubit < measured.length; qubit++) {
            if (!measured[qubit]) {
                throw unsupported("a measurement that leaves out qubit " + qubit);
            }
        }
        return out.append("]}").toString();
    }

    private void one(Instruction step, boolean[] measured) {
        switch (step) {
            case GateInstruction gate -> {
                for (int qubit : gate.qubits()) {
                    refuseIf(measured[qubit], "a gate after the measurement of qubit " + qubit);
                }
                if (nativeGates) {
                    nativeGate(gate);
                } else {
                    gate(gate);
                }
            }
            case Instruction.Measure measure -> {
                refuseIf(
                        measure.qubit() != measure.clbit(),
                        "measuring qubit " + measure.qubit() + " into bit " + measure.clbit());
                measured[measure.qubit()] = true;
            }
            case Instruction.Reset reset -> throw unsupported("a reset of qubit " + reset.qubit());
            case Instruction.Barrier ignored -> throw unsupported("a barrier");
            case Instruction.Noise noise ->
                throw unsupported("the noise '" + noise.channel().name() + "'");
            case Instruction.Conditional ignored -> throw unsupported("a conditional");
            case Instruction.Loop ignored -> throw unsupported("a loop");
            case Instruction.Assign ignored -> throw unsupported("an assignment to a variable");
        }
    }

    private static boolean says(GateInstruction gate) {
        boolean phase = gate.gate().name().equals("gphase");
        return gate.gate().isStandard()
                && (phase
                        ? gate.controls().isEmpty()
                        : QIS.containsKey(gate.gate().name()))
                && gate.controls().stream().allMatch(Control::positive);
    }

    private void gate(GateInstruction given) {
        List<GateInstruction> gates;
        try {
            gates = spelling.of(given);
        } catch (CircuitException e) {
            throw unsupported(e.getMessage());
        }
        for (GateInstruction gate : gates) {
            if (gate.gate().name().equals("gphase")) {
                continue;
            }
            List<Integer> controls =
                    gate.allControls().stream().map(Control::qubit).toList();
            String name = String.valueOf(QIS.get(gate.gate().name()));
            begin(name.equals("x") && !controls.isEmpty() ? "cnot" : name);
            list("control", controls);
            list("target", gate.coreTargets());
            if (!gate.parameters().isEmpty()) {
                out.append(",\"rotation\":").append(gate.parameters().getFirst());
            }
            out.append('}');
        }
    }

    private void nativeGate(GateInstruction gate) {
        String name = NATIVE.get(gate.gate().name());
        if (name == null || !gate.gate().isStandard() || !gate.controls().isEmpty()) {
            throw unsupported("the gate '" + gate.displayName() + "', which is not native");
        }
        begin(name);
        list("target", gate.targets());
        List<Double> turns =
                gate.parameters().stream().map(angle -> angle / IonqJson.TURN).toList();
        switch (name) {
            case "ms" -> {
                list("phase", turns.subList(0, 2));
                list("angle", turns.subList(2, 3));
            }
            case "zz" -> list("angle", turns);
            default -> list("phase", turns);
        }
        out.append('}');
    }

    private void begin(String name) {
        out.append(separator).append("{\"gate\":\"").append(name).append('"');
        separator = ",";
    }

    /// One number, or an array under the plural of the name.
    private void list(String name, List<? extends Number> values) {
        if (values.size() == 1) {
            out.append(",\"").append(name).append("\":").append(values.getFirst());
        } else if (!values.isEmpty()) {
            out.append(",\"")
                    .append(name)
                    .append("s\":")
                    .append(values.toString().replace(" ", ""));
        }
    }

    private void refuseIf(boolean refused, String what) {
        if (refused) {
            throw unsupported(what);
        }
    }

    private CircuitException unsupported(String what) {
        return new CircuitException(
                CircuitProblem.UNSUPPORTED,
                "IonQ's " + (nativeGates ? "native gates" : "gate set 'qis'") + " cannot express " + what + ".",
                0,
                0,
                "/instructions/" + instruction);
    }
}
