package org.quantumhub.hardware.service;

import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.hardware.Backend;

/// What a provider is asked to do.
///
/// @param format CIRCUIT_JSON, OPENQASM2 or OPENQASM3
/// @param source the program as it was submitted
/// @param seed for whoever simulates; a device has no use for it
/// @param memory whether the shots are wanted one by one
public record Work(Backend backend, String format, String source, int shots, long seed, boolean memory) {

    /// Reads the program.
    ///
    /// @throws org.quantumhub.engine.circuit.CircuitException when it cannot be read
    public Circuit circuit() {
        return format.equals("CIRCUIT_JSON")
                ? CircuitJson.read(source, CircuitLimits.defaults())
                : OpenQasm.parse(source, CircuitLimits.defaults());
    }
}
