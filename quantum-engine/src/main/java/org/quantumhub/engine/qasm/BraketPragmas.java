package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Matrix;

/// Amazon Braket's pragmas: `unitary` becomes a gate; `result` and `verbatim` are kept as requests, because they ask
/// for something of the run and not of the circuit.
final class BraketPragmas {
    private static final String NUMBER = "(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,3}+)?";
    private static final Pattern ENTRY =
            Pattern.compile("(?<re>[+-]?" + NUMBER + "(?!im|j))?(?:(?<sign>[+-]?)(?<im>" + NUMBER + ")(?:im|j))?");
    private static final int MOST_QUBITS = 6;

    private final Emission emission;
    private final Evaluator evaluator;

    BraketPragmas(Emission emission, Evaluator evaluator) {
        this.emission = emission;
        this.evaluator = evaluator;
    }

    void carryOut(Statement.Pragma pragma, Scope scope) {
        Token at = pragma.at();
        String text = pragma.text();
        if (!text.startsWith("braket ")) {
            throw at.problem(CircuitProblem.UNSUPPORTED, "Only pragmas that begin with 'braket' are known.");
        }
        String request = text.substring("braket ".length()).strip();
        if (request.startsWith("result") || request.equals("verbatim")) {
            emission.request(request);
        } else if (request.startsWith("unitary")) {
            unitary(at, request.substring("unitary".length()).strip(), scope);
        } else {
            throw at.problem(
                    CircuitProblem.UNSUPPORTED,
                    "Of Braket's pragmas, 'result', 'unitary' and 'verbatim' can be taken here.");
        }
    }

    private void unitary(Token at, String text, Scope scope) {
        int close = text.lastIndexOf(")");
        if (!text.startsWith("(") || close < 0) {
            throw at.problem(CircuitProblem.SYNTAX, "A matrix in parentheses was expected after 'unitary'.");
        }
        Matrix matrix = matrix(at, text.substring(1, close));
        List<Integer> targets = new ArrayList<>();
        try {
            TokenStream tokens = new TokenStream(
                    Scanner.scan(text.substring(close + 1), emission.limits), emission.limits, Long.MAX_VALUE);
            ExpressionParser expressions = new ExpressionParser(tokens, false);
            do {
                targets.addAll(evaluator.qubits(expressions.expression(), scope).indices());
            } while (tokens.accept(","));
            // Braket's first target is the most significant bit of the matrix.
            Collections.reverse(targets);
            if (1L << targets.size() != matrix.dimension()) {
                throw at.problem(
                        CircuitProblem.WRONG_ARITY,
                        "A matrix of dimension " + matrix.dimension() + " does not fit " + targets.size() + " qubits.");
            }
            emission.reserve(at, 1);
            emission.add(new GateInstruction(Gate.unitary("unitary", matrix), List.of(), List.of(), targets));
        } catch (CircuitException e) {
            throw new CircuitException(e.code(), e.getMessage(), at.line(), at.column(), "");
        }
    }

    private static Matrix matrix(Token at, String text) {
        String compact = text.replace(" ", "").replace("\t", "");
        if (!compact.startsWith("[[") || !compact.endsWith("]]")) {
            throw at.problem(CircuitProblem.SYNTAX, "A matrix such as [[0, 1], [1, 0]] was expected.");
        }
        String[] rows = compact.substring(2, compact.length() - 2).split("],\\[", -1);
        if (rows.length > 1 << MOST_QUBITS) {
            throw at.problem(CircuitProblem.LIMIT_EXCEEDED, "A matrix may act on at most " + MOST_QUBITS + " qubits.");
        }
        double[] entries = new double[2 * rows.length * rows.length];
        int place = 0;
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            if (cells.length != rows.length) {
                throw at.problem(CircuitProblem.SYNTAX, "A matrix with as many columns as rows was expected.");
            }
            for (String cell : cells) {
                Matcher entry = ENTRY.matcher(cell);
                if (cell.isEmpty() || !entry.matches()) {
                    throw at.problem(CircuitProblem.SYNTAX, "The entries of a matrix are numbers such as 0.5+0.5im.");
                }
                String re = entry.group("re");
                String im = entry.group("im");
                entries[place++] = re == null ? 0 : Double.parseDouble(re);
                entries[place++] = im == null ? 0 : Double.parseDouble(entry.group("sign") + im);
            }
        }
        return Matrix.of(rows.length, entries);
    }
}
