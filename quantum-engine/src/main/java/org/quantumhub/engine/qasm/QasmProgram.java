package org.quantumhub.engine.qasm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// An OpenQASM program that has been read: its circuits for many values of its inputs cost no reading any more.
///
/// It never changes; threads may share it.
public final class QasmProgram {
    private final List<Statement> statements;
    private final boolean versionMissing;
    private final CircuitLimits limits;

    private QasmProgram(List<Statement> statements, boolean versionMissing, CircuitLimits limits) {
        this.statements = statements;
        this.versionMissing = versionMissing;
        this.limits = limits;
    }

    static QasmProgram read(String source, CircuitLimits limits, long deadline) {
        List<Token> tokens = Scanner.scan(source, limits);
        int version = version(tokens);
        TokenStream stream = new TokenStream(tokens, limits, deadline);
        if (version > 0) {
            stream.next();
            stream.next();
            stream.expect(";");
        }
        try {
            return new QasmProgram(
                    List.copyOf(new StatementParser(stream, version == 2).program()), version == 0, limits);
        } catch (CircuitException e) {
            throw told(e, version == 0);
        }
    }

    /// 2 or 3, or 0 when the text does not say.
    private static int version(List<Token> tokens) {
        if (!tokens.getFirst().is("OPENQASM")) {
            return 0;
        }
        Token number = tokens.get(1);
        return switch (number.text()) {
            case "2", "2.0" -> 2;
            case "3", "3.0", "3.1" -> 3;
            default ->
                throw number.problem(
                        CircuitProblem.UNSUPPORTED,
                        "OpenQASM 2.0, 3.0 or 3.1 was expected, but found " + number.shown() + ".");
        };
    }

    private static CircuitException told(CircuitException e, boolean versionMissing) {
        return versionMissing && e.code() == CircuitProblem.SYNTAX
                ? new CircuitException(
                        CircuitProblem.SYNTAX,
                        "The OPENQASM line is missing, and the text cannot be read as version 3: " + e.getMessage(),
                        e.line(),
                        e.column(),
                        "")
                : e;
    }

    /// The names that the program declares as `input`, in their order.
    public Set<String> inputs() {
        Set<String> names = new LinkedHashSet<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Declaration declaration && declaration.role() == Statement.Role.INPUT) {
                names.add(declaration.name().text());
            }
        }
        return names;
    }

    /// The circuit for these values of its inputs.
    ///
    /// @throws CircuitException with line and column when a value is missing or what the program comes to is refused
    public Circuit circuit(Map<String, Double> inputs) {
        return circuit(inputs, OpenQasm.deadline(limits));
    }

    Circuit circuit(Map<String, Double> inputs, long deadline) {
        try {
            return new Elaborator(limits, deadline, inputs).run(statements);
        } catch (CircuitException e) {
            throw told(e, versionMissing);
        }
    }
}
