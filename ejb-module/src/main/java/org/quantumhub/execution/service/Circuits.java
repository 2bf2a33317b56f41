package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.qasm.QasmProgram;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.hardware.service.AnalogProgram;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Reads submitted circuits. What is wrong with one is told with its place.
@ApplicationScoped
public class Circuits {

    /// The circuits of a sweep have one text and differ in what is put in; reading it takes three times as long as
    /// making
    /// a circuit of it. A program takes some fifty times the memory of its text.
    private final RecentlyRead<QasmProgram> recent =
            new RecentlyRead<>(1 << 18, text -> OpenQasm.program(text, CircuitLimits.defaults()));

    /// A circuit is read when it is submitted and when it runs, mostly a moment later. It takes some five times the
    /// memory of its text: there is place for a thousand small ones, each kept until it runs.
    private final RecentlyRead<Circuit> recentCircuits =
            new RecentlyRead<>(1 << 21, text -> CircuitJson.read(text, CircuitLimits.defaults()));

    /// @throws HubException `INVALID_CIRCUIT` or `CIRCUIT_TOO_LARGE`, with line, column and path where known
    public Circuit read(Program program) {
        return read(program, null);
    }

    /// @param parameters a JSON object with values for what the program declares as `input`
    /// @throws HubException `INVALID_CIRCUIT` or `CIRCUIT_TOO_LARGE`, with line, column and path where known, or
    ///     `INVALID_FIELD` for values that the program does not take
    public Circuit read(Program program, @Nullable String parameters) {
        return read(program, parameters, recentCircuits::of);
    }

    /// As [#read(Program, String)], for a job that is about to run.
    Circuit readToRun(Program program, @Nullable String parameters) {
        return read(program, parameters, recentCircuits::last);
    }

    private Circuit read(Program program, @Nullable String parameters, Function<String, Circuit> ofJson) {
        try {
            return switch (program.format()) {
                case CIRCUIT_JSON -> {
                    CircuitInputs.refuse(program.format(), parameters);
                    yield ofJson.apply(program.text());
                }
                case AHS ->
                    throw new HubException(
                            ProblemCode.INVALID_CIRCUIT, "An analog program drives atoms; it has no circuit of gates.");
                case OPENQASM2, OPENQASM3 -> {
                    QasmProgram read = recent.of(program.text());
                    yield read.circuit(CircuitInputs.of(read, parameters));
                }
            };
        } catch (CircuitException e) {
            throw problem(e);
        }
    }

    /// What a program asks for beyond counts, as a JSON array; null when it asks for nothing.
    ///
    /// @param circuit the program as it was read
    /// @throws CircuitException UNSUPPORTED or LIMIT_EXCEEDED for what cannot be answered
    @Nullable
    String requestedValues(Program program, @Nullable String parameters, Circuit circuit, RunOptions options) {
        if (circuit.resultRequests().isEmpty()) {
            return null;
        }
        QasmProgram read = recent.of(program.text());
        Map<String, Double> inputs = CircuitInputs.of(read, parameters);
        return RequestedValues.json(
                circuit,
                inputs,
                values -> {
                    Map<String, Double> others = new LinkedHashMap<>();
                    inputs.keySet().forEach(name -> others.put(name, values[others.size()]));
                    return read.circuit(others);
                },
                options);
    }

    /// Reads a program of whatever kind.
    ///
    /// @throws HubException as [#read(Program, String)] does
    ReadProgram readAny(Program program, @Nullable String parameters) {
        if (program.format() != ProgramFormat.AHS) {
            return ReadProgram.of(read(program, parameters));
        }
        CircuitInputs.refuse(program.format(), parameters);
        try {
            return ReadProgram.of(AnalogProgram.read(program.text()));
        } catch (CircuitException e) {
            throw problem(e);
        }
    }

    static HubException problem(CircuitException e) {
        HubException problem = new HubException(
                e.code() == CircuitProblem.LIMIT_EXCEEDED ? ProblemCode.CIRCUIT_TOO_LARGE : ProblemCode.INVALID_CIRCUIT,
                String.valueOf(e.getMessage()),
                e);
        problem.with("reason", e.code().name());
        if (e.line() > 0) {
            problem.with("line", e.line()).with("column", e.column());
        }
        if (!e.path().isEmpty()) {
            problem.with("path", e.path());
        }
        return problem;
    }
}
