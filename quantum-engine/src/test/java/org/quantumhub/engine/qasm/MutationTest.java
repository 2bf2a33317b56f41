package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;

/// Damages valid programs at random: whatever comes out, the readers answer with a circuit or a [CircuitException].
class MutationTest {
    private static final String[] PROGRAMS = {"""
        OPENQASM 2.0;
        include "qelib1.inc";
        gate turn(x, y) a, b { rz(x/2 + y^2) a; cx a, b; u3(sin(pi/6), -x, ln(2.5e0)) b; }
        qreg q[3]; creg c[3];
        h q; turn(pi/3, 2) q[0], q[2];
        barrier q; measure q -> c;
        if (c==5) x q[0];
        reset q[1];
        """, """
        OPENQASM 3.0;
        include "stdgates.inc";
        const int n = 3; float angle_ = 2 * pi / n;
        qubit[n] q; bit[n] c; bit d;
        gate g(a) x, y { ctrl @ rz(a) x, y; inv @ pow(2) @ s y; }
        for int i in [0:n-1] { h q[i]; rx(angle_ * i) q[i]; }
        ctrl @ negctrl @ x q[0], q[1], q[2];
        let pair = q[{0, 2}] ++ q[1:1]; g(0.25) pair[0], pair[1];
        c[0] = measure q[0]; d = measure q[1];
        if (c == 3 && !d) { x q[1]; } else { U(0.1, tau, euler) q[1]; }
        delay[100ns] q; box { y $0; } gphase(-pi);
        """, """
        {"num_qubits": 3, "num_clbits": 2, "gates": [
          {"type": "H", "target": 0}, {"type": "CNOT", "control": 0, "target": 1},
          {"type": "RZ", "target": 1, "parameter": -0.5e-1}, {"type": "U", "targets": [2], "parameters": [1, 2, 3]},
          {"type": "MEASURE", "targets": [0, 1], "clbits": [1, 0]}, {"type": "BARRIER"}, {"type": "RESET", "target": 2}]}
        """};
    private static final String[] PIECES = {
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ";",
        ",",
        "9",
        "0",
        "-",
        "1e9",
        "99999999999",
        "\"",
        "@",
        "->",
        "**",
        "/",
        ".",
        " ",
        "\n",
        "ctrl @ ",
        "pow(3) @ ",
        "q",
        "c",
        "pi",
        "if (c==1) ",
        "for int i in [0:99] ",
        "gate g a {",
        "\u0000",
        "\ud83d",
        "é",
        "//",
        "/*",
        ":",
        "$1",
        "true",
        "null",
        "<<",
        "%",
        "~",
        "measure q",
        "int x = 3;",
        "1ns",
        "0x"
    };

    @ParameterizedTest(name = "program {0}")
    @ValueSource(ints = {0, 1, 2})
    void never_throws_anything_but_the_documented_exception(int program) {
        CircuitLimits limits = CircuitLimits.defaults().withMaxOperations(20_000);
        Random random = new Random(20_250 + program);
        int accepted = 0;
        int total = 34_000;
        for (int i = 0; i < total; i++) {
            String source = mutated(PROGRAMS[program], random);
            try {
                if (program == 2) {
                    CircuitJson.read(source, limits);
                } else {
                    OpenQasm.parse(source, limits);
                }
                accepted++;
            } catch (CircuitException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("Mutation " + i + ":\n" + source, e);
            }
        }
        // Some damage is harmless and most is not: both kinds must have been seen.
        assertThat(accepted).isBetween(total / 100, total * 9 / 10);
    }

    private static String mutated(String program, Random random) {
        StringBuilder text = new StringBuilder(program);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(text.length());
            int length = Math.min(random.nextInt(12), text.length() - at);
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, at + length);
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> text.replace(at, at + Math.min(1, length), PIECES[random.nextInt(PIECES.length)]);
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
                default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return text.toString();
    }
}
