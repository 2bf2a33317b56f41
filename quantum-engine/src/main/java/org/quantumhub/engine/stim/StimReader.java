package org.quantumhub.engine.stim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Reads Stim's file format, a line at a time.
///
/// Sizes are counted with loops carried out, without carrying them out; numbers saturate.
final class StimReader {
    private static final long MOST_REPETITIONS = 1L << 40;
    private static final int MOST_OBSERVABLES = 4096;

    private final String source;
    private final CircuitLimits limits;
    private final long deadline;
    private int at;
    private int line = 1;
    private int lineStart;
    private long measured;

    StimReader(String source, CircuitLimits limits) {
        this.source = source;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.maxParseMillis() * 1_000_000L;
    }

    private record Body(List<StimInstruction> instructions, StimCircuit.Size size) {}

    StimCircuit read() {
        limits.checkLength(source);
        Body body = body(0);
        return new StimCircuit(body.instructions(), body.size());
    }

    private CircuitException problem(CircuitProblem code, String message) {
        return new CircuitException(code, message, line, at - lineStart + 1, "");
    }

    private Body body(int depth) {
        if (depth > limits.maxNesting()) {
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED, "A program may be nested at most " + limits.maxNesting() + " deep.");
        }
        List<StimInstruction> instructions = new ArrayList<>();
        StimCircuit.Size size = StimCircuit.Size.NONE;
        while (true) {
            skipToInstruction();
            if (at == source.length()) {
                if (depth > 0) {
                    throw problem(CircuitProblem.SYNTAX, "A '}' was expected before the end.");
                }
                return new Body(instructions, size);
            }
            if (source.charAt(at) == '}') {
                if (depth == 0) {
                    throw problem(CircuitProblem.SYNTAX, "An instruction was expected, but found '}'.");
                }
                at++;
                return new Body(instructions, size);
            }
            if (System.nanoTime() > deadline) {
                throw problem(CircuitProblem.LIMIT_EXCEEDED, "Reading the circuit took too long.");
            }
            String name = name();
            if (name.equals("REPEAT")) {
                size = size.plus(repeat(instructions, depth));
            } else {
                size = size.plus(plain(name, instructions));
            }
            check(size);
        }
    }

    private void check(StimCircuit.Size size) {
        if (size.operations() > limits.maxOperations() || size.measurements() > limits.maxOperations()) {
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "A circuit may have at most " + limits.maxOperations() + " operations, loops carried out.");
        }
    }

    private StimCircuit.Size repeat(List<StimInstruction> instructions, int depth) {
        skipTag();
        skipBlanks();
        long count = whole(MOST_REPETITIONS, "the number of repetitions");
        if (count == 0) {
            throw problem(CircuitProblem.INVALID_VALUE, "A body is repeated once or more often.");
        }
        skipBlanks();
        if (at == source.length() || source.charAt(at) != '{') {
            throw problem(CircuitProblem.SYNTAX, "A '{' was expected after the number of repetitions.");
        }
        at++;
        long before = measured;
        Body body = body(depth + 1);
        StimCircuit.Size size = body.size().times(count);
        measured = Math.min(Long.MAX_VALUE / 4, before + size.measurements());
        instructions.add(new StimInstruction.Repeat(count, body.instructions()));
        return size;
    }

    private void skipToInstruction() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '#') {
                while (at < source.length() && source.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == '\n') {
                at++;
                line++;
                lineStart = at;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipBlanks() {
        while (at < source.length() && (source.charAt(at) == ' ' || source.charAt(at) == '\t')) {
            at++;
        }
    }

    private String name() {
        int start = at;
        while (at < source.length() && (isWord(source.charAt(at)))) {
            at++;
        }
        if (at == start || at - start > limits.maxIdentifierLength()) {
            throw problem(CircuitProblem.SYNTAX, "The name of an instruction was expected.");
        }
        return source.substring(start, at).toUpperCase(Locale.ROOT);
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private String skipTag() {
        if (at == source.length() || source.charAt(at) != '[') {
            return "";
        }
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != ']' && source.charAt(end) != '\n') {
            end++;
        }
        if (end == source.length() || source.charAt(end) != ']') {
            throw problem(CircuitProblem.SYNTAX, "The ']' of a tag was expected in the same line.");
        }
        String tag = source.substring(at + 1, end);
        at = end + 1;
        return tag;
    }

    private StimCircuit.Size plain(String name, List<StimInstruction> instructions) {
        int start = at - name.length();
        StimGates.Row row = StimGates.find(name);
        if (row == null) {
            at = start;
            throw problem(CircuitProblem.UNKNOWN_GATE, "There is no instruction called '" + name + "'.");
        }
        String tag = skipTag();
        List<Double> arguments = arguments(row);
        List<StimTarget> targets = targets();
        if (at < source.length() && source.charAt(at) == '{') {
            throw problem(CircuitProblem.SYNTAX, "Only REPEAT has a body.");
        }
        StimInstruction.Plain plain = new StimInstruction.Plain(row.name(), tag, arguments, targets);
        StimCircuit.Size size;
        try {
            size = new StimChecks(plain, row, measured).size();
        } catch (CircuitException e) {
            throw e.at(line, start - lineStart + 1);
        }
        if (size.qubits() > limits.maxQubits()) {
            throw problem(
                    CircuitProblem.LIMIT_EXCEEDED, "A circuit may have at most " + limits.maxQubits() + " qubits.");
        }
        measured += size.measurements();
        instructions.add(plain);
        return size;
    }

    private List<Double> arguments(StimGates.Row row) {
        List<Double> arguments = new ArrayList<>();
        if (at < source.length() && source.charAt(at) == '(') {
            at++;
            skipBlanks();
            while (at < source.length() && source.charAt(at) != ')') {
                arguments.add(number());
                skipBlanks();
                if (at < source.length() && source.charAt(at) == ',') {
                    at++;
                    skipBlanks();
                } else if (at == source.length() || source.charAt(at) != ')') {
                    throw problem(CircuitProblem.SYNTAX, "A ',' or ')' was expected.");
                }
            }
            if (at == source.length()) {
                throw problem(CircuitProblem.SYNTAX, "A ')' was expected.");
            }
            at++;
        }
        if (arguments.size() < row.fewest() || arguments.size() > row.most()) {
            throw problem(
                    CircuitProblem.WRONG_PARAMETERS,
                    row.name() + " takes " + row.fewest() + (row.most() > row.fewest() ? " to " + row.most() : "")
                            + " arguments, but " + arguments.size() + " were given.");
        }
        return arguments;
    }

    private double number() {
        int start = at;
        while (at < source.length() && "+-.eE0123456789".indexOf(source.charAt(at)) >= 0 && at - start < 64) {
            at++;
        }
        try {
            double value = Double.parseDouble(source.substring(start, at));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with what was expected.
        }
        at = start;
        throw problem(CircuitProblem.SYNTAX, "A number was expected.");
    }

    private List<StimTarget> targets() {
        List<StimTarget> targets = new ArrayList<>();
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '\n' || c == '#' || c == '}' || c == '{') {
                break;
            } else {
                targets.add(target());
            }
        }
        return targets;
    }

    private StimTarget target() {
        if (source.charAt(at) == '*') {
            at++;
            return new StimTarget.Combiner();
        }
        boolean inverted = source.charAt(at) == '!';
        if (inverted) {
            at++;
        }
        char c = at < source.length() ? Character.toUpperCase(source.charAt(at)) : '\n';
        if (c >= '0' && c <= '9') {
            return new StimTarget.Qubit((int) whole(Integer.MAX_VALUE - 1, "a qubit"), inverted);
        }
        if ((c == 'X' || c == 'Y' || c == 'Z') && at + 1 < source.length()) {
            at++;
            return new StimTarget.Pauli(c, (int) whole(Integer.MAX_VALUE - 1, "a qubit"), inverted);
        }
        if (source.startsWith("rec[-", at) && !inverted) {
            at += 5;
            int back = (int) whole(Integer.MAX_VALUE, "a measurement");
            if (at == source.length() || source.charAt(at) != ']' || back == 0) {
                throw problem(CircuitProblem.SYNTAX, "A measurement is named rec[-1] (the latest), rec[-2] and so on.");
            }
            at++;
            return new StimTarget.Record(-back);
        }
        if (source.startsWith("sweep[", at)) {
            throw problem(
                    CircuitProblem.UNSUPPORTED,
                    "Sweep bits come from a table outside the circuit; there is none here.");
        }
        throw problem(CircuitProblem.SYNTAX, "A target was expected, such as 3, !3, X3, rec[-1] or *.");
    }

    private long whole(long most, String what) {
        int start = at;
        long value = 0;
        while (at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9') {
            value = Math.min(value * 10 + source.charAt(at) - '0', Long.MAX_VALUE / 100);
            at++;
        }
        if (at == start) {
            throw problem(CircuitProblem.SYNTAX, "A whole number was expected for " + what + ".");
        }
        if (value > most) {
            throw problem(CircuitProblem.LIMIT_EXCEEDED, "The number given for " + what + " is too large.");
        }
        return value;
    }

    static int mostObservables() {
        return MOST_OBSERVABLES;
    }

    /// The qubits an instruction names twice, for messages.
    static boolean repeats(List<Integer> qubits) {
        Set<Integer> seen = new HashSet<>();
        return !qubits.stream().allMatch(seen::add);
    }
}
