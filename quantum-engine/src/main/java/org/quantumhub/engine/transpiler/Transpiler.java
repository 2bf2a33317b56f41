package org.quantumhub.engine.transpiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.simulator.Equivalence;

/// Compiles circuits for devices: layout, routing, native gates, and a check that nothing was changed.
public final class Transpiler {

    /// Up to so many qubits the compiled circuit is compared with the original.
    public static final int MOST_COMPARED = 12;

    private Transpiler() {}

    /// Compiles a circuit of gates whose measurements come last on their qubits. A circuit that measures nothing
    /// measures every qubit at its end, and its compiled form says so.
    ///
    /// @throws CircuitException UNSUPPORTED for what a device without feed-forward cannot run, LIMIT_EXCEEDED when the
    ///     circuit does not fit on it
    public static Compiled compile(Circuit original, Target target) {
        Circuit circuit = original.measured() ? original : measuringAll(original);
        List<Step> steps = Lowering.of(circuit);
        Router.Routed routed = Router.route(circuit.qubitCount(), steps, target.topology());
        int size = target.topology().qubits();
        NativeWriter writer = new NativeWriter(target.gates(), size, circuit.clbitCount());
        circuit.registers().forEach(r -> writer.circuit().register(r.name(), r.size()));
        writer.write(routed.steps());
        Circuit compiled = writer.circuit().build();
        List<Integer> used = used(compiled, routed.initial());
        int[] index = new int[size];
        Arrays.fill(index, -1);
        for (int i = 0; i < used.size(); i++) {
            index[used.get(i)] = i;
        }
        Circuit compact = moved(compiled, index, used.size());
        boolean verified = used.size() <= MOST_COMPARED;
        if (verified && !same(circuit, compact, routed, writer, used, index)) {
            throw new IllegalStateException(
                    "The compiled circuit differs from the original; this is a fault of the hub");
        }
        return new Compiled(
                compiled,
                compact,
                used,
                Arrays.stream(routed.initial()).boxed().toList(),
                Arrays.stream(routed.last()).boxed().toList(),
                routed.swaps(),
                (int) compiled.instructions().stream()
                        .filter(i -> i instanceof GateInstruction gate
                                && gate.qubits().size() == 2)
                        .count(),
                verified);
    }

    private static Circuit measuringAll(Circuit circuit) {
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), circuit.qubitCount());
        circuit.instructions().forEach(builder::add);
        return builder.measureAll().build();
    }

    private static List<Integer> used(Circuit compiled, int[] initial) {
        TreeSet<Integer> used = new TreeSet<>();
        for (int place : initial) {
            used.add(place);
        }
        for (Instruction instruction : compiled.instructions()) {
            if (instruction instanceof GateInstruction gate) {
                used.addAll(gate.qubits());
            }
        }
        return new ArrayList<>(used);
    }

    /// The circuit with its qubits renumbered.
    private static Circuit moved(Circuit circuit, int[] index, int size) {
        CircuitBuilder builder = Circuit.builder(size, circuit.clbitCount());
        circuit.registers().forEach(r -> builder.register(r.name(), r.size()));
        circuit.instructions().forEach(i -> builder.add(moved(i, index)));
        return builder.build();
    }

    private static Instruction moved(Instruction instruction, int[] index) {
        return switch (instruction) {
            case GateInstruction gate ->
                new GateInstruction(
                        gate.gate(),
                        gate.parameters(),
                        gate.controls().stream()
                                .map(c -> new Control(index[c.qubit()], c.positive()))
                                .toList(),
                        gate.targets().stream().map(q -> index[q]).toList());
            case Instruction.Measure measure -> new Instruction.Measure(index[measure.qubit()], measure.clbit());
            case Instruction.Barrier barrier ->
                new Instruction.Barrier(
                        barrier.qubits().stream().map(q -> index[q]).toList());
            default -> throw new IllegalStateException("a compiled circuit has no " + instruction);
        };
    }

    /// Whether the compiled gates, and the frames they leave, are the original gates followed by the router's swaps.
    private static boolean same(
            Circuit original,
            Circuit compact,
            Router.Routed routed,
            NativeWriter writer,
            List<Integer> used,
            int[] index) {
        int[] home = Arrays.stream(routed.initial()).map(place -> index[place]).toArray();
        CircuitBuilder wanted = Circuit.builder(used.size(), 0);
        gates(original).forEach(gate -> wanted.add(moved(gate, home)));
        for (Step step : routed.steps()) {
            if (step instanceof Step.Swap swap) {
                wanted.gate("swap", index[swap.first()], index[swap.second()]);
            }
        }
        CircuitBuilder found = Circuit.builder(used.size(), 0);
        gates(compact).forEach(found::add);
        for (int qubit : used) {
            found.gate("rz", List.of(writer.frame(qubit)), index[qubit]);
        }
        return Equivalence.upToGlobalPhase(wanted.build(), found.build());
    }

    private static List<GateInstruction> gates(Circuit circuit) {
        List<GateInstruction> gates = new ArrayList<>();
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof GateInstruction gate) {
                gates.add(gate);
            }
        }
        return gates;
    }
}
