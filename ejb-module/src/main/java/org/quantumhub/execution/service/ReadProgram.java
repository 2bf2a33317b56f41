package org.quantumhub.execution.service;

import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitStatistics;
import org.quantumhub.hardware.service.AnalogProgram;

/// A submitted program that has been read, as far as its submission has to know it.
///
/// @param circuit null for an analog program
/// @param qubits qubits, or sites of atoms
/// @param shotLength the characters that tell one shot
record ReadProgram(@Nullable Circuit circuit, int qubits, int gates, int depth, int shotLength) {

    static ReadProgram of(Circuit circuit) {
        CircuitStatistics statistics = CircuitStatistics.of(circuit);
        return new ReadProgram(
                circuit,
                statistics.width(),
                statistics.gateCount(),
                statistics.depth(),
                circuit.measured() ? circuit.clbitCount() : circuit.qubitCount());
    }

    /// The fields act on all atoms at once: it has neither gates nor depth.
    static ReadProgram of(AnalogProgram program) {
        int sites = program.sites().size();
        return new ReadProgram(null, sites, 0, 0, sites);
    }

    boolean isAnalog() {
        return circuit == null;
    }
}
