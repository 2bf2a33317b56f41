package org.quantumhub.hardware.service;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.hardware.Backend;

/// What a provider is asked to do.
///
/// @param format CIRCUIT_JSON, OPENQASM2, OPENQASM3, or AHS for an analog program
/// @param source the program as it was submitted
/// @param seed for whoever simulates; a device has no use for it
/// @param memory whether the shots are wanted one by one
/// @param parameters a JSON object with numbers for what the program declares as `input`
public record Work(
        Backend backend,
        String format,
        String source,
        int shots,
        long seed,
        boolean memory,
        @Nullable String parameters) {

    /// A program without inputs.
    public Work(Backend backend, String format, String source, int shots, long seed, boolean memory) {
        this(backend, format, source, shots, seed, memory, null);
    }

    /// Whether it drives atoms and has no circuit; see [AnalogProgram].
    public boolean isAnalog() {
        return format.equals("AHS");
    }

    /// Values of the program's inputs, in the order in which they were given.
    public Map<String, Double> inputs() {
        Map<String, Double> inputs = new LinkedHashMap<>();
        if (parameters != null) {
            try (JsonReader reader = Json.createReader(new StringReader(parameters))) {
                reader.readObject().forEach((name, value) -> inputs.put(name, ((JsonNumber) value).doubleValue()));
            }
        }
        return inputs;
    }

    /// Reads the program, with the values of its inputs in it.
    ///
    /// @throws org.quantumhub.engine.circuit.CircuitException when it cannot be read
    public Circuit circuit() {
        return format.equals("CIRCUIT_JSON")
                ? CircuitJson.read(source, CircuitLimits.defaults())
                : OpenQasm.parse(source, CircuitLimits.defaults(), inputs());
    }
}
