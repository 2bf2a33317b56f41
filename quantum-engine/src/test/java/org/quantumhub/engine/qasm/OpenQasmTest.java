package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.simulator.RandomCircuits;
import org.quantumhub.engine.simulator.ReferenceSimulator;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;

class OpenQasmTest {
    private static final CircuitLimits LIMITS = CircuitLimits.defaults();

    private static Circuit parse(String source) {
        return OpenQasm.parse(source, LIMITS);
    }

    private static void same(String one, String other) {
        double[][] a = ReferenceSimulator.amplitudes(parse(one));
        double[][] b = ReferenceSimulator.amplitudes(parse(other));
        assertThat(a).hasDimensions(b.length, 2);
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i][0]).isCloseTo(b[i][0], within(1e-12));
            assertThat(a[i][1]).isCloseTo(b[i][1], within(1e-12));
        }
    }

    @Test
    void reads_version_2_with_definitions_broadcasts_and_a_condition() {
        Circuit circuit = parse("""
                OPENQASM 2.0;
                include "qelib1.inc";
                gate majority a,b,c { cx c,b; cx c,a; ccx a,b,c; }
                gate turn(x, y) a { rz(x/2 + y^2) a; barrier a; u3(sin(pi/6), -x, ln(2.5e0)) a; }
                qreg q[3]; qreg r[3];
                creg c[3];
                h q;
                cx q, r;
                cx q[0], r[1];
                majority q[0], q[1], q[2];
                turn(pi/3, 2) r[2];
                barrier q, r[0];
                measure q -> c;
                if (c==5) x r[0];
                reset r;
                """);
        assertThat(circuit.qubitCount()).isEqualTo(6);
        assertThat(circuit.clbitCount()).isEqualTo(3);
        assertThat(circuit.registers().getFirst().name()).isEqualTo("c");
        assertThat(circuit.instructions()).hasSize(3 + 3 + 1 + 3 + 3 + 1 + 3 + 1 + 3);
    }

    @Test
    void reads_version_3_with_modifiers_loops_and_feed_forward() {
        Circuit circuit = parse("""
                OPENQASM 3.0;
                include "stdgates.inc";
                const int n = 3;
                qubit[n] q;
                bit[n] c;
                for int i in [0:n-1] { h q[i]; }
                ctrl @ negctrl @ x q[0], q[1], q[2];
                inv @ pow(2) @ s q[0];
                ctrl(2) @ gphase(pi/4) q[0], q[1];
                let pair = q[0:1];
                x pair;
                c[0] = measure q[0];
                if (c[0]) { x q[1]; } else { y q[1]; }
                bit d = measure q[2];
                """);
        assertThat(circuit.clbitCount()).isEqualTo(4);
        assertThat(circuit.instructions()).hasSize(3 + 1 + 2 + 1 + 2 + 1 + 1 + 1);
    }

    @Test
    void takes_powers_and_controls_by_their_meaning() {
        same("OPENQASM 3; qubit[2] q; h q; pow(1/2) @ x q[0];", "OPENQASM 3; qubit[2] q; h q; sx q[0];");
        same("OPENQASM 3; qubit[2] q; h q; pow(-0.5) @ z q[0];", "OPENQASM 3; qubit[2] q; h q; sdg q[0];");
        same(
                "OPENQASM 3; qubit[2] q; h q; pow(0.5) @ pow(0.5) @ y q[1]; pow(3/4) @ y q[1];",
                "OPENQASM 3; qubit[2] q; h q; y q[1];");
        same(
                "OPENQASM 3; gate g(a) x, y { h x; cx x, y; rz(a) y; gphase(a); } qubit[3] q; h q;"
                        + " ctrl @ inv @ g(0.7) q[2], q[0], q[1];",
                "OPENQASM 3; qubit[3] q; h q; p(-0.7) q[2]; crz(-0.7) q[2], q[1]; ccx q[2], q[0], q[1]; ch q[2], q[0];");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPENQASM 2.0; qreg q[2]; foo q[0]; | UNKNOWN_GATE | 26 | 'foo'",
                "OPENQASM 2.0; qreg q[2]; h q[2]; | INDEX_OUT_OF_RANGE | 30 | index 2",
                "OPENQASM 2.0; qreg q[2]; h r; | UNKNOWN_NAME | 28 | 'r'",
                "OPENQASM 2.0; qreg q[2]; cx q[0]; | WRONG_ARITY | 26 | acts on 2",
                "OPENQASM 2.0; qreg q[2]; cx q[0], q[0]; | DUPLICATE_QUBIT | 36 | twice",
                "OPENQASM 2.0; qreg q[2]; rx q[0]; | WRONG_PARAMETERS | 26 | takes 1 parameter",
                "OPENQASM 2.0; qreg q[2]; rx(1/0) q[0]; | INVALID_VALUE | 30 | zero",
                "OPENQASM 2.0; qreg q[2]; rx(ln(0)) q[0]; | INVALID_VALUE | 29 | finite",
                "OPENQASM 2.0; qreg q[2] h q; | SYNTAX | 25 | ';'",
                "OPENQASM 2.0; include \"evil.inc\"; | UNSUPPORTED | 23 | qelib1.inc",
                "OPENQASM 2.0; opaque magic a; | UNSUPPORTED | 15 | 'opaque'",
                "OPENQASM 4.0; | UNSUPPORTED | 10 | '4.0'",
                "OPENQASM 2.0; gate g a { g a; } | UNKNOWN_GATE | 26 | 'g'",
                "OPENQASM 2.0; qreg q[2]; qreg q[1]; | INVALID_VALUE | 31 | already taken",
                "OPENQASM 2.0; qreg q[2]; creg c[1]; measure q -> c; | WRONG_ARITY | 37 | as many bits",
                "OPENQASM 2.0; qreg q[1]; h q[1e50000000]; | LIMIT_EXCEEDED | 30 | exponent",
                "OPENQASM 3; qubit[2000000000] q; | LIMIT_EXCEEDED | 31 | more than 1024",
                "OPENQASM 3; qubit q; ctrl(1000000) @ x q; | WRONG_ARITY | 22 | takes 1000000",
                "OPENQASM 3; qubit q; pow(1000000000) @ x q; | LIMIT_EXCEEDED | 22 | operations",
                "OPENQASM 3; qubit q; for int i in [0:1000000000000] { x q; } | LIMIT_EXCEEDED | 35 | range",
                "OPENQASM 3; defcal x $0 { } | UNSUPPORTED | 13 | 'defcal'",
                "OPENQASM 3; input float a; | UNSUPPORTED | 13 | 'a'",
                "qreg q 3; | SYNTAX | 8 | OPENQASM line is missing",
                "OPENQASM 2.0; qreg q[1]; h q; /* never | SYNTAX | 31 | '*/'",
                "OPENQASM 2.0; qreg q[1]; h q; # | SYNTAX | 31 | '#'",
            })
    void refuses_with_place_and_reason(String source, CircuitProblem code, int column, String message) {
        assertThatThrownBy(() -> parse(source)).isInstanceOfSatisfying(CircuitException.class, e -> {
            assertThat(e).hasMessageContaining(message);
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.line()).isEqualTo(1);
            assertThat(e.column()).isEqualTo(column);
        });
    }

    @Test
    void counts_lines() {
        assertThatThrownBy(() -> parse("OPENQASM 2.0;\n// a comment\nqreg q[1];\n  bad q[0];"))
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e.line()).isEqualTo(4);
                    assertThat(e.column()).isEqualTo(3);
                });
    }

    @Test
    void refuses_a_tower_of_definitions_before_building_it() {
        StringBuilder source = new StringBuilder("OPENQASM 2.0; gate g0 a { x a; }");
        for (int i = 1; i <= 30; i++) {
            source.append(" gate g").append(i).append(" a {");
            source.append((" g" + (i - 1) + " a;").repeat(10)).append(" }");
        }
        source.append(" qreg q[1]; g30 q[0];");
        assertThatThrownBy(() -> OpenQasm.parse(source.toString(), LIMITS.withMaxParseMillis(60_000)))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.code()).isEqualTo(CircuitProblem.LIMIT_EXCEEDED));
    }

    @Test
    void lets_a_definition_see_only_what_came_before_it() {
        same(
                "OPENQASM 2.0; gate g a { h a; } gate h a { g a; x a; } qreg q[1]; h q[0];",
                "OPENQASM 2.0; qreg q[1]; h q[0]; x q[0];");
    }

    @ParameterizedTest
    @CsvSource({"((((,10000", "[[[[,10000", "-------,10000", "{{{{,10000", "ctrl @ ,10000", "if(1) ,10000", "2**,10000"
    })
    void refuses_deep_nesting(String piece, int times) {
        for (String start : new String[] {"OPENQASM 3; qubit q; rx(", "OPENQASM 3; qubit q; "}) {
            assertThatThrownBy(() -> parse(start + piece.repeat(times))).isInstanceOf(CircuitException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rx(1,+1,) q;",
        "rx(,(1)+,1) q;",
        "x q,[0],;",
        "let a = q, ++ q,;",
        "int x = 1,**1,;",
        "bit c; c = measure q; if (c,&&c,) { }",
        "bit c; switch (c) {, case 1 { }, }",
        "if (true) { },else if (true) { },",
    })
    void refuses_long_chains_before_they_become_deep_trees(String start, String piece, String end) {
        String source = "OPENQASM 3; qubit q; " + start + piece.repeat(100_000) + end;
        assertThatThrownBy(() -> OpenQasm.parse(source, LIMITS.withMaxParseMillis(20_000)))
                .isInstanceOf(CircuitException.class);
    }

    @Test
    void takes_expressions_of_a_reasonable_length() {
        assertThat(parse("OPENQASM 3; qubit q; rx(1" + "+1".repeat(400) + ") q;")
                        .instructions())
                .hasSize(1);
    }

    @Test
    void keeps_the_meaning_of_random_circuits_in_both_versions() {
        for (int seed = 0; seed < 400; seed++) {
            Circuit circuit = RandomCircuits.unitary(5, 12, new Random(seed));
            double[][] expected = ReferenceSimulator.amplitudes(circuit);
            assertSameState(expected, parse(OpenQasm.write3(circuit)), seed);
            assertSameState(expected, parse(OpenQasm.write2(circuit)), seed);
        }
    }

    private static void assertSameState(double[][] expected, Circuit circuit, int seed) {
        double[][] state = ReferenceSimulator.amplitudes(circuit);
        for (int i = 0; i < state.length; i++) {
            assertThat(Math.hypot(state[i][0] - expected[i][0], state[i][1] - expected[i][1]))
                    .as("seed %d", seed)
                    .isLessThan(1e-10);
        }
    }

    @Test
    void runs_a_teleportation() {
        Circuit circuit = parse("""
                OPENQASM 2.0;
                include "qelib1.inc";
                qreg q[3]; creg a[1]; creg b[1]; creg out[1];
                ry(1.1) q[0];
                h q[1]; cx q[1],q[2];
                cx q[0],q[1]; h q[0];
                measure q[0] -> a[0]; measure q[1] -> b[0];
                if(b==1) x q[2];
                if(a==1) z q[2];
                ry(-1.1) q[2];
                measure q[2] -> out[0];
                """);
        assertThat(new StateVectorSimulator()
                        .run(circuit, RunOptions.shots(300).withSeed(4))
                        .counts()
                        .keySet())
                .allMatch(text -> text.startsWith("0"))
                .hasSize(4);
    }
}
