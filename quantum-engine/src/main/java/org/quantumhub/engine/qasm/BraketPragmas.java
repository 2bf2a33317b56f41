package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.ResultRequest;

/// Amazon Braket's pragmas: `unitary` becomes a gate, `noise` a noise process, `result` a request for more than counts;
/// `verbatim` is kept word for word, because it asks for something of the run and not of the circuit.
final class BraketPragmas {
    static final String NUMBER = "(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,3}+)?";
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
        if (request.startsWith("result ")) {
            result(at, request.substring("result ".length()).strip(), scope);
        } else if (request.equals("verbatim")) {
            emission.request(request);
        } else if (request.startsWith("unitary")) {
            unitary(at, request.substring("unitary".length()).strip(), scope);
        } else if (request.startsWith("noise ")) {
            noise(at, request.substring("noise ".length()).strip(), scope);
        } else {
            throw at.problem(
                    CircuitProblem.UNSUPPORTED,
                    "Of Braket's pragmas, 'result', 'unitary', 'noise' and 'verbatim' can be taken here.");
        }
    }

    private void result(Token at, String text, Scope scope) {
        if (emission.depth() > 0) {
            throw at.problem(CircuitProblem.UNSUPPORTED, "A result cannot be asked for under a measured condition.");
        }
        ResultRequest request = new ResultPragma(
                        at, emission.qubitCount(), list -> targets(at, list, scope), entries -> matrix(at, entries))
                .read(text);
        if (request instanceof ResultRequest.Gradient gradient) {
            for (String name : gradient.parameters()) {
                if (!(scope.find(name) instanceof Scope.Variable)) {
                    throw at.problem(CircuitProblem.UNKNOWN_NAME, "There is no input called '" + name + "'.");
                }
            }
        }
        emission.reserve(at, 1);
        emission.request(at, request);
    }

    private void noise(Token at, String text, Scope scope) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw at.problem(CircuitProblem.SYNTAX, "Noise such as bit_flip(0.1) q[0] was expected.");
        }
        String name = text.substring(0, open).strip();
        String arguments = text.substring(open + 1, close);
        Channel channel;
        if (name.equals("kraus")) {
            List<Matrix> operators = new ArrayList<>();
            for (String operator : matrices(arguments)) {
                operators.add(matrix(at, operator));
            }
            channel = NoisePragma.kraus(at, operators);
        } else {
            List<Double> parameters = new ArrayList<>();
            for (String argument : arguments.split(",", -1)) {
                if (!argument.strip().matches("[+-]?" + NUMBER)) {
                    throw at.problem(CircuitProblem.SYNTAX, "The parameters of noise are numbers.");
                }
                parameters.add(Double.parseDouble(argument.strip()));
            }
            channel = NoisePragma.named(at, name, parameters);
        }
        List<Integer> targets = targets(at, text.substring(close + 1), scope);
        // A channel on one qubit may be given several of them.
        if (channel.qubits() == 1) {
            emission.reserve(at, targets.size());
            targets.forEach(target -> emission.add(new Instruction.Noise(channel, List.of(target))));
        } else if (targets.size() == 2) {
            emission.reserve(at, 1);
            emission.add(new Instruction.Noise(channel, targets));
        } else {
            throw at.problem(
                    CircuitProblem.WRONG_ARITY,
                    "The noise '" + name + "' acts on 2 qubits, not on " + targets.size() + ".");
        }
    }

    /// Cuts a list of matrices at the commas between them.
    private static List<String> matrices(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /// The qubits behind a pragma, the last one first: Braket's first target is the most significant bit.
    private List<Integer> targets(Token at, String text, Scope scope) {
        List<Integer> targets = new ArrayList<>();
        try {
            TokenStream tokens = new TokenStream(Scanner.scan(text, emission.limits), emission.limits, Long.MAX_VALUE);
            ExpressionParser expressions = new ExpressionParser(tokens, false);
            do {
                targets.addAll(evaluator.qubits(expressions.expression(), scope).indices());
            } while (tokens.accept(","));
            if (tokens.peek().kind() != Token.Kind.END) {
                throw at.expected("qubits separated by commas");
            }
        } catch (CircuitException e) {
            throw new CircuitException(e.code(), e.getMessage(), at.line(), at.column(), "");
        }
        Collections.reverse(targets);
        return targets;
    }

    private void unitary(Token at, String text, Scope scope) {
        int close = text.lastIndexOf(")");
        if (!text.startsWith("(") || close < 0) {
            throw at.problem(CircuitProblem.SYNTAX, "A matrix in parentheses was expected after 'unitary'.");
        }
        Matrix matrix = matrix(at, text.substring(1, close));
        List<Integer> targets = targets(at, text.substring(close + 1), scope);
        if (1L << targets.size() != matrix.dimension()) {
            throw at.problem(
                    CircuitProblem.WRONG_ARITY,
                    "A matrix of dimension " + matrix.dimension() + " does not fit " + targets.size() + " qubits.");
        }
        try {
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
