package org.quantumhub.execution.service;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Values for what an OpenQASM 3 program declares as `input`.
final class CircuitInputs {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private CircuitInputs() {}

    /// @param parameters a JSON object of numbers
    /// @throws HubException `INVALID_FIELD` for values that are no numbers, and for names that the program does not
    /// have
    static Map<String, Double> of(Program program, String parameters) {
        if (!program.format().hasInputs()) {
            throw invalid((program.format() == ProgramFormat.AHS ? "An analog program" : "Circuit JSON")
                    + " has no inputs; a circuit in OpenQASM 3 declares them as 'input'.");
        }
        Map<String, Double> inputs = new LinkedHashMap<>();
        try (JsonReader reader = Json.createReader(new StringReader(parameters))) {
            JsonObject object = reader.readObject();
            for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
                inputs.put(entry.getKey(), value(program, entry.getKey(), entry.getValue()));
            }
        } catch (JsonException e) {
            throw new IllegalStateException("parameters are no JSON object", e);
        }
        return inputs;
    }

    private static double value(Program program, String name, JsonValue value) {
        if (!NAME.matcher(name).matches()
                || !Pattern.compile("\\binput\\b[^;]*\\b" + name + "\\b")
                        .matcher(program.text())
                        .find()) {
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
