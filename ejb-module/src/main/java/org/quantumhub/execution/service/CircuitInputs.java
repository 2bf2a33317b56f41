package org.quantumhub.execution.service;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.qasm.QasmProgram;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Values for what an OpenQASM 3 program declares as `input`.
final class CircuitInputs {

    private CircuitInputs() {}

    /// @param parameters a JSON object of numbers; null for none
    /// @throws HubException `INVALID_FIELD` for values that are no numbers, and for names that the program does not
    /// have
    static Map<String, Double> of(QasmProgram program, @Nullable String parameters) {
        if (parameters == null) {
            return Map.of();
        }
        Set<String> declared = program.inputs();
        Map<String, Double> inputs = new LinkedHashMap<>();
        try (JsonReader reader = Json.createReader(new StringReader(parameters))) {
            for (Map.Entry<String, JsonValue> entry : reader.readObject().entrySet()) {
                inputs.put(entry.getKey(), value(declared, entry.getKey(), entry.getValue()));
            }
        } catch (JsonException e) {
            throw new IllegalStateException("parameters are no JSON object", e);
        }
        return inputs;
    }

    /// For formats that have no inputs.
    static void refuse(ProgramFormat format, @Nullable String parameters) {
        if (parameters != null) {
            throw invalid((format == ProgramFormat.AHS ? "An analog program" : "Circuit JSON")
                    + " has no inputs; a circuit in OpenQASM 3 declares them as 'input'.");
        }
    }

    private static double value(Set<String> declared, String name, JsonValue value) {
        if (!declared.contains(name)) {
            throw invalid("The program declares no 'input' of the name '" + name + "'.");
        }
        if (!(value instanceof JsonNumber number) || !Double.isFinite(number.doubleValue())) {
            throw invalid("The value of '" + name + "' must be a number.");
        }
        return number.doubleValue();
    }

    private static HubException invalid(String message) {
        return new HubException(ProblemCode.INVALID_FIELD, message).with("field", "parameters");
    }
}
