package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/// A circuit of gates some of whose angles are open: sums of multiples of variables.
///
/// ```java
/// ParameterisedCircuit ansatz = ParameterisedCircuit.builder(2)
///         .gate("ry", List.of(Angle.of("theta")), 0)
///         .gate("cx", List.of(), 0, 1)
///         .build();
/// Circuit circuit = ansatz.bind(0.3);
/// ```
///
/// The simulators plan circuits by their shape, so that binding other values costs no planning.
public final class ParameterisedCircuit {
    private static final double ROUNDING = 1e-9;

    /// One open parameter of one gate.
    ///
    /// @param factor by which the variable's value is multiplied and added to the parameter
    private record Slot(int instruction, int parameter, int variable, double factor) {}

    private final Circuit base;
    private final List<String> variables;
    private final List<Slot> slots;

    private ParameterisedCircuit(Circuit base, List<String> variables, List<Slot> slots) {
        this.base = base;
        this.variables = List.copyOf(variables);
        this.slots = List.copyOf(slots);
    }

    /// Starts a circuit of so many qubits.
    public static Builder builder(int qubits) {
        return new Builder(qubits);
    }

    /// Every parameter of every gate as a variable of its own, called `p0`, `p1` and so on; [#bind] replaces them all.
    public static ParameterisedCircuit everyParameterOf(Circuit circuit) {
        List<Slot> slots = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        CircuitBuilder builder = copyOfShape(circuit);
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof GateInstruction gate) {
                for (int p = 0; p < gate.parameters().size(); p++) {
                    slots.add(new Slot(builder.instructions.size(), p, variables.size(), 1));
                    variables.add("p" + variables.size());
                }
                builder.add(new GateInstruction(
                        gate.gate(),
                        gate.parameters().stream().map(p -> 0.0).toList(),
                        gate.controls(),
                        gate.targets()));
            } else {
                builder.add(instruction);
            }
        }
        return new ParameterisedCircuit(builder.build(), variables, slots);
    }

    /// A circuit that something else makes from values, such as a program with inputs.
    ///
    /// It is made once more than there are variables, and twice to check: all of its circuits must have the same gates,
    /// and parameters that are sums of multiples of the variables.
    ///
    /// @param made the circuit for values in the order of the names
    /// @throws CircuitException UNSUPPORTED when the circuits differ in more than such parameters
    public static ParameterisedCircuit fittedTo(List<String> variables, Function<double[], Circuit> made) {
        double[] values = new double[variables.size()];
        Arrays.setAll(values, i -> 0.25 + 0.03125 * i);
        Circuit start = made.apply(values.clone());
        List<Slot> slots = new ArrayList<>();
        for (int v = 0; v < values.length; v++) {
            double[] moved = values.clone();
            moved[v] += 0.5;
            collect(start, made.apply(moved), v, slots);
        }
        ParameterisedCircuit rough = new ParameterisedCircuit(start, variables, slots);
        double[] back = Arrays.stream(values).map(value -> -value).toArray();
        ParameterisedCircuit fitted = new ParameterisedCircuit(rough.bind(back), variables, slots);
        Random random = new Random(1);
        for (int check = 0; check < 2; check++) {
            double[] other = Arrays.stream(values)
                    .map(value -> 6 * random.nextDouble() - 3)
                    .toArray();
            requireSame(fitted.bind(other), made.apply(other.clone()));
        }
        return fitted;
    }

    private static void collect(Circuit start, Circuit moved, int variable, List<Slot> slots) {
        requireShape(start, moved);
        for (int i = 0; i < start.instructions().size(); i++) {
            if (start.instructions().get(i) instanceof GateInstruction a
                    && moved.instructions().get(i) instanceof GateInstruction b) {
                for (int p = 0; p < a.parameters().size(); p++) {
                    double factor = (b.parameters().get(p) - a.parameters().get(p)) / 0.5;
                    if (Math.abs(factor) > ROUNDING) {
                        slots.add(new Slot(i, p, variable, factor));
                    }
                }
            }
        }
    }

    private static void requireShape(Circuit a, Circuit b) {
        boolean same = a.qubitCount() == b.qubitCount()
                && a.instructions().size() == b.instructions().size();
        for (int i = 0; same && i < a.instructions().size(); i++) {
            Instruction first = a.instructions().get(i);
            Instruction second = b.instructions().get(i);
            same = first instanceof GateInstruction x && second instanceof GateInstruction y
                    ? x.gate() == y.gate()
                            && x.controls().equals(y.controls())
                            && x.targets().equals(y.targets())
                    : first.equals(second);
        }
        if (!same) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "The gates of the circuit depend on its variables, not only their angles.");
        }
    }

    private static void requireSame(Circuit a, Circuit b) {
        requireShape(a, b);
        for (int i = 0; i < a.instructions().size(); i++) {
            if (a.instructions().get(i) instanceof GateInstruction x
                    && b.instructions().get(i) instanceof GateInstruction y) {
                for (int p = 0; p < x.parameters().size(); p++) {
                    double difference = x.parameters().get(p) - y.parameters().get(p);
                    if (!(Math.abs(difference)
                            <= ROUNDING * (1 + Math.abs(y.parameters().get(p))))) {
                        throw CircuitException.of(
                                CircuitProblem.UNSUPPORTED,
                                "A parameter of gate '%s' is no sum of multiples of the variables.",
                                x.displayName());
                    }
                }
            }
        }
    }

    private static CircuitBuilder copyOfShape(Circuit circuit) {
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), circuit.clbitCount());
        for (ClassicalRegister register : circuit.registers()) {
            builder.register(register.name(), register.size());
        }
        builder.scratch(circuit.scratchCount());
        circuit.requests().forEach(builder::request);
        circuit.resultRequests().forEach(builder::request);
        return builder;
    }

    /// The variables, in the order in which [#bind] takes their values.
    public List<String> variables() {
        return variables;
    }

    public int qubitCount() {
        return base.qubitCount();
    }

    /// The circuit for some values of the variables, in their order.
    ///
    /// @throws IllegalArgumentException for another number of values, or values that are not finite
    public Circuit bind(double... values) {
        if (values.length != variables.size()) {
            throw new IllegalArgumentException(variables.size() + " values were expected, not " + values.length);
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A value must be finite, not " + value);
            }
        }
        CircuitBuilder builder = copyOfShape(base);
        int slot = 0;
        List<Slot> ordered = slots.stream()
                .sorted((a, b) -> Integer.compare(a.instruction(), b.instruction()))
                .toList();
        for (int i = 0; i < base.instructions().size(); i++) {
            Instruction instruction = base.instructions().get(i);
            if (slot < ordered.size() && ordered.get(slot).instruction() == i) {
                GateInstruction gate = (GateInstruction) instruction;
                double[] parameters = gate.parameterArray();
                for (; slot < ordered.size() && ordered.get(slot).instruction() == i; slot++) {
                    Slot open = ordered.get(slot);
                    parameters[open.parameter()] += open.factor() * values[open.variable()];
                }
                instruction = new GateInstruction(
                        gate.gate(), GateInstruction.boxed(parameters), gate.controls(), gate.targets());
            }
            builder.add(instruction);
        }
        return builder.build();
    }

    /// The derivatives by the variables, from those by all parameters of all gates.
    ///
    /// @param derivatives for each gate of the circuit, in order, those by its parameters
    public double[] byVariable(List<List<Double>> derivatives) {
        int[] gateNumber = new int[base.instructions().size()];
        int gates = 0;
        for (int i = 0; i < gateNumber.length; i++) {
            gateNumber[i] = base.instructions().get(i) instanceof GateInstruction ? gates++ : -1;
        }
        double[] result = new double[variables.size()];
        for (Slot slot : slots) {
            result[slot.variable()] += slot.factor()
                    * derivatives.get(gateNumber[slot.instruction()]).get(slot.parameter());
        }
        return result;
    }

    /// Collects the gates of a parameterised circuit.
    public static final class Builder {
        private final CircuitBuilder circuit;
        private final Set<String> variables = new LinkedHashSet<>();
        private final List<Slot> slots = new ArrayList<>();

        private Builder(int qubits) {
            this.circuit = Circuit.builder(qubits, 0);
        }

        /// Adds a standard gate. Variables are numbered in the order in which they first come up.
        ///
        /// @throws CircuitException as [CircuitBuilder#gate]
        public Builder gate(String name, List<Angle> angles, int... qubits) {
            int place = circuit.instructions.size();
            circuit.gate(name, angles.stream().map(Angle::constant).toList(), qubits);
            for (int p = 0; p < angles.size(); p++) {
                int parameter = p;
                angles.get(p).factors().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(entry -> {
                            variables.add(entry.getKey());
                            int variable = List.copyOf(variables).indexOf(entry.getKey());
                            slots.add(new Slot(place, parameter, variable, entry.getValue()));
                        });
            }
            return this;
        }

        public ParameterisedCircuit build() {
            return new ParameterisedCircuit(circuit.build(), List.copyOf(variables), slots);
        }
    }
}
