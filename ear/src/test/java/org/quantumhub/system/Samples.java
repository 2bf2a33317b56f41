package org.quantumhub.system;

import java.util.Map;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// Circuits to submit, and what must come of them.
final class Samples {

    /// Two qubits that agree.
    static final String BELL = """
            {"num_qubits": 2, "gates": [{"type": "H", "target": 0}, {"type": "CNOT", "control": 0, "target": 1}]}""";

    static final String BELL_QASM3 = """
            OPENQASM 3.0;
            include "stdgates.inc";
            qubit[2] q;
            bit[2] c;
            h q[0];
            cx q[0], q[1];
            c = measure q;
            """;

    static final String BELL_QASM2 = """
            OPENQASM 2.0;
            include "qelib1.inc";
            qreg q[2];
            creg c[2];
            h q[0];
            cx q[0], q[1];
            measure q -> c;
            """;

    private Samples() {}

    /// A job of the Bell circuit.
    ///
    /// @param more further members, each with its comma in front
    static String bell(int shots, long seed, String more) {
        return job(BELL, shots, seed, more);
    }

    static String job(String circuit, int shots, long seed, String more) {
        return "{\"circuit\": " + circuit + ", \"shots\": " + shots + ", \"seed\": " + seed + more + "}";
    }

    /// A circuit whose shots all have histories of their own, because it measures everything twice on the way: its time
    /// grows with the shots.
    static String slow(int qubits) {
        return "\"" + slowProgram(qubits).replace("\"", "\\\"") + "\"";
    }

    static String slowProgram(int qubits) {
        return "OPENQASM 3.0; include \"stdgates.inc\"; qubit[" + qubits + "] q; bit[" + qubits
                + "] c; h q; c = measure q; h q; c = measure q; if (c[0]) { x q[1]; } h q; c = measure q;";
    }

    /// Counts of a run that nobody disturbs.
    static Map<String, Integer> counts(String circuitJson, int shots, long seed) {
        return new StateVectorSimulator()
                .run(
                        CircuitJson.read(circuitJson, CircuitLimits.defaults()),
                        RunOptions.shots(shots).withSeed(seed))
                .counts();
    }

    static Map<String, Integer> countsOfQasm(String program, int shots, long seed) {
        return new StateVectorSimulator()
                .run(
                        OpenQasm.parse(program, CircuitLimits.defaults()),
                        RunOptions.shots(shots).withSeed(seed))
                .counts();
    }
}
