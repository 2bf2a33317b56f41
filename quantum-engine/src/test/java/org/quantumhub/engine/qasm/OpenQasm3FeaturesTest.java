package org.quantumhub.engine.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.simulator.ReferenceSimulator;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// The language feature by feature: a small program each, whose outcome is certain and looks the same from no side.
class OpenQasm3FeaturesTest {
    private static final String START = "OPENQASM 3.1; include \"stdgates.inc\";\n";

    private static Map<String, Double> distribution(String program) {
        return ReferenceSimulator.distribution(
                OpenQasm.parse(START + program, CircuitLimits.defaults(), Map.of("theta", Math.PI)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " # ", quoteCharacter = '`', textBlock = """
                    switch on a known number # qubit[3] q; bit[3] c; int i = 2; switch (i) { case 0, 1 { x q[1]; } case 2 { x q[0]; } default { x q[2]; } } c = measure q; # 001
                    switch on a measured number # qubit[3] q; bit[3] c; bit[2] m; x q[1]; m = measure q[0:1]; switch (int(m)) { case 1 { x q[0]; } case 2 { x q[2]; } default { x q[0]; } } c = measure q; # 10110
                    while with a known condition # qubit[4] q; bit[4] c; int i = 0; while (i < 2) { x q[i]; i += 1; } c = measure q; # 0011
                    while with a measured condition # qubit[2] q; bit[2] c; bit m = 0; while (m == 0) { x q[0]; m = measure q[0]; } x q[1]; x q[0]; c = measure q; # 110
                    break and continue # qubit[4] q; bit[4] c; for int i in [0:3] { if (i == 1) { continue; } if (i == 3) { break; } x q[i]; } c = measure q; # 0101
                    break under a measured condition # qubit[3] q; bit[3] c; bit m; x q[0]; for int i in [1:2] { x q[i]; m = measure q[0]; if (m) { break; } } c = measure q; # 1011
                    break out of an endless loop # qubit[2] q; bit[2] c; bit m; while (true) { x q[1]; m = measure q[1]; if (m == 1) { break; } } c = measure q; # 110
                    continue under a measured condition # qubit[3] q; bit[3] c; bit m; x q[0]; for int i in [0:1] { m = measure q[i]; if (m) { continue; } x q[2]; } c = measure q; # 0101
                    break of the inner of two loops # qubit[3] q; bit[3] c; bit m; x q[0]; for int i in [0:1] { for int k in [0:2] { m = measure q[0]; if (m) { break; } x q[1]; } x q[2]; } x q[2]; c = measure q; # 1101
                    return under a measured condition # def f(qubit a) -> bit { bit b = measure a; if (b) { return 0; } return 1; } qubit[2] q; bit[2] c; x q[0]; c[0] = f(q[0]); c[1] = f(q[1]); # 10
                    return of a number out of a loop # def first(qubit[3] a) -> int[4] { bit b; for int i in [0:2] { b = measure a[i]; if (b) { return i + 1; } } return 0; } qubit[3] q; bit[3] c; x q[1]; int[4] n = first(q); if (n == 2) { x q[2]; } c = measure q; # 110
                    end under a measured condition # qubit[2] q; bit[2] c; bit m; x q[0]; m = measure q[0]; c = measure q; if (m) { end; } x q[1]; c = measure q; # 101
                    end # qubit[2] q; bit[2] c; x q[0]; c = measure q; end; x q[1]; c = measure q; # 01
                    for over a set # qubit[4] q; bit[4] c; for uint[8] i in {1, 3} { x q[i]; } c = measure q; # 1010
                    for over an array # qubit[4] q; bit[4] c; array[int[8], 2] a = {0, 3}; for int i in a { x q[i]; } c = measure q; # 1001
                    for over a register of bits # qubit[3] q; bit[3] b = "110"; bit[3] c; int i = 0; for bit one in b { if (one) { x q[i]; } i += 1; } c = measure q; # 110110
                    ranges that go down # qubit[3] q; bit[3] c; int s = 0; for int i in [4:-2:0] { s = 10 * s + i; } if (s == 420) { x q[1]; } c = measure q; # 010
                    arrays in two dimensions # qubit[2] q; bit[2] c; array[int[16], 2, 3] a = {{1, 2, 3}, {4, 5, 6}}; a[0, 1] = 9; a[1] = {7, 8, 9}; if (a[0, 1] == 9 && a[1][2] == 9 && sizeof(a) == 2 && sizeof(a, 1) == 3) { x q[0]; } c = measure q; # 01
                    slices of arrays # qubit[2] q; bit[2] c; array[float[64], 4] a = {0.5, 1.5, 2.5, 3.5}; array[float[64], 2] b = a[1:2]; a[0:1] = b; if (b[0] == 1.5 && b[1] == 2.5 && a[1] == 2.5) { x q[1]; } c = measure q; # 10
                    constant arrays # const array[int[8], 2] a = {1, 2}; qubit[2] q; bit[2] c; if (a[1] == 2) { x q[0]; } c = measure q; # 01
                    complex numbers # qubit[2] q; bit[2] c; complex[float[64]] z = 1.5 + 2im; complex[float] w = z * z; if (real(w) == -1.75 && imag(w) == 6) { x q[1]; } c = measure q; # 10
                    aliases of slices joined # qubit[5] q; bit[5] c; let a = q[0:1] ++ q[3:4]; x a[1]; x a[3]; c = measure q; # 10010
                    aliases by a set of indices # qubit[3] q; bit[3] c; let a = q[{2, 0}]; x a[0]; x q[-2]; c = measure q; # 110
                    subroutines with registers, qubits and numbers # def f(qubit[2] a, qubit b, int[8] n) { if (n == 2) { x a[1]; x b; } } qubit[3] q; bit[3] c; f(q[0:1], q[2], 2); c = measure q; # 110
                    subroutines that change an array # def f(mutable array[int[8], 2] a) { a[1] = 5; } qubit[2] q; bit[2] c; array[int[8], 2] v = {1, 2}; f(v); if (v[1] == 5) { x q[0]; } c = measure q; # 01
                    subroutines that read an array of any length # def f(readonly array[int[8], #dim = 1] a) -> int[8] { int[8] s = 0; for int i in [0:sizeof(a) - 1] { s += a[i]; } return s; } qubit[2] q; bit[2] c; array[int[8], 3] v = {1, 2, 4}; if (f(v) == 7) { x q[1]; } c = measure q; # 10
                    subroutines that return an angle # def f(angle[16] a) -> angle[16] { return 2 * a; } qubit[2] q; bit[2] c; rx(f(pi / 2)) q[1]; c = measure q; # 10
                    recursion # def fact(int[32] n) -> int[32] { if (n <= 1) { return 1; } return n * fact(n - 1); } qubit[2] q; bit[2] c; if (fact(5) == 120) { x q[0]; } c = measure q; # 01
                    ctrl and negctrl together # qubit[3] q; bit[3] c; x q[0]; ctrl @ negctrl @ x q[0], q[1], q[2]; c = measure q; # 101
                    ctrl with a number # qubit[4] q; bit[4] c; x q[0]; x q[1]; ctrl(2) @ x q[0], q[1], q[3]; c = measure q; # 1011
                    negctrl with a number # qubit[3] q; bit[3] c; negctrl(2) @ x q[0], q[1], q[2]; c = measure q; # 100
                    inv of a definition # gate g a { h a; t a; h a; } qubit[2] q; bit[2] c; g q[0]; inv @ g q[0]; x q[1]; c = measure q; # 10
                    powers that are no whole numbers # qubit[2] q; bit[2] c; pow(1/2) @ x q[1]; pow(0.5) @ x q[1]; pow(-0.5) @ x q[0]; pow(-2.5) @ x q[0]; x q[0]; c = measure q; # 10
                    powers of gates on two qubits # qubit[2] q; bit[2] c; x q[0]; pow(0.25) @ swap q[0], q[1]; pow(0.75) @ swap q[0], q[1]; c = measure q; # 10
                    powers of definitions on three qubits # gate g a, b, d { cx a, b; cx b, d; rx(0.3) a; } qubit[3] q; bit[3] c; x q[2]; pow(1/3) @ g q[0], q[1], q[2]; pow(2/3) @ g q[0], q[1], q[2]; inv @ g q[0], q[1], q[2]; c = measure q; # 100
                    ctrl of a power # qubit[3] q; bit[3] c; x q[0]; x q[1]; ctrl @ pow(0.5) @ swap q[0], q[1], q[2]; ctrl @ pow(1/2) @ swap q[0], q[1], q[2]; c = measure q; # 101
                    gphase under ctrl # qubit[2] q; bit[2] c; h q[1]; ctrl @ gphase(pi) q[1]; h q[1]; c = measure q; # 10
                    gphase in a definition under ctrl # gate g a { gphase(pi); id a; } qubit[2] q; bit[2] c; h q[0]; ctrl @ g q[0], q[1]; h q[0]; c = measure q; # 01
                    durations and stretches # duration d = 100ns; stretch s; qubit[2] q; bit[2] c; delay[2 * d + 20us] q; delay[s] q; delay[16dt] q[0]; x q[1]; c = measure q; # 10
                    durations are compared # qubit[2] q; bit[2] c; duration a = 100ns; duration b = 0.1us; if (a == b && a / b == 1 && 2 * a > b) { x q[0]; } c = measure q; # 01
                    durationof # qubit[2] q; bit[2] c; duration d = durationof({ x q[0]; }); box [d] { x q[1]; } c = measure q; # 10
                    boxes with nop # qubit[2] q; bit[2] c; box [1ms] { x q[1]; nop q[0]; nop; } c = measure q; # 10
                    input # input float theta; qubit[2] q; bit[2] c; rx(theta) q[1]; c = measure q; # 10
                    output of bits and numbers # output bit[2] c; output int[3] n; output angle[2] a; qubit[2] q; x q[1]; c = measure q; n = -3; a = pi; # 1010110
                    constant expressions # const int[8] n = 3; const float f = n / 2.0; const uint m = 2 ** n - 1; const bool b = m == 7 && f == 1.5; qubit[n] q; bit[n] c; if (b) { x q[n - 2]; } c = measure q; # 010
                    bit strings # const bit[4] m = "01_10"; qubit[4] q; bit[4] c; for int i in [0:3] { if (m[i] == 1) { x q[i]; } } x q[0]; c = measure q; # 0111
                    registers shifted, turned and counted # qubit[2] q; bit[2] c; bit[4] a = "1100"; bit[4] b = "1010"; if ((a & b) == "1000" && (a | b) == "1110" && (a ^ b) == "0110" && (~a) == "0011" && (a << 1) == "1000" && (a >> 2) == "0011" && popcount(a) == 2 && rotl(a, 1) == "1001" && rotr(b, 1) == "0101") { x q[0]; } c = measure q; # 1010110001
                    casts # qubit[2] q; bit[2] c; int[8] i = int[8](3.7); uint[4] u = uint[4](19); float f = float(i) / 2; bool b = bool(i); if (i == 3 && u == 3 && f == 1.5 && b && int[8](bit[3](5)) == 5) { x q[0]; } c = measure q; # 01
                    casts of angles to bits # qubit[2] q; bit[2] c; angle[4] a = pi / 2; bit[4] s = bit[4](a); if (s == "0100") { x q[0]; } c = measure q; # 010001
                    angles wrap # qubit[2] q; bit[2] c; angle[8] a = 3 * pi / 2; angle[8] b = a + pi; if (b == pi / 2) { x q[0]; } c = measure q; # 01
                    numbers wrap # qubit[2] q; bit[2] c; int[8] i = 127; i = i + 1; uint[8] u = 255; u += 1; if (i == -128 && u == 0) { x q[0]; } c = measure q; # 01
                    bits of numbers # qubit[2] q; bit[2] c; int[8] i = 6; uint[4] u = 0; angle[4] a = pi; u[2] = 1; a[0] = 1; if (i[1] == 1 && i[0] == 0 && i[1:2] == 3 && u == 4 && a[3] == 1 && a == 9 * pi / 8) { x q[1]; } c = measure q; # 10
                    bits of a number that are measured # qubit[2] q; bit[2] c; uint[4] u = 8; x q[0]; u[1] = measure q[0]; if (u == 10) { x q[1]; } c = measure q; # 11
                    division of whole numbers into one # qubit[2] q; bit[2] c; int i = 7; int j = i / 2; int k = i % 4; if (j == 3 && k == 3) { x q[0]; } c = measure q; # 01
                    hardware qubits # bit[3] c; x $2; c[0] = measure $0; c[2] = measure $2; # 100
                    rotations by a measured number # qubit[2] q; bit[2] c; x q[0]; c[0] = measure q[0]; rx(pi * int(c)) q[1]; c[1] = measure q[1]; # 11
                    rotations by a part of a measured number # qubit[3] q; bit[2] m; bit c; x q[1]; m = measure q[0:1]; rx(m * pi / 2) q[2]; c = measure q[2]; # 110
                    literals # qubit[2] q; bit[2] c; int a = 0x1F; int b = 0b1010; int d = 0o17; int e = 1_000; float f = .5e1; if (a == 31 && b == 10 && d == 15 && e == 1000 && f == 5) { x q[0]; } c = measure q; # 01
                    functions # qubit[2] q; bit[2] c; if (abs(sin(pi / 6) - 0.5) < 1e-12 && ceiling(1.2) == 2 && floor(1.8) == 1 && mod(7, 4) == 3 && exp(0) == 1 && pow(2, 3) == 8 && arccos(1) == 0 && sqrt(9) == 3 && popcount(7) == 3) { x q[0]; } c = measure q; # 01
                    operators that assign # qubit[2] q; bit[2] c; int a = 5; a <<= 1; a |= 1; a ^= 2; a &= 13; a -= 1; a *= 3; a %= 5; a **= 2; if (a == 16) { x q[0]; } c = measure q; # 01
                    measurement with an arrow # qubit[2] q; bit[2] c; x q[1]; measure q -> c; # 10
                    measurement in a declaration # qubit[2] q; x q[1]; bit[2] c = measure q; # 10
                    measurement of a slice # qubit[4] q; bit[4] c; x q[2]; c[1:2] = measure q[1:2]; # 0100
                    reset of one qubit # qubit[2] q; bit[2] c; x q; reset q[0]; c = measure q; # 10
                    barriers # qubit[2] q; bit[2] c; x q[1]; barrier q; barrier; barrier q[0], q[1]; c = measure q; # 10
                    gates on whole registers # qubit q; qubit[3] r; bit[4] c; x q; cx q, r[0:1]; c[0] = measure q; c[1:3] = measure r; # 0111
                    scopes # qubit[2] q; bit[2] c; int a = 1; { int a = 5; if (a == 5) { x q[0]; } } if (a != 1) { x q[1]; } c = measure q; # 01
                    the words of version 2 # qreg q[2]; creg c[2]; x q[1]; CX q[1], q[0]; x q[0]; measure q -> c; # 10
                    comments and Greek letters # /* a /* b */ qubit[2] θ; bit[2] c; U(π, 0, τ / 2) θ[1]; c = measure θ; // end # 10
                    verbatim boxes # qubit[2] q; bit[2] c; box { x q[1]; } c = measure q; # 10
                    if and else if on measured bits # qubit[3] q; bit[3] c; bit[2] m; x q[1]; m = measure q[0:1]; if (m == 1) { x q[0]; } else if (m == 2) { x q[2]; x q[1]; } else { x q[0]; } c = measure q; # 10100
                    """)
    void takes(String feature, String program, String outcome) {
        assertThat(distribution(program)).as(feature).satisfies(found -> {
            assertThat(found.getOrDefault(outcome, 0.0)).isCloseTo(1, within(1e-9));
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " # ", quoteCharacter = '`', textBlock = """
                    extern # extern f(int[8]) -> float; qubit q; # UNSUPPORTED # 1 # no definition in terms of gates
                    defcal # qubit q; defcal x $0 { } # UNSUPPORTED # 10 # no definition in terms of gates
                    cal # cal { port p; } # UNSUPPORTED # 1 # no definition in terms of gates
                    defcalgrammar # defcalgrammar "openpulse"; qubit q; # UNSUPPORTED # 1 # no definition in terms of gates
                    opaque # opaque g q; # UNSUPPORTED # 1 # no definition in terms of gates
                    an unknown pragma # pragma simulator fast # UNSUPPORTED # 1 # 'braket'
                    a missing include # include "other.inc"; # UNSUPPORTED # 9 # stdgates.inc
                    changing what is readonly # def f(readonly array[int[8], 2] a) { a[1] = 5; } array[int[8], 2] v = {1, 2}; f(v); # INVALID_VALUE # 38 # cannot be changed
                    a float that depends on a measurement # qubit q; bit c; float f = 0.5; c = measure q; if (c) { f = 1.5; } # UNSUPPORTED # 56 # would depend on a measurement
                    an array that depends on a measurement # qubit q; bit c; array[int[8], 2] a = {1, 2}; c = measure q; if (c) { a[0] = 5; } # UNSUPPORTED # 70 # would depend on a measurement
                    an index that depends on a measurement # qubit[2] q; bit[2] c; c = measure q; x q[int(c)]; # UNSUPPORTED # 42 # before the run
                    an output of type float # output float f; qubit q; # UNSUPPORTED # 14 # outputs are bits, whole numbers and angles
                    an input without a value # input float alpha; qubit q; # UNSUPPORTED # 1 # no value was given
                    a loop inside a gate # gate g q { for int i in [0:2] { x q; } } # UNSUPPORTED # 12 # inside a gate definition
                    break outside of a loop # break; # SYNTAX # 1 # nothing to leave
                    break outside of a loop under a measured condition # qubit q; bit c; c = measure q; if (c) { break; } # SYNTAX # 41 # nothing to leave
                    a break in a subroutine out of the loop of its caller # def f() { break; } for int i in [0:1] { f(); } # SYNTAX # 11 # nothing to leave
                    names out of their scope # { int a = 5; } int b = a; # UNKNOWN_NAME # 24 # Nothing is called 'a'
                    a power of too many qubits # gate g a, b, c, d, e, f { cx a, b; cx c, d; cx e, f; } qubit[6] q; pow(0.5) @ g q[0], q[1], q[2], q[3], q[4], q[5]; # UNSUPPORTED # 68 # up to 5 qubits
                    rotl of a plain number # int a = 3; int b = rotl(a, 1); # UNSUPPORTED # 20 # register of bits
                    """)
    void refuses_with_the_reason(String feature, String program, CircuitProblem code, int column, String reason) {
        assertThatThrownBy(() -> distribution(program))
                .as(feature)
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e).hasMessageContaining(reason);
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(column);
                });
    }

    @Test
    void takes_annotations_for_what_they_are() {
        assertThat(distribution("""
                @crosstalk on
                @noise.off [1, 2] anything at all
                qubit[2] q; bit[2] c;
                @reversible
                x q[1];
                c = measure q;
                """)).containsOnlyKeys("10");
    }

    /// The number of turns is open, and every way through ends with the same outcome.
    @Test
    void leaves_a_loop_of_the_circuit_when_a_measurement_says_so() {
        var circuit = OpenQasm.parse(START + """
                qubit[3] q; bit[3] c; bit m;
                uint[4] turns = 0;
                while (true) {
                    h q[0];
                    m = measure q[0];
                    turns += 1;
                    if (m) { break; }
                    if (turns < 3) { continue; }
                    x q[1]; x q[1];
                }
                if (turns > 0) { x q[2]; }
                c = measure q;
                """, CircuitLimits.defaults());
        Map<String, Integer> counts = new StateVectorSimulator()
                .run(circuit, RunOptions.shots(300).withSeed(5))
                .counts();
        assertThat(counts.keySet()).allMatch(text -> text.equals("1101"));
    }

    @Test
    void counts_the_turns_of_a_loop_that_is_left_by_chance() {
        Map<String, Double> found = distribution("""
                qubit q; bit m; output uint[3] turns = 0;
                for int i in [1:4] {
                    h q;
                    m = measure q;
                    if (m) { break; }
                    turns += 1;
                }
                """);
        // The register of turns stands before m.
        assertThat(found).hasSize(5);
        assertThat(found.getOrDefault("0001", 0.0)).isCloseTo(0.5, within(1e-9));
        assertThat(found.getOrDefault("0011", 0.0)).isCloseTo(0.25, within(1e-9));
        assertThat(found.getOrDefault("1000", 0.0)).isCloseTo(0.0625, within(1e-9));
    }
}
