package org.quantumhub.engine.circuit;

import java.util.List;

/// One step of a circuit.
///
/// Nested instructions exist only where a step depends on bits that are measured during the run; everything that can
/// be decided beforehand has been expanded by the reader.
public sealed interface Instruction
        permits GateInstruction,
                Instruction.Measure,
                Instruction.Reset,
                Instruction.Barrier,
                Instruction.Noise,
                Instruction.Conditional,
                Instruction.Loop,
                Instruction.Assign {

    /// Measures a qubit in the computational basis and stores the outcome.
    record Measure(int qubit, int clbit) implements Instruction {}

    /// Brings a qubit to the state 0, whatever it was.
    record Reset(int qubit) implements Instruction {}

    /// Keeps the steps before it apart from the steps after it; changes no state.
    record Barrier(List<Integer> qubits) implements Instruction {
        public Barrier {
            qubits = List.copyOf(qubits);
        }
    }

    /// A noise process on as many qubits as the channel has, the first being its least significant bit.
    record Noise(Channel channel, List<Integer> qubits) implements Instruction {
        public Noise {
            qubits = List.copyOf(qubits);
        }
    }

    /// Runs one of two bodies, depending on classical bits.
    record Conditional(ClassicalExpression condition, List<Instruction> then, List<Instruction> otherwise)
            implements Instruction {
        public Conditional {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        /// A conditional without an alternative.
        public Conditional(ClassicalExpression condition, List<Instruction> then) {
            this(condition, then, List.of());
        }
    }

    /// Repeats a body as long as the condition holds, which is looked at before each turn.
    record Loop(ClassicalExpression condition, List<Instruction> body) implements Instruction {
        public Loop {
            body = List.copyOf(body);
        }
    }

    /// Stores a computed number into classical bits, least significant first; what does not fit is cut off.
    record Assign(List<Integer> clbits, ClassicalExpression value) implements Instruction {
        public Assign {
            clbits = List.copyOf(clbits);
        }
    }
}
