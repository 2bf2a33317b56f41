package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.Observable;
import org.quantumhub.engine.circuit.ResultRequest;
import org.quantumhub.engine.circuit.ResultRequest.Statistic;

/// Braket's result pragmas, such as `result expectation x(q[0]) @ hermitian([[1, 0], [0, 2]]) q[1]`.
final class ResultPragma {
    /// The qubits of the largest Hermitian matrix.
    private static final int MOST_QUBITS = 6;

    private static final int MOST_TERMS = 1000;

    private final Token at;
    private final int qubitCount;
    private final Function<String, List<Integer>> targets;
    private final Function<String, Matrix> matrix;

    /// @param targets reads a list of qubits, and gives the last one first
    /// @param matrix reads a matrix
    ResultPragma(Token at, int qubitCount, Function<String, List<Integer>> targets, Function<String, Matrix> matrix) {
        this.at = at;
        this.qubitCount = qubitCount;
        this.targets = targets;
        this.matrix = matrix;
    }

    /// @param text what follows the word `result`
    ResultRequest read(String text) {
        int end = 0;
        while (end < text.length() && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        String kind = text.substring(0, end);
        String rest = text.substring(end).strip();
        return switch (kind) {
            case "state_vector" -> {
                if (!rest.isEmpty()) {
                    throw problem("Nothing was expected after 'state_vector'.");
                }
                yield new ResultRequest.State();
            }
            case "density_matrix" -> new ResultRequest.Density(someQubits(rest));
            case "probability" -> new ResultRequest.Probability(someQubits(rest));
            case "amplitude" -> new ResultRequest.Amplitude(states(rest));
            case "expectation" -> new ResultRequest.OfObservable(Statistic.EXPECTATION, observables(rest));
            case "variance" -> new ResultRequest.OfObservable(Statistic.VARIANCE, observables(rest));
            case "sample" -> new ResultRequest.OfObservable(Statistic.SAMPLE, observables(rest));
            case "adjoint_gradient" -> gradient(rest);
            default ->
                throw at.problem(
                        CircuitProblem.UNKNOWN_NAME,
                        "A result such as 'expectation' or 'state_vector' was expected, not '" + kind + "'.");
        };
    }

    private RuntimeException problem(String message) {
        return at.problem(CircuitProblem.SYNTAX, message);
    }

    /// No qubits, like `all`, stands for all of them.
    private List<Integer> someQubits(String text) {
        if (text.isEmpty() || text.equals("all")) {
            return List.of();
        }
        List<Integer> qubits = targets.apply(text);
        if (qubits.stream().distinct().count() != qubits.size()) {
            throw at.problem(CircuitProblem.DUPLICATE_QUBIT, "A result names a qubit twice.");
        }
        return qubits;
    }

    private List<String> states(String text) {
        List<String> states = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            String state = one.strip();
            if (!state.matches("\"[01]+\"") || state.length() != qubitCount + 2) {
                throw problem("States such as \"" + "0".repeat(Math.min(qubitCount, 64))
                        + "\", with a digit for each qubit, were expected.");
            }
            // Braket's first qubit is the leftmost digit.
            states.add(new StringBuilder(state.substring(1, state.length() - 1))
                    .reverse()
                    .toString());
        }
        return states;
    }

    private List<Observable> observables(String text) {
        String[] words = text.split("\\s+", -1);
        if (words.length == 2 && words[1].equals("all") || words.length == 1 && words[0].matches("[xyzhi]")) {
            List<Observable> each = new ArrayList<>();
            for (int qubit = 0; qubit < qubitCount; qubit++) {
                each.add(standard(words[0], qubit));
            }
            return each;
        }
        return List.of(product(text));
    }

    private Observable standard(String name, int qubit) {
        return switch (name) {
            case "x" -> Observable.x(qubit);
            case "y" -> Observable.y(qubit);
            case "z" -> Observable.z(qubit);
            case "h" -> Observable.h(qubit);
            case "i" -> Observable.i(qubit);
            default ->
                throw at.problem(
                        CircuitProblem.UNKNOWN_NAME,
                        "An observable x, y, z, h, i or hermitian was expected, not '" + name + "'.");
        };
    }

    private Observable product(String text) {
        List<Observable.Factor> factors = new ArrayList<>();
        for (String part : pieces(text, '@')) {
            factors.addAll(factor(part.strip()).factors());
        }
        try {
            return new Observable(factors);
        } catch (IllegalArgumentException e) {
            throw at.problem(CircuitProblem.DUPLICATE_QUBIT, e.getMessage() + ".");
        }
    }

