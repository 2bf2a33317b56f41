package org.quantumhub.execution.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.qasm.QasmProgram;

class RecentlyReadTest {

    private final RecentlyRead<QasmProgram> recent =
            new RecentlyRead<>(1 << 18, text -> OpenQasm.program(text, CircuitLimits.defaults()));

    private static String program(int number, int characters) {
        return "OPENQASM 3; // " + number + " " + "-".repeat(characters) + "\nqubit q;";
    }

    @Test
    void a_text_is_read_once() {
        QasmProgram first = recent.of(program(1, 10));
        assertThat(recent.of(program(1, 10))).isSameAs(first);
        assertThat(recent.of(program(2, 10))).isNotSameAs(first);
        assertThat(recent.size()).isEqualTo(2);
    }

    @Test
    void the_ones_used_longest_ago_are_forgotten() {
        QasmProgram first = recent.of(program(1, 20_000));
        for (int i = 2; i < 40; i++) {
            recent.of(program(i, 20_000));
            assertThat(recent.of(program(1, 20_000))).isSameAs(first);
        }
        assertThat(recent.size()).isEqualTo(13);
    }

    @Test
    void what_is_read_for_the_last_time_makes_room() {
        QasmProgram first = recent.of(program(1, 20_000));
        assertThat(recent.last(program(1, 20_000))).isSameAs(first);
        assertThat(recent.last(program(1, 20_000))).isNotSameAs(first);
        assertThat(recent.size()).isZero();
        for (int i = 2; i < 15; i++) {
            recent.of(program(i, 20_000));
        }
        assertThat(recent.size()).isEqualTo(13);
    }

    @Test
    void long_and_wrong_texts_are_not_kept() {
        recent.of(program(1, 40_000));
        assertThatThrownBy(() -> recent.of("OPENQASM 3; qubit")).isInstanceOf(CircuitException.class);
        assertThat(recent.size()).isZero();
    }
}
