package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects the instructions of a circuit and checks each of them: the door for circuits made in Java.
///
/// Every method that adds something throws a [CircuitException] without a place when a qubit or bit does not exist,
/// when one instruction names a qubit twice, or when a gate gets the wrong number of operands or parameters.
public final class CircuitBuilder {
    final int qubitCount;
    int clbitCount;
    int scratchCount;
    final List<Instruction> instructions = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final List<ResultRequest> resultRequests = new ArrayList<>();
    private final List<ClassicalRegister> registers = new ArrayList<>();

    CircuitBuilder(int qubitCount, int clbitCount) {
        if (qubitCount < 0 || clbitCount < 0) {
            throw CircuitException.of(
                    CircuitProblem.INVALID_VALUE,
                    "A circuit of %d qubits and %d bits cannot be built; both must be 0 or more.",
                    qubitCount,
                    clbitCount);
        }
        this.qubitCount = qubitCount;
        this.clbitCount = clbitCount;
    }

    /// Names the next `size` classical bits, in the order of the calls.
    public CircuitBuilder register(String name, int size) {
        int first = registers.isEmpty()
                ? 0
                : registers.getLast().first() + registers.getLast().size();
        if (size < 0 || (long) first + size > clbitCount) {
            throw CircuitException.of(
                    CircuitProblem.INDEX_OUT_OF_RANGE,
                    "Register '%s' of %d bits does not fit: the circuit has %d bits left.",
                    name,
                    size,
                    clbitCount - first);
        }
        registers.add(new ClassicalRegister(name, first, size));
        return this;
    }

    /// Adds bits behind the classical ones for the variables of a program.
    public CircuitBuilder scratch(int bits) {
        scratchCount += bits;
        return this;
    }

    /// Keeps a wish about the result, word for word, for whoever runs the circuit.
    public CircuitBuilder request(String text) {
        requests.add(text);
        return this;
    }

    /// Asks for more than counts.
    public CircuitBuilder request(ResultRequest request) {
        request.qubits().forEach(this::checkQubit);
        if (request instanceof ResultRequest.Amplitude amplitude) {
            for (String state : amplitude.states()) {
                if (state.length() != qubitCount || !state.matches("[01]*")) {
                    throw CircuitException.of(
                            CircuitProblem.INVALID_VALUE,
                            "A state of %d digits 0 and 1 was expected, not '%s'.",
                            qubitCount,
                            state);
                }
            }
        }
        resultRequests.add(request);
        return this;
    }

    List<ClassicalRegister> registers() {
        int named = registers.isEmpty()
                ? 0
                : registers.getLast().first() + registers.getLast().size();
        if (named == clbitCount) {
            return registers;
        }
        List<ClassicalRegister> all = new ArrayList<>(registers);
        all.add(new ClassicalRegister("c", named, clbitCount - named));
        return all;
    }

    /// Adds a standard gate without parameters.
    public CircuitBuilder gate(String name, int... qubits) {
        return gate(name, List.of(), qubits);
    }

    /// Adds a standard gate with parameters.
    public CircuitBuilder gate(String name, List<Double> parameters, int... qubits) {
        Gate gate = Gate.find(name)
                .orElseThrow(
                        () -> CircuitException.of(CircuitProblem.UNKNOWN_GATE, "There is no gate called '%s'.", name));
        List<Integer> targets = new ArrayList<>(qubits.length);
        for (int qubit : qubits) {
            targets.add(qubit);
        }
        return add(new GateInstruction(gate, parameters, List.of(), targets));
    }

    /// Measures a qubit into a classical bit.
    public CircuitBuilder measure(int qubit, int clbit) {
        return add(new Instruction.Measure(qubit, clbit));
    }

    /// Measures each qubit into the classical bit of the same number.
    public CircuitBuilder measureAll() {
        for (int qubit = 0; qubit < qubitCount; qubit++) {
            measure(qubit, qubit);
        }
        return this;
    }

    /// Brings a qubit to the state 0.
    public CircuitBuilder reset(int qubit) {
        return add(new Instruction.Reset(qubit));
    }

    /// Adds any instruction, nested ones included.
    public CircuitBuilder add(Instruction instruction) {
        check(instruction);
        instructions.add(instruction);
        return this;
    }

