package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// Measuring under a key and turning by it.
class FeedbackCallsTest {

    private static Circuit circuit(String box) {
        return OpenQasm.parse(
                "OPENQASM 3.0;\nbit[2] b;\n#pragma braket verbatim\nbox{\n" + box
                        + "\n}\nb[0] = measure $0;\nb[1] = measure $1;",
                CircuitLimits.defaults());
    }

    private static Map<String, Integer> counts(String box) {
        return new StateVectorSimulator()
                .run(circuit(box), RunOptions.shots(50).withSeed(3))
                .counts();
    }

    @Test
    void a_turn_is_carried_out_where_the_key_gave_one() {
        String flip = "prx(3.141592653589793, 0.0) $0;";
        String read = "measure_ff(4) $0;\ncc_prx(3.141592653589793, 0.0, 4) $1;";
        assertThat(counts(flip + read)).isEqualTo(Map.of("11", 50));
        assertThat(counts("prx(0.0, 0.0) $0;" + read)).isEqualTo(Map.of("00", 50));
    }

    @Test
    void a_qubit_is_brought_back_to_nought_by_its_own_key() {
        String half = "prx(1.5707963267948966, 0.0) $0;";
        assertThat(counts(half + "measure_ff(0) $0;\ncc_prx(3.141592653589793, 0.0, 0) $0;"))
                .isEqualTo(Map.of("00", 50));
    }

    @ParameterizedTest
    @CsvSource({
        "cc_prx(1.0 COMMA 0.0 COMMA 1) $0; measure_ff(1) $1;",
        "measure_ff $0; prx(1 COMMA 1) $1;",
        "measure_ff(0 COMMA 1) $0; prx(1 COMMA 1) $1;",
        "inv @ measure_ff(0) $0; prx(1 COMMA 1) $1;",
        "measure_ff(0) $0 COMMA $1;"
    })
    void what_makes_no_sense_is_refused(String box) {
        assertThatThrownBy(() -> circuit(box.replace(" COMMA", ","))).isInstanceOf(CircuitException.class);
    }
}
