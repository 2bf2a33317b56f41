package org.quantumhub.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.json.IonqJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.stim.StimCircuit;

/// Looks for texts that a reader answers with anything but a circuit or a [CircuitException], guided by coverage.
///
/// What was read is written and read again, and must then be written to the same text.
class ReadersFuzz {
    private static final CircuitLimits LIMITS =
            CircuitLimits.defaults().withMaxOperations(2_000).withMaxQubits(16).withMaxParseMillis(800);

    @FuzzTest(maxDuration = "10m")
    void openQasm(byte[] data) {
        circuit(data, text -> again(OpenQasm.parse(text, LIMITS, Map.of("theta", 0.5))));
    }

    @FuzzTest(maxDuration = "10m")
    void circuitJson(byte[] data) {
        circuit(data, text -> CircuitJson.write(CircuitJson.read(text, LIMITS)));
    }

    @FuzzTest(maxDuration = "10m")
    void ionqJson(byte[] data) {
        circuit(data, text -> IonqJson.write(IonqJson.read(text, LIMITS)));
    }

    @FuzzTest(maxDuration = "10m")
    void stim(byte[] data) {
        circuit(data, text -> StimCircuit.parse(text, LIMITS).write());
    }

    private static String again(Circuit circuit) {
        return OpenQasm.write3(circuit);
    }

    /// @param rewritten reads a text and writes what was read
    private static void circuit(byte[] data, UnaryOperator<String> rewritten) {
        String once;
        try {
            once = rewritten.apply(new String(data, StandardCharsets.UTF_8));
        } catch (CircuitException e) {
            return;
        }
        String twice;
        try {
            twice = rewritten.apply(once);
        } catch (CircuitException e) {
            // A text that was written is longer than what it was written from, and may be beyond a limit.
            if (e.code() != org.quantumhub.engine.circuit.CircuitProblem.LIMIT_EXCEEDED) {
                throw new IllegalStateException("Written, but not read again:\n" + once, e);
            }
            return;
        }
        if (!twice.equals(once)) {
            throw new IllegalStateException("Written once:\n" + once + "\nand twice:\n" + twice);
        }
    }
}