    /// The finished circuit; the builder can go on afterwards.
    public Circuit build() {
        return new Circuit(this);
    }

    private void check(Instruction instruction) {
        switch (instruction) {
            case GateInstruction gate -> checkGate(gate);
            case Instruction.Measure measure -> {
                checkQubit(measure.qubit());
                checkClbit(measure.clbit());
            }
            case Instruction.Reset reset -> checkQubit(reset.qubit());
            case Instruction.Barrier barrier -> barrier.qubits().forEach(this::checkQubit);
            case Instruction.Noise noise -> {
                if (noise.qubits().size() != noise.channel().qubits()) {
                    throw CircuitException.of(
                            CircuitProblem.WRONG_ARITY,
                            "Noise '%s' acts on %d qubits, but %d were given.",
                            noise.channel().name(),
                            noise.channel().qubits(),
                            noise.qubits().size());
                }
                checkApart("Noise", noise.channel().name(), noise.qubits());
            }
            case Instruction.Conditional conditional -> {
                checkExpression(conditional.condition());
                conditional.then().forEach(this::check);
                conditional.otherwise().forEach(this::check);
            }
            case Instruction.Loop loop -> {
                checkExpression(loop.condition());
                loop.body().forEach(this::check);
            }
            case Instruction.Assign assign -> {
                assign.clbits().forEach(this::checkClbit);
                checkExpression(assign.value());
            }
        }
    }

    private void checkGate(GateInstruction instruction) {
        Gate gate = instruction.gate();
        if (instruction.targets().size() != gate.arity()) {
            throw CircuitException.of(
                    CircuitProblem.WRONG_ARITY,
                    "Gate '%s' acts on %d qubit%s, but %d were given.",
                    gate.name(),
                    gate.arity(),
                    gate.arity() == 1 ? "" : "s",
                    instruction.targets().size());
        }
        if (instruction.parameters().size() != gate.parameterCount()) {
            throw CircuitException.of(
                    CircuitProblem.WRONG_PARAMETERS,
                    "Gate '%s' takes %d parameter%s, but %d were given.",
                    gate.name(),
                    gate.parameterCount(),
                    gate.parameterCount() == 1 ? "" : "s",
                    instruction.parameters().size());
        }
        for (double parameter : instruction.parameters()) {
            if (!Double.isFinite(parameter)) {
                throw CircuitException.of(
                        CircuitProblem.INVALID_VALUE, "A parameter of gate '%s' is not a finite number.", gate.name());
            }
        }
        checkApart("Gate", gate.name(), instruction.qubits());
    }

    private void checkApart(String kind, String name, List<Integer> qubits) {
        Set<Integer> seen = new HashSet<>();
        for (int qubit : qubits) {
            checkQubit(qubit);
            if (!seen.add(qubit)) {
                throw CircuitException.of(
                        CircuitProblem.DUPLICATE_QUBIT,
                        "%s '%s' names qubit %d twice; its qubits must differ.",
                        kind,
                        name,
                        qubit);
            }
        }
    }

    private void checkQubit(int qubit) {
        if (qubit < 0 || qubit >= qubitCount) {
            throw CircuitException.of(
                    CircuitProblem.INDEX_OUT_OF_RANGE,
                    "Qubit %d does not exist; the circuit has %d.",
                    qubit,
                    qubitCount);
        }
    }

    private void checkClbit(int clbit) {
        if (clbit < 0 || clbit >= clbitCount + scratchCount) {
            throw CircuitException.of(
                    CircuitProblem.INDEX_OUT_OF_RANGE,
                    "Classical bit %d does not exist; the circuit has %d.",
                    clbit,
                    clbitCount);
        }
    }

    private void checkExpression(ClassicalExpression expression) {
        switch (expression) {
            case ClassicalExpression.Constant ignored -> {}
            case ClassicalExpression.Read read -> {
                if (read.clbits().size() > 64) {
                    throw CircuitException.of(CircuitProblem.UNSUPPORTED, "At most 64 bits can be read as one number.");
                }
                read.clbits().forEach(this::checkClbit);
            }
            case ClassicalExpression.Unary unary -> checkExpression(unary.operand());
            case ClassicalExpression.Binary binary -> {
                checkExpression(binary.left());
                checkExpression(binary.right());
            }
        }
    }
}
