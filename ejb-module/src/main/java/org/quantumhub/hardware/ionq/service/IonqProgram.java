package org.quantumhub.hardware.ionq.service;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.transpiler.NativeGates;
import org.quantumhub.engine.transpiler.Target;
import org.quantumhub.engine.transpiler.Topology;
import org.quantumhub.engine.transpiler.Transpiler;
import org.quantumhub.hardware.service.Work;

/// A job as `ionq.circuit.v1` in the gate set `qis`, and IonQ's distribution of states as one of the job's bits.
///
/// Gates that the set has go by their names; a circuit with any other gate is written with turns about the axes and
/// controlled-Z. IonQ measures every qubit at the end; which of them the job wanted, and where, is applied here.
final class IonqProgram {

    /// Names of the gate table as IonQ writes them.
    private static final Map<String, String> NAMES = Map.ofEntries(
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
            Map.entry("swap", "swap"),
            Map.entry("cx", "cnot"),
            Map.entry("cz", "z"));

    private final Circuit circuit;
    private final Circuit sayable;

    IonqProgram(Work work) {
        this.circuit = work.circuit();
        // refuses what the device cannot run, whether or not its result is used
        Circuit plain = Transpiler.compile(
                        circuit, new Target(Topology.complete(circuit.qubitCount()), NativeGates.RX_RY_RZ_CZ))
                .circuit();
        boolean known = circuit.instructions().stream()
                .allMatch(i -> !(i instanceof GateInstruction gate) || isKnown(gate.named()));
        this.sayable = known ? circuit : plain;
    }

    private static boolean isKnown(GateInstruction gate) {
        return gate.controls().isEmpty() && NAMES.containsKey(gate.gate().name());
    }

    int pairGates() {
        return gates().stream()
                .filter(gate -> gate.qubits().size() == 2)
                .toList()
                .size();
    }

    int singleGates() {
        return gates().size() - pairGates();
    }

    int qubits() {
        return circuit.qubitCount();
    }

    private List<GateInstruction> gates() {
        return sayable.instructions().stream()
                .filter(GateInstruction.class::isInstance)
                .map(GateInstruction.class::cast)
                .toList();
    }

    JsonObject input() {
        JsonArrayBuilder gates = Json.createArrayBuilder();
        gates().forEach(gate -> gates.add(write(gate.named())));
        return Json.createObjectBuilder()
                .add("qubits", circuit.qubitCount())
                .add("gateset", "qis")
                .add("circuit", gates)
                .build();
    }

    private static JsonObjectBuilder write(GateInstruction gate) {
        String name = gate.gate().name();
        JsonObjectBuilder json = Json.createObjectBuilder().add("gate", String.valueOf(NAMES.get(name)));
        List<Integer> targets = gate.targets();
        if (name.equals("cx") || name.equals("cz")) {
            json.add("control", targets.get(0)).add("target", targets.get(1));
        } else if (targets.size() == 2) {
            json.add("targets", Json.createArrayBuilder().add(targets.get(0)).add(targets.get(1)));
        } else {
            json.add("target", targets.getFirst());
        }
        if (!gate.parameters().isEmpty()) {
            json.add("rotation", gate.parameters().getFirst());
        }
        return json;
    }

    /// From states, keyed by their decimal number with qubit 0 as the lowest bit, to bitstrings of the job.
    ///
    /// @throws IllegalArgumentException for states that do not exist
    Map<String, Double> bits(Map<String, Double> states) {
        int[] clbitOf = new int[circuit.qubitCount()];
        Arrays.fill(clbitOf, -1);
        int width = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        for (int qubit = 0; !circuit.measured() && qubit < clbitOf.length; qubit++) {
            clbitOf[qubit] = qubit;
        }
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof Instruction.Measure measure) {
                clbitOf[measure.qubit()] = measure.clbit();
            }
        }
        Map<String, Double> found = new HashMap<>();
        states.forEach((key, share) -> {
            long state = Long.parseLong(key);
            if (state < 0 || circuit.qubitCount() < 63 && state >>> circuit.qubitCount() != 0) {
                throw new IllegalArgumentException("there is no state " + key);
            }
            char[] text = new char[width];
            Arrays.fill(text, '0');
            for (int qubit = 0; qubit < clbitOf.length; qubit++) {
                if (clbitOf[qubit] >= 0 && (state >>> qubit & 1) == 1) {
                    text[width - 1 - clbitOf[qubit]] = '1';
                }
            }
            found.merge(new String(text), share, Double::sum);
        });
        return new TreeMap<>(found);
    }
}
