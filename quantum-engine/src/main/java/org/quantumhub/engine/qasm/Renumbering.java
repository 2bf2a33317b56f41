package org.quantumhub.engine.qasm;

import java.util.List;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Moves scratch bits from their provisional numbers to those right behind the classical bits.
record Renumbering(int from, int to) {
    Instruction of(Instruction instruction) {
        return switch (instruction) {
            case GateInstruction gate -> gate;
            case Instruction.Measure measure -> new Instruction.Measure(measure.qubit(), bit(measure.clbit()));
            case Instruction.Reset reset -> reset;
            case Instruction.Barrier barrier -> barrier;
            case Instruction.Noise noise -> noise;
            case Instruction.Conditional conditional ->
                new Instruction.Conditional(
                        of(conditional.condition()), all(conditional.then()), all(conditional.otherwise()));
            case Instruction.Loop loop -> new Instruction.Loop(of(loop.condition()), all(loop.body()));
            case Instruction.Assign assign -> new Instruction.Assign(bits(assign.clbits()), of(assign.value()));
        };
    }

    private List<Instruction> all(List<Instruction> instructions) {
        return instructions.stream().map(this::of).toList();
    }

    private ClassicalExpression of(ClassicalExpression expression) {
        return switch (expression) {
            case ClassicalExpression.Constant constant -> constant;
            case ClassicalExpression.Read read -> new ClassicalExpression.Read(bits(read.clbits()), read.signed());
            case ClassicalExpression.Unary unary ->
                new ClassicalExpression.Unary(unary.operator(), of(unary.operand()));
            case ClassicalExpression.Binary binary ->
                new ClassicalExpression.Binary(binary.operator(), of(binary.left()), of(binary.right()));
        };
    }

    private List<Integer> bits(List<Integer> bits) {
        return bits.stream().map(this::bit).toList();
    }

    private int bit(int bit) {
        return bit < from ? bit : bit - from + to;
    }
}