    private Observable factor(String text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw problem("An observable such as x(q[0]) was expected.");
        }
        String name = text.substring(0, open).strip().toLowerCase(Locale.ROOT);
        String inside = text.substring(open + 1, close);
        String behind = text.substring(close + 1).strip();
        if (!name.equals("hermitian")) {
            List<Integer> qubits = targets.apply(inside);
            if (qubits.size() != 1 || !behind.isEmpty()) {
                throw at.problem(CircuitProblem.WRONG_ARITY, "The observable '" + name + "' acts on 1 qubit.");
            }
            return standard(name, qubits.getFirst());
        }
        Matrix entries = matrix.apply(inside);
        List<Integer> qubits = targets.apply(behind);
        if (qubits.size() > MOST_QUBITS || entries.dimension() != 1 << qubits.size()) {
            throw at.problem(
                    CircuitProblem.WRONG_ARITY,
                    "A matrix of dimension " + entries.dimension() + " does not fit " + qubits.size() + " qubits.");
        }
        try {
            return Observable.hermitian(entries, qubits.toArray(Integer[]::new));
        } catch (IllegalArgumentException e) {
            throw at.problem(CircuitProblem.INVALID_VALUE, e.getMessage() + ".");
        }
    }

    /// `expectation(2 * x(q[0]) @ y(q[1]) - z(q[0])) alpha, beta`; the word and its parentheses may be missing.
    private ResultRequest gradient(String text) {
        String sum;
        String names;
        if (text.startsWith("expectation")) {
            int open = text.indexOf('(');
            int close = open < 0 ? -1 : closing(text, open);
            if (close < 0) {
                throw problem("A sum of observables in parentheses was expected after 'expectation'.");
            }
            sum = text.substring(open + 1, close);
            names = text.substring(close + 1).strip();
        } else {
            int last = Math.max(text.lastIndexOf(')'), text.lastIndexOf(']'));
            sum = text.substring(0, last + 1);
            names = text.substring(last + 1).strip();
        }
        List<String> parameters = new ArrayList<>();
        if (!names.isEmpty() && !names.equals("all")) {
            for (String name : names.split(",", -1)) {
                if (!name.strip().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    throw problem("Names of inputs separated by commas, or 'all', were expected.");
                }
                parameters.add(name.strip());
            }
        }
        List<ResultRequest.Term> terms = new ArrayList<>();
        for (String term : terms(sum)) {
            terms.add(term(term));
            if (terms.size() > MOST_TERMS) {
                throw at.problem(CircuitProblem.LIMIT_EXCEEDED, "At most " + MOST_TERMS + " terms can be taken.");
            }
        }
        return new ResultRequest.Gradient(terms, parameters);
    }

    private ResultRequest.Term term(String text) {
        String rest = text;
        double sign = 1;
        while (rest.startsWith("+") || rest.startsWith("-")) {
            sign *= rest.startsWith("-") ? -1 : 1;
            rest = rest.substring(1).strip();
        }
        int times = rest.indexOf('*');
        int open = rest.indexOf('(');
        if (times >= 0 && times < open) {
            String number = rest.substring(0, times).strip();
            if (!number.matches("[+-]?" + BraketPragmas.NUMBER)) {
                throw problem("A number was expected before '*'.");
            }
            sign *= Double.parseDouble(number);
            rest = rest.substring(times + 1).strip();
        }
        return new ResultRequest.Term(sign, product(rest));
    }

    /// The terms of a sum with their signs; those inside of brackets and of exponents separate nothing.
    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        int depth = 0;
        int start = 0;
        char before = '+';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0 && (c == '+' || c == '-') && "+-*eE".indexOf(before) < 0) {
                terms.add(text.substring(start, i).strip());
                start = i;
            }
            before = Character.isWhitespace(c) ? before : c;
        }
        terms.add(text.substring(start).strip());
        return terms;
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> pieces(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    /// The pragma that asks for the same.
    static String text(ResultRequest request, IntFunction<String> qubit) {
        String arguments = switch (request) {
            case ResultRequest.State ignored -> "";
            case ResultRequest.Density density -> names(density.qubits(), qubit);
            case ResultRequest.Probability probability -> names(probability.qubits(), qubit);
            case ResultRequest.Amplitude amplitude ->
                amplitude.states().stream()
                        .map(state -> '"' + new StringBuilder(state).reverse().toString() + '"')
                        .collect(Collectors.joining(", "));
            case ResultRequest.OfObservable of ->
                of.observables().size() == 1
                        ? text(of.observables().getFirst(), qubit)
                        : of.observables().getFirst().factors().getFirst().name() + " all";
            case ResultRequest.Gradient gradient ->
                "expectation("
                        + gradient.terms().stream()
                                .map(term -> term.coefficient() + " * " + text(term.observable(), qubit))
                                .collect(Collectors.joining(" + "))
                        + ") "
                        + (gradient.parameters().isEmpty() ? "all" : String.join(", ", gradient.parameters()));
        };
        return ("#pragma braket result " + request.word() + " " + arguments).strip();
    }

    private static String text(Observable observable, IntFunction<String> qubit) {
        StringJoiner product = new StringJoiner(" @ ");
        for (Observable.Factor factor : observable.factors()) {
            String qubits = names(factor.qubits(), qubit);
            product.add(
                    factor.name().equals("hermitian")
                            ? "hermitian(" + NoisePragma.matrix(factor.matrix()) + ") " + qubits
                            : factor.name() + "(" + qubits + ")");
        }
        return product.toString();
    }

    private static String names(List<Integer> qubits, IntFunction<String> qubit) {
        if (qubits.isEmpty()) {
            return "all";
        }
        List<Integer> order = new ArrayList<>(qubits);
        Collections.reverse(order);
        return order.stream().map(qubit::apply).collect(Collectors.joining(", "));
    }
}
