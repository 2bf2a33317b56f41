package org.quantumhub.hardware.ionq.service;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.transpiler.NativeGates;
import org.quantumhub.engine.transpiler.Target;
import org.quantumhub.engine.transpiler.Topology;
import org.quantumhub.engine.transpiler.Transpiler;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Work;

/// A job as IonQ takes it, and IonQ's distribution of states as one of the job's bits.
///
/// A circuit of native gates that the device has goes as such, with phases in turns. One whose gates the abstract set
/// `qis` has goes by their names; one that also needs gates of OpenQASM's standard library goes as `ionq.qasm3.v1`, so
/// that
/// IonQ compiles them; any other is written with turns about the axes and controlled-Z. Every qubit is measured at the
/// end; which of them the job wanted, and where, is applied here.
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

    private static final Set<String> NATIVE = Set.of("gpi", "gpi2", "ms", "rzz");

    /// Of the library `stdgates.inc`, what the abstract set has not.
    private static final Set<String> LIBRARY = Set.of("p", "cy", "ch", "cp", "crx", "cry", "crz", "ccx", "cswap");

    private static final double TURN = 2 * Math.PI;

    /// How a circuit is told.
    private enum Language {
        QIS,
        NATIVE,
        QASM
    }

    private final Circuit circuit;
    private final Circuit plain;
    private final Language language;

    IonqProgram(Work work) {
        this.circuit = work.circuit();
        // refuses what the device cannot run, whether or not its result is used
        Circuit compiled = Transpiler.compile(
                        circuit, new Target(Topology.complete(circuit.qubitCount()), NativeGates.RX_RY_RZ_CZ))
                .circuit();
        List<GateInstruction> gates = gates(circuit);
        if (isNative(gates, work.backend())) {
            this.language = Language.NATIVE;
            this.plain = compiled;
        } else if (gates.stream().allMatch(gate -> is(gate, NAMES.keySet()))) {
            this.language = Language.QIS;
            this.plain = circuit;
        } else {
            boolean known = gates.stream().allMatch(gate -> is(gate, NAMES.keySet()) || is(gate, LIBRARY));
            this.language = known ? Language.QASM : Language.QIS;
            this.plain = compiled;
        }
    }

    private static boolean is(GateInstruction gate, Set<String> names) {
        GateInstruction named = gate.named();
        return named.controls().isEmpty() && names.contains(named.gate().name());
    }

    /// Native gates are not compiled any more: the device must have every one of them. The hub calls IonQ's `zz` `rzz`.
    private static boolean isNative(List<GateInstruction> gates, Backend backend) {
        boolean asked = gates.stream().anyMatch(gate -> is(gate, Set.of("gpi", "gpi2", "ms")));
        List<String> has = backend.gateSet();
        return asked
                && gates.stream().allMatch(gate -> {
                    String name = gate.named().gate().name();
                    return is(gate, NATIVE)
                            && (has.isEmpty() || has.contains(name) || name.equals("rzz") && has.contains("zz"));
                });
    }

    int pairGates() {
        return (int)
                counted().stream().filter(gate -> gate.qubits().size() == 2).count();
    }

    int singleGates() {
        return counted().size() - pairGates();
    }

    private List<GateInstruction> counted() {
        return gates(language == Language.NATIVE ? circuit : plain);
    }

    int qubits() {
        return circuit.qubitCount();
    }

    private static List<GateInstruction> gates(Circuit circuit) {
        return circuit.instructions().stream()
                .filter(GateInstruction.class::isInstance)
                .map(GateInstruction.class::cast)
                .toList();
    }

    /// The `type` of a job with this program alone.
    String type() {
        return language == Language.QASM ? "ionq.qasm3.v1" : "ionq.circuit.v1";
    }

    /// The `input` of a job with this program alone.
    JsonObject input() {
        return language == Language.QASM
                ? Json.createObjectBuilder()
                        .add("data", OpenQasm.write3(measured()))
                        .build()
                : gateList().build();
    }

    /// The program as one of several in a job, which are lists of gates.
    JsonObject part(String name) {
        return gateList().add("name", name).build();
    }

    private JsonObjectBuilder gateList() {
        boolean isNative = language == Language.NATIVE;
        JsonArrayBuilder list = Json.createArrayBuilder();
        gates(isNative ? circuit : plain)
                .forEach(gate -> list.add(isNative ? writeNative(gate.named()) : write(gate.named())));
        return Json.createObjectBuilder()
                .add("qubits", circuit.qubitCount())
                .add("gateset", isNative ? "native" : "qis")
                .add("circuit", list);
    }

    /// Each qubit into the bit of its number, so that states and bits are the same.
    private Circuit measured() {
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), circuit.qubitCount());
        builder.register("c", circuit.qubitCount());
        gates(circuit).forEach(builder::add);
        for (int qubit = 0; qubit < circuit.qubitCount(); qubit++) {
            builder.measure(qubit, qubit);
        }
        return builder.build();
    }

    /// Phases and angles are turns.
    private static JsonObjectBuilder writeNative(GateInstruction gate) {
        List<Double> turns =
                gate.parameters().stream().map(angle -> angle / TURN).toList();
        List<Integer> targets = gate.targets();
        String name = gate.gate().name();
        JsonObjectBuilder json = Json.createObjectBuilder().add("gate", name.equals("rzz") ? "zz" : name);
        if (targets.size() == 1) {
            return json.add("phase", turns.getFirst()).add("target", targets.getFirst());
        }
        json.add("targets", Json.createArrayBuilder(targets)).add("angle", turns.getLast());
        return name.equals("ms") ? json.add("phases", Json.createArrayBuilder(turns.subList(0, 2))) : json;
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
