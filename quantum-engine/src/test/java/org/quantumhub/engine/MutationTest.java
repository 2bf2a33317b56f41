package org.quantumhub.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.json.CircuitJson;
import org.quantumhub.engine.json.IonqJson;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.stim.StimCircuit;

/// Damages valid programs at random, 104,000 times: whatever comes out, the readers answer with a circuit or a
/// [CircuitException], and never think about it for long.
class MutationTest {
    private static final long SEED = 20_250;
    private static final int TIMES = 13_000;

    /// What thinking may cost, in processor time of the thread, so that other work on the machine does not count.
    private static final long MOST_NANOSECONDS = 1_000_000_000;

    private static final CircuitLimits LIMITS = CircuitLimits.defaults().withMaxOperations(20_000);

    /// A way to read, and a valid program that shows much of what can be said in it.
    enum Program {
        OPENQASM_2("""
        OPENQASM 2.0;
        include "qelib1.inc";
        gate turn(x, y) a, b { rz(x/2 + y^2) a; cx a, b; u3(sin(pi/6), -x, ln(2.5e0)) b; }
        qreg q[3]; creg c[3];
        h q; turn(pi/3, 2) q[0], q[2];
        barrier q; measure q -> c;
        if (c==5) x q[0];
        reset q[1];
        """),
        OPENQASM_3("""
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
        """),
        OPENQASM_3_PROGRAMS("""
        OPENQASM 3.1;
        input float theta;
        qubit[3] q; bit[2] c; qubit a;
        array[int[8], 2, 2] m = {{1, 2}, {3, 4}}; complex[float] z = 2 + 3im; angle[4] turn = pi / 4;
        def parity(qubit[2] r, readonly array[int[8], 2, 2] n) -> bit { cx r[0], r[1]; return measure r[1]; }
        int[8] count = 0; uint[4] i = 3; bool done = false;
        while (i > 0) { i -= 1; if (i == 1) { continue; } rx(theta * i) q[i]; }
        c[0] = parity(q[0:1], m);
        switch (int(c[0])) { case 0 { x q[2]; } case 1, 2 { z q[2]; } default { y q[2]; } }
        while (!done) { h a; done = measure a; count += 1; }
        inv @ pow(0.5) @ rx(real(z)) q[0]; ctrl(2) @ gphase(-turn) q[0], q[1];
        #pragma braket noise kraus([[1, 0], [0, 0.8im]], [[0, 0.6], [0, 0]]) q[1]
        #pragma braket unitary([[0, 1], [1, 0]]) q[2]
        """),
        OPENQASM_3_RESULTS("""
        OPENQASM 3.0;
        qubit[3] q; h q[0]; cx q[0], q[1]; reset q[2];
        #pragma braket noise pauli_channel(0.1, 0.05, 2e-1) q[0]
        #pragma braket result expectation x(q[0]) @ hermitian([[1, 1im], [-1im, 0]]) q[1]
        #pragma braket result variance z all
        #pragma braket result sample h(q[2])
        #pragma braket result probability q[0], q[1]
        #pragma braket result density_matrix q[0:1]
        """),
        CIRCUIT_JSON("""
        {"num_qubits": 3, "num_clbits": 2, "gates": [
          {"type": "H", "target": 0}, {"type": "CNOT", "control": 0, "target": 1},
          {"type": "RZ", "target": 1, "parameter": -0.5e-1}, {"type": "U", "targets": [2], "parameters": [1, 2, 3]},
          {"type": "MEASURE", "targets": [0, 1], "clbits": [1, 0]}, {"type": "BARRIER"}, {"type": "RESET", "target": 2}]}
        """),
        IONQ_QIS("""
        {"format": "ionq.circuit.v1", "gateset": "qis", "qubits": 3, "circuit": [
          {"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1},
          {"gate": "x", "controls": [0, 1], "target": 2}, {"gate": "rx", "rotation": 0.5e-1, "target": 1},
          {"gate": "xx", "targets": [0, 2], "rotation": -1}, {"gate": "swap", "targets": [0, 1]}]}
        """),
        IONQ_NATIVE("""
        {"gateset": "native", "qubits": 2, "circuit": [
          {"gate": "gpi", "phase": 0.5, "target": 0}, {"gate": "gpi2", "phase": 0, "target": 1},
          {"gate": "ms", "phases": [0, 0.25], "targets": [0, 1]}, {"gate": "zz", "angle": 0.125, "targets": [0, 1]}]}
        """),
        STIM("""
        R 0 1 2
        H[tag] 0
        REPEAT 3 {
            CX 0 1
            DEPOLARIZE2(0.01) 0 1
            M(0.02) !1 2
            CX rec[-1] 0
            DETECTOR(1, 2.5) rec[-1] rec[-2]
            SHIFT_COORDS(0, 1)
        }
        PAULI_CHANNEL_1(0.1, 0.2, 0.05) 0
        CORRELATED_ERROR(0.1) X0 Z2
        ELSE_CORRELATED_ERROR(0.2) Y1
        MPP X0*Z1 !Y2
        MXX 0 1
        OBSERVABLE_INCLUDE(0) rec[-1]
        TICK
        """);

        private final String text;

        Program(String text) {
            this.text = text;
        }

        Object read(String source) {
            return switch (this) {
                case OPENQASM_2, OPENQASM_3, OPENQASM_3_RESULTS -> OpenQasm.parse(source, LIMITS);
                case OPENQASM_3_PROGRAMS -> OpenQasm.parse(source, LIMITS, Map.of("theta", 0.5));
                case CIRCUIT_JSON -> CircuitJson.read(source, LIMITS);
                case IONQ_QIS, IONQ_NATIVE -> IonqJson.read(source, LIMITS);
                case STIM -> StimCircuit.parse(source, LIMITS);
            };
        }
    }

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
        "0x",
        "#pragma braket result expectation x(q[0])\n",
        "#pragma braket noise bit_flip(0.1) q[0]\n",
        "inv @ ",
        "def f(qubit a) -> bit { return measure a; }",
        "while (c != 0) ",
        "switch (c) { case 1 { } }",
        "\"gate\":",
        "REPEAT 9 {\n",
        "rec[-1]",
        "MPP X0*Z1\n",
        "DETECTOR"
    };

    @ParameterizedTest
    @EnumSource
    void answers_damaged_programs_with_a_circuit_or_the_documented_exception(Program program) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Random random = new Random(SEED + program.ordinal());
        assertThat(program.read(program.text)).isNotNull();
        int accepted = 0;
        long slowest = 0;
        for (int i = 0; i < TIMES; i++) {
            String source = mutated(program.text, random);
            long start = threads.getCurrentThreadCpuTime();
            try {
                program.read(source);
                accepted++;
            } catch (CircuitException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Mutation " + i + " of seed " + SEED + ":\n" + source, e);
            }
            long time = threads.getCurrentThreadCpuTime() - start;
            assertThat(time)
                    .as("nanoseconds for mutation %d of seed %d: %s", i, SEED, source)
                    .isLessThan(MOST_NANOSECONDS);
            slowest = Math.max(slowest, time);
        }
        System.out.println(program + ", seed " + SEED + ": " + accepted + " of " + TIMES + " accepted, the slowest in "
                + slowest / 1_000_000 + " ms");
        // Some damage is harmless and most is not: both kinds must have been seen.
        assertThat(accepted).isBetween(TIMES / 200, TIMES * 9 / 10);
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
