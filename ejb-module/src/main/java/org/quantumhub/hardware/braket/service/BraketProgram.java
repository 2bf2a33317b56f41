package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.ResultRequest;
import org.quantumhub.engine.transpiler.NativeGates;
import org.quantumhub.engine.transpiler.Target;
import org.quantumhub.engine.transpiler.Topology;
import org.quantumhub.engine.transpiler.Transpiler;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.service.Work;

/// A job as a program that Braket reads: OpenQASM 3 with Braket's own gate names and without includes.
///
/// A program that speaks Braket's dialect goes as it is, with the values of its inputs beside it: one with Braket's own
/// pragmas or with physical qubits, which nothing else can say, and one without includes whose gates all have Braket's
/// names. Every other one is written anew from its circuit, with the values in it.
final class BraketProgram {

    /// Names of the gate table that Braket calls otherwise; every other name of [#SAME] it shares.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("id", "i"),
            Map.entry("sdg", "si"),
            Map.entry("tdg", "ti"),
            Map.entry("sx", "v"),
            Map.entry("sxdg", "vi"),
            Map.entry("p", "phaseshift"),
            Map.entry("cx", "cnot"),
            Map.entry("ccx", "ccnot"),
            Map.entry("cp", "cphaseshift"),
            Map.entry("rxx", "xx"),
            Map.entry("ryy", "yy"),
            Map.entry("rzz", "zz"));

    private static final List<String> SAME = List.of(
            "x",
            "y",
            "z",
            "h",
            "s",
            "t",
            "rx",
            "ry",
            "rz",
            "cy",
            "cz",
            "swap",
            "iswap",
            "pswap",
            "xy",
            "ecr",
            "cswap",
            "cphaseshift00",
            "cphaseshift01",
            "cphaseshift10",
            "prx",
            "gpi",
            "gpi2",
            "ms");

    /// Names that OpenQASM's libraries have and Braket has not.
    private static final String ELSEWHERE =
            "p|phase|cx|CX|ccx|sdg|tdg|sx|sxdg|id|U|u|u1|u2|u3|cp|cphase|crx|cry|crz|ch|cu|cu1|cu3|rxx|ryy|rzz|csx|c3x";

    /// A call of one of them.
    private static final Pattern FOREIGN = Pattern.compile(
            "\\b(" + ELSEWHERE + ")\\s*+(?:\\((?:[^()]++|\\([^()]*+\\))*+\\))?\\s*+(?<=[\\s)])[A-Za-z_$]");

    private static final Pattern COMMENT = Pattern.compile("//[^\n]*+|/\\*(?:[^*]++|\\*(?!/))*+\\*/");
    private static final Pattern INCLUDE = Pattern.compile("\\binclude\\s*+\"[^\"]*+\"\\s*+;");

    private final String source;
    private final Circuit circuit;
    private final Map<String, Double> inputs;

    private BraketProgram(String source, Circuit circuit, Map<String, Double> inputs) {
        this.source = source;
        this.circuit = circuit;
        this.inputs = inputs;
    }

    /// @throws CircuitException UNSUPPORTED for what Braket's dialect cannot say
    static BraketProgram of(Work work) {
        Circuit circuit = work.circuit();
        Optional<String> own = work.format().equals("OPENQASM3") ? own(work.source()) : Optional.empty();
        if (own.isPresent()) {
            BraketProgram program = new BraketProgram(own.get(), circuit, work.inputs());
            program.refuseWhatQpusForbid(work);
            return program;
        }
        if (circuit.instructions().stream().allMatch(BraketProgram::isSayable)) {
            return new BraketProgram(write(circuit), circuit, Map.of());
        }
        Target plain = new Target(Topology.complete(circuit.qubitCount()), NativeGates.RX_RY_RZ_CZ);
        return new BraketProgram(write(Transpiler.compile(circuit, plain).circuit()), circuit, Map.of());
    }

    /// The program as Braket can read it; empty when it has to be written anew.
    private static Optional<String> own(String source) {
        String code = COMMENT.matcher(source).replaceAll(" ");
        boolean bound = code.contains("#pragma braket") || code.contains("$");
        String foreign = foreign(code);
        if (!bound) {
            return foreign == null && !INCLUDE.matcher(code).find() ? Optional.of(source) : Optional.empty();
        }
        if (foreign != null) {
            throw refused("Braket has no gate '" + foreign + "'"
                    + (NAMES.containsKey(foreign) ? "; it is '" + NAMES.get(foreign) + "' there" : "")
                    + ". A program with pragmas or physical qubits is not written anew.");
        }
        return Optional.of(INCLUDE.matcher(source).replaceAll(""));
    }

    private static @Nullable String foreign(String code) {
        Matcher calls = FOREIGN.matcher(code);
        while (calls.find()) {
            String name = calls.group(1);
            if (!Pattern.compile("\\bgate\\s++" + name + "\\b").matcher(code).find()) {
                return name;
            }
        }
        return null;
    }

    private void refuseWhatQpusForbid(Work work) {
        if (work.backend().deviceType() != DeviceType.QPU) {
            boolean sampled = circuit.resultRequests().stream()
                    .anyMatch(request -> request.word().equals("sample"));
            if (isExact() && sampled) {
                throw refused("A sample needs shots, and the other results that are asked for exclude them.");
            }
            return;
        }
        for (ResultRequest request : circuit.resultRequests()) {
            if (request.isExact()) {
                throw refused("A device cannot tell '" + request.word() + "'; a simulator can.");
            }
        }
        if (source.contains("#pragma braket noise") || source.contains("#pragma braket unitary")) {
            throw refused("A device takes neither noise nor matrices as instructions.");
        }
    }

    private static CircuitException refused(String message) {
        return new CircuitException(CircuitProblem.UNSUPPORTED, message, 0, 0, "");
    }

    /// Whether it asks for what is computed without shots.
    boolean isExact() {
        return circuit.resultRequests().stream().anyMatch(ResultRequest::isExact);
    }

    String source() {
        return source;
    }

    /// Values that go beside the source.
    Map<String, Double> inputs() {
        return inputs;
    }

    double input(String name) {
        return inputs.getOrDefault(name, 0.0);
    }

    Circuit circuit() {
        return circuit;
    }

    /// The `action` of an order: a JSON document that travels as a string.
    String action() {
        JsonObjectBuilder values = Json.createObjectBuilder();
        inputs.forEach(values::add);
        return Json.createObjectBuilder()
                .add("braketSchemaHeader", header("braket.ir.openqasm.program"))
                .add("source", source)
                .add("inputs", values)
                .build()
                .toString();
    }

    static JsonObjectBuilder header(String schema) {
        return Json.createObjectBuilder().add("name", schema).add("version", "1");
    }

    private static boolean isSayable(Instruction instruction) {
        return switch (instruction) {
            case GateInstruction gate ->
                gate.gate().name().equals("gphase") && gate.controls().isEmpty()
                        || name(gate).isPresent();
            case Instruction.Measure measure -> true;
            case Instruction.Barrier barrier -> true;
            default -> throw refused("Devices at Braket run no steps that depend on measured bits, and no resets.");
        };
    }

    private static Optional<String> name(GateInstruction instruction) {
        GateInstruction gate = instruction.named();
        String name = gate.gate().name();
        if (!gate.controls().isEmpty() || !gate.gate().isStandard()) {
            return Optional.empty();
        }
        return SAME.contains(name) ? Optional.of(name) : Optional.ofNullable(NAMES.get(name));
    }

    private static String write(Circuit circuit) {
        StringBuilder text = new StringBuilder("OPENQASM 3.0;\n");
        int bits = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        text.append("qubit[").append(circuit.qubitCount()).append("] q;\n");
        text.append("bit[").append(bits).append("] c;\n");
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> name(gate).ifPresent(name -> write(text, name, gate.named()));
                case Instruction.Measure measure -> measure(text, measure.qubit(), measure.clbit());
                default -> {
                    // a barrier says nothing to a compiler that is free to choose
                }
            }
        }
        if (!circuit.measured()) {
            for (int qubit = 0; qubit < circuit.qubitCount(); qubit++) {
                measure(text, qubit, qubit);
            }
        }
        return text.toString();
    }

    private static void measure(StringBuilder text, int qubit, int clbit) {
        text.append("c[").append(clbit).append("] = measure q[").append(qubit).append("];\n");
    }

    private static void write(StringBuilder text, String name, GateInstruction gate) {
        text.append(name);
        if (!gate.parameters().isEmpty()) {
            List<String> parameters = gate.parameters().stream()
                    .map(p -> String.format(Locale.ROOT, "%.17g", p))
                    .toList();
            text.append('(').append(String.join(", ", parameters)).append(')');
        }
        List<String> operands = new ArrayList<>();
        for (Control control : gate.controls()) {
            operands.add("q[" + control.qubit() + "]");
        }
        gate.targets().forEach(target -> operands.add("q[" + target + "]"));
        text.append(' ').append(String.join(", ", operands)).append(";\n");
    }
}
