package org.quantumhub.engine.circuit;

import java.util.List;

/// An immutable quantum circuit.
///
/// ```java
/// Circuit bell = Circuit.builder(2, 2).gate("h", 0).gate("cx", 0, 1).measureAll().build();
/// ```
///
/// Besides its classical bits a circuit may have scratch bits, which hold the variables of a program while it runs.
/// They follow the classical bits in the numbering and never show in a result.
public final class Circuit {
    private final int qubitCount;
    private final int clbitCount;
    private final int scratchCount;
    private final List<ClassicalRegister> registers;
    private final List<String> requests;
    private final List<ResultRequest> resultRequests;
    private final List<Instruction> instructions;
    private final boolean measured;

    Circuit(CircuitBuilder builder) {
        this.qubitCount = builder.qubitCount;
        this.clbitCount = builder.clbitCount;
        this.scratchCount = builder.scratchCount;
        this.registers = List.copyOf(builder.registers());
        this.requests = List.copyOf(builder.requests);
        this.resultRequests = List.copyOf(builder.resultRequests);
        this.instructions = List.copyOf(builder.instructions);
        this.measured = anyMeasure(instructions);
    }

    /// Starts a circuit.
    ///
    /// @throws CircuitException INVALID_VALUE for a negative size
    public static CircuitBuilder builder(int numQubits, int numClbits) {
        return new CircuitBuilder(numQubits, numClbits);
    }

    public int qubitCount() {
        return qubitCount;
    }

    /// The bits that a result shows.
    public int clbitCount() {
        return clbitCount;
    }

    /// The bits behind them that hold variables.
    public int scratchCount() {
        return scratchCount;
    }

    /// The named registers; together they cover the classical bits.
    public List<ClassicalRegister> registers() {
        return registers;
    }

    /// Wishes about how the program is run, word for word, such as Braket's `verbatim`. The circuit itself does not
    /// depend on them.
    public List<String> requests() {
        return requests;
    }

    /// What the program asks for beyond counts, in order.
    public List<ResultRequest> resultRequests() {
        return resultRequests;
    }

    public List<Instruction> instructions() {
        return instructions;
    }

    /// Whether anything is measured anywhere. A circuit that measures nothing is measured as a whole at its end.
    public boolean measured() {
        return measured;
    }

    private static boolean anyMeasure(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            boolean found = switch (instruction) {
                case Instruction.Measure ignored -> true;
                case Instruction.Conditional c -> anyMeasure(c.then()) || anyMeasure(c.otherwise());
                case Instruction.Loop l -> anyMeasure(l.body());
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Circuit that
                && qubitCount == that.qubitCount
                && clbitCount == that.clbitCount
                && scratchCount == that.scratchCount
                && registers.equals(that.registers)
                && requests.equals(that.requests)
                && resultRequests.equals(that.resultRequests)
                && instructions.equals(that.instructions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * qubitCount + clbitCount) + instructions.hashCode();
    }

    @Override
    public String toString() {
        return "Circuit[" + qubitCount + " qubits, " + clbitCount + " bits, " + instructions.size() + " instructions]";
    }
}
