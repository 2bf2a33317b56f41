package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;

class FewAmplitudesTest {
    private static final List<String> MOVING =
            List.of("x", "cx", "ccx", "swap", "cswap", "z", "s", "tdg", "cp", "crz", "rzz");
    private static final List<String> MIXING = List.of("h", "ry", "u", "iswap", "rxx", "sx");

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static Fusible[] program(Circuit circuit) {
        return FrontEnd.translate(circuit.qubitCount(), circuit.instructions(), true)
                .gates();
    }

    private static GateInstruction gate(List<String> names, int qubits, Random random) {
        Gate gate = Gate.find(names.get(random.nextInt(names.size()))).orElseThrow();
        List<Integer> some = random.ints(0, qubits)
                .distinct()
                .limit(gate.arity() + random.nextInt(3))
                .boxed()
                .toList();
        List<Control> controls = some.subList(gate.arity(), some.size()).stream()
                .map(qubit -> new Control(qubit, random.nextBoolean()))
                .toList();
        List<Double> angles =
                random.doubles(gate.parameterCount(), -4, 4).boxed().toList();
        return new GateInstruction(gate, angles, controls, some.subList(0, gate.arity()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void follows_what_is_moved_turned_and_sometimes_mixed(int seed) {
        Random random = new Random(seed);
        int qubits = List.of(9, 11, 13, 16).get(seed % 4);
        int mixing = random.nextInt(4);
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        int gates = Math.min(50, (1 << qubits) / 32 >> 2 * mixing);
        for (int i = 0; i < gates; i++) {
            boolean mix = i % 3 == 0 && mixing-- > 0;
            // on few qubits, so that amplitudes meet again that came apart before
            builder.add(mix ? gate(MIXING, 4, random) : gate(MOVING, qubits, random));
        }
        Circuit circuit = builder.build();
        assertThat(FewAmplitudes.suit(qubits, program(circuit))).isTrue();

        StateVector expected = StateVectorSimulator.evolvePlainly(circuit, RunOptions.shots(0));
        agree(BlockEngine.evolve(circuit, RunOptions.shots(0), 1), expected, 1e-13);
        for (Precision precision : Precision.values()) {
            for (int threads = 1; threads < 4; threads++) {
                try (OffHeapState outside = new OffHeapState(
                        qubits,
                        precision,
                        FrontEnd.translate(qubits, circuit.instructions(), true).place())) {
                    outside.re().fill((byte) 0x40);
                    outside.im().fill((byte) 0x40);
                    FewAmplitudes.of(program(circuit)).store(outside, threads);
                    agree(outside, expected, precision == Precision.DOUBLE ? 1e-13 : 1e-6);
                }
            }
        }
    }

    private static void agree(PureState state, PureState expected, double tolerance) {
        for (long i = 0; i < state.size(); i++) {
            assertThat(Math.hypot(state.re(i) - expected.re(i), state.im(i) - expected.im(i)))
                    .isLessThan(tolerance);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void memory_that_others_used_holds_nothing_else_afterwards(int qubits) {
        CircuitBuilder full = Circuit.builder(qubits, 0);
        CircuitBuilder chain = Circuit.builder(qubits, 0).gate("h", 0);
        for (int qubit = 0; qubit < qubits; qubit++) {
            full.gate("h", qubit);
            if (qubit > 0) {
                chain.gate("cx", qubit - 1, qubit);
            }
        }
        for (Precision precision : Precision.values()) {
            RunOptions options = RunOptions.shots(0);
            BlockEngine.evolveOffHeap(qubits, full.build().instructions(), precision, options, 2)
                    .close();
            try (OffHeapState state =
                    BlockEngine.evolveOffHeap(qubits, chain.build().instructions(), precision, options, 2)) {
                assertThat(state.norm()).isBetween(1 - 1e-6, 1 + 1e-6);
                assertThat(state.re(0)).isEqualTo(state.re(state.size() - 1)).isBetween(0.707, 0.708);
            }
        }
    }

    @Test
    void leaves_alone_what_mixes_much_and_what_takes_longer_than_a_pass_over_all() {
        CircuitBuilder builder = Circuit.builder(16, 0);
        for (int qubit = 0; qubit < 6; qubit++) {
            builder.gate("h", qubit);
        }
        assertThat(FewAmplitudes.suit(16, program(builder.build()))).isTrue();
        assertThat(FewAmplitudes.suit(13, program(builder.build()))).isFalse();
        assertThat(FewAmplitudes.suit(16, program(builder.gate("h", 7).build())))
                .isFalse();
    }

    @Test
    void is_cancelled_before_it_begins() {
        Circuit circuit = Circuit.builder(16, 0).gate("h", 0).build();
        RunOptions cancelled = RunOptions.shots(0).withCancellation(() -> true);
        assertThatThrownBy(() -> BlockEngine.evolve(circuit, cancelled, 1)).isInstanceOf(RunCancelledException.class);
    }
}
