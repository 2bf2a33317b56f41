package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Angles of type `angle[n]` that are measured: n bits whose number is a fraction of a full turn.
///
/// A rotation by such an angle is one rotation under a condition for each bit, because rotations about one axis add up.
/// Iterative phase estimation is written like this.
final class TurningAngles {
    private TurningAngles() {}

    /// The angle that some bits stand for.
    static Value.Turning of(List<Integer> clbits) {
        return new Value.Turning(clbits, unit(clbits.size()), 0);
    }

    static double unit(int width) {
        return 2 * Math.PI / Math.pow(2, width);
    }

    /// A known angle as the number that is stored in so many bits.
    static long stored(double angle, int width) {
        double turns = angle / (2 * Math.PI);
        double scaled = Math.rint((turns - Math.floor(turns)) * Math.pow(2, Math.min(width, 52)));
        return (long) scaled << Math.max(0, width - 52);
    }

    /// The number in the bits, for angles that are a whole multiple of it.
    static ClassicalExpression number(Token at, Value.Turning angle) {
        double times = angle.unit() / unit(angle.clbits().size());
        ClassicalExpression read = new ClassicalExpression.Read(angle.clbits());
        if (angle.offset() != 0 || times != Math.rint(times) || Math.abs(times) > 0x1p31) {
            throw at.problem(
                    CircuitProblem.UNSUPPORTED,
                    "Of a measured angle only whole multiples can be stored; in a gate any multiple will do.");
        }
        return times == 1
                ? read
                : new ClassicalExpression.Binary(
                        ClassicalExpression.BinaryOperator.MULTIPLY, read, new ClassicalExpression.Constant((long)
                                times));
    }

    /// Arithmetic with numbers that are known; null where the operator works on the bits.
    static @Nullable Value binary(Token at, Value left, Value right) {
        boolean first = left instanceof Value.Turning;
        Value.Turning angle = (Value.Turning) (first ? left : right);
        Value other = first ? right : left;
        if (!Arithmetic.known(other)) {
            return null;
        }
        return switch (at.text()) {
            case "+" -> moved(angle, 1, Arithmetic.real(at, other));
            case "-" ->
                first ? moved(angle, 1, -Arithmetic.real(at, other)) : moved(angle, -1, Arithmetic.real(at, other));
            case "*" -> moved(angle, Arithmetic.real(at, other), 0);
            case "/" ->
                first && Arithmetic.real(at, other) != 0 ? moved(angle, 1 / Arithmetic.real(at, other), 0) : null;
            default -> null;
        };
    }

    /// A number that is not whole times, or through which is divided, a number in measured bits; null for everything
    /// else.
    static Value.@Nullable Turning multiple(Token at, Value left, Value right) {
        List<Integer> bits = digits(left);
        boolean through = at.is("/") && !bits.isEmpty();
        Value factor = bits.isEmpty() ? left : right;
        bits = bits.isEmpty() ? digits(right) : bits;
        if (bits.isEmpty() || !(factor instanceof Value.Real real) || !(through || at.is("*")) || real.value() == 0) {
            return null;
        }
        return new Value.Turning(bits, through ? 1 / real.value() : real.value(), 0);
    }

    /// The bits of a number without a sign; none for what is not just bits.
    private static List<Integer> digits(Value value) {
        return switch (value) {
            case Value.Bits bits -> bits.clbits();
            case Value.Dynamic dynamic ->
                dynamic.expression() instanceof ClassicalExpression.Read read && !read.signed()
                        ? read.clbits()
                        : List.of();
            default -> List.of();
        };
    }

    static Value.Turning moved(Value.Turning angle, double factor, double more) {
        return new Value.Turning(angle.clbits(), angle.unit() * factor, angle.offset() * factor + more);
    }

    /// A rotation by a measured angle.
    static List<Instruction> rotation(Token at, Gate gate, Value.Turning angle, List<Integer> targets) {
        if (!Powers.scales(gate)) {
            throw at.problem(
                    CircuitProblem.UNSUPPORTED,
                    "Gate " + at.shown() + " cannot take an angle that depends on a measurement; rotations can.");
        }
        List<Instruction> result = new ArrayList<>();
        if (angle.offset() != 0) {
            result.add(new GateInstruction(gate, List.of(angle.offset()), List.of(), targets));
        }
        for (int bit = 0; bit < angle.clbits().size(); bit++) {
            double part = angle.unit() * Math.pow(2, bit);
            result.add(new Instruction.Conditional(
                    ClassicalExpression.equal(List.of(angle.clbits().get(bit)), 1),
                    List.of(new GateInstruction(gate, List.of(part), List.of(), targets))));
        }
        return result;
    }
}
