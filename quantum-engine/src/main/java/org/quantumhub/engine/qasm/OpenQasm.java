package org.quantumhub.engine.qasm;

import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Reads and writes OpenQASM 2.0 and 3.
///
/// Every name of the gate table is known, with and without an `include`; a definition in the program goes before the
/// table. `pow` is taken with principal values, `U` has a real upper left entry, and `1/2` is a half.
public final class OpenQasm {
    private OpenQasm() {}

    /// Reads a circuit in the version that its first statement names; without one, in version 3.
    ///
    /// @throws CircuitException with line, column and what was expected when the text is refused
    public static Circuit parse(String source, CircuitLimits limits) {
        return parse(source, limits, Map.of());
    }

    /// The same with values for the variables that a version 3 program declares as `input`.
    public static Circuit parse(String source, CircuitLimits limits, Map<String, Double> inputs) {
        long deadline = System.nanoTime() + limits.maxParseMillis() * 1_000_000L;
        List<Token> tokens = Scanner.scan(source, limits);
        int version = version(tokens);
        TokenStream stream = new TokenStream(tokens, limits, deadline);
        if (version > 0) {
            stream.next();
            stream.next();
            stream.expect(";");
            return read(stream, version == 2, limits, deadline, inputs);
        }
        try {
            return read(stream, false, limits, deadline, inputs);
        } catch (CircuitException e) {
            if (e.code() == CircuitProblem.SYNTAX) {
                throw new CircuitException(
                        CircuitProblem.SYNTAX,
                        "The OPENQASM line is missing, and the text cannot be read as version 3: " + e.getMessage(),
                        e.line(),
                        e.column(),
                        "");
            }
            throw e;
        }
    }

    private static Circuit read(
            TokenStream stream, boolean version2, CircuitLimits limits, long deadline, Map<String, Double> inputs) {
        List<Statement> program = new StatementParser(stream, version2).program();
        return new Elaborator(limits, deadline, inputs).run(program);
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

    /// Writes a circuit as OpenQASM 2.0.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the instruction, for what version 2 cannot say
    public static String write2(Circuit circuit) {
        return new QasmWriter(2).write(circuit);
    }

    /// Writes a circuit as OpenQASM 3.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the instruction, for gates given by a matrix on two or more qubits
    ///     under controls or conditions, or on more than six; the others become Braket's pragmas
    public static String write3(Circuit circuit) {
        return new QasmWriter(3).write(circuit);
    }
}
