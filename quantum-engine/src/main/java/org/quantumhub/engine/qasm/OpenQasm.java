package org.quantumhub.engine.qasm;

import java.util.Map;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;

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
        long deadline = deadline(limits);
        return QasmProgram.read(source, limits, deadline).circuit(inputs, deadline);
    }

    /// Reads a program once, for many values of its inputs.
    ///
    /// @throws CircuitException with line, column and what was expected when the text is refused
    public static QasmProgram program(String source, CircuitLimits limits) {
        return QasmProgram.read(source, limits, deadline(limits));
    }

    static long deadline(CircuitLimits limits) {
        return System.nanoTime() + limits.maxParseMillis() * 1_000_000L;
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
