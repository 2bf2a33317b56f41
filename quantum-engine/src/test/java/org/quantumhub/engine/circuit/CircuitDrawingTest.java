package org.quantumhub.engine.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitDrawingTest {
    private static final Circuit CIRCUIT = Circuit.builder(3, 1)
            .gate("h", 0)
            .gate("cx", 0, 2)
            .gate("rx", List.of(Math.PI / 2), 1)
            .add(new GateInstruction(Gate.find("z").orElseThrow(), List.of(), List.of(Control.off(1)), List.of(0)))
            .measure(2, 0)
            .build();

    @Test
    void draws_with_characters() {
        assertThat(CircuitDrawing.text(CIRCUIT)).isEqualTo("""
                        q0: ─H──●───────────Z─
                                │           │
                        q1: ────┼──RX(π/2)──○─
                                │
                        q2: ────⊕────M0───────
                        """);
    }

    @Test
    void draws_for_browsers_and_escapes_names() {
        Gate odd = Gate.unitary("a<b&c", Gate.find("x").orElseThrow().matrix());
        Circuit circuit = Circuit.builder(1, 0)
                .add(new GateInstruction(odd, List.of(), List.of(), List.of(0)))
                .build();
        assertThat(CircuitDrawing.svg(circuit))
                .contains("A&lt;B&amp;C")
                .startsWith("<svg")
                .endsWith("</svg>\n");
        assertThat(CircuitDrawing.svg(CIRCUIT)).contains("RX(π/2)").contains(">M0<");
    }

    @Test
    void draws_nothing_for_nothing() {
        assertThat(CircuitDrawing.text(Circuit.builder(0, 0).build())).isEmpty();
    }
}
