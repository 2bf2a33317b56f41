package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.GateInstruction;

/// On more qubits than a state vector holds, where rows are longer than a word and than a vector.
class TableauTest {

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    /// A gate and its inverse.
    private record Gate(Consumer<Tableau> forth, Consumer<Tableau> back) {}

    private static Gate gate(int qubits, Random random) {
        int a = random.nextInt(qubits);
        int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
        CliffordMap map = map("iswap", a, b);
        return switch (random.nextInt(8)) {
            case 0 -> new Gate(t -> t.hadamard(a), t -> t.hadamard(a));
            case 1 -> new Gate(t -> t.phase(a), t -> t.inversePhase(a));
            case 2 -> new Gate(t -> t.controlledNot(a, b), t -> t.controlledNot(a, b));
            case 3 -> new Gate(t -> t.controlledZ(a, b), t -> t.controlledZ(a, b));
            case 4 -> new Gate(t -> t.flip(a), t -> t.flip(a));
            case 5 -> new Gate(t -> t.flipPhase(a), t -> t.flipPhase(a));
            case 6 -> new Gate(t -> t.apply(map("sx", a)), t -> t.apply(map("sxdg", a)));
            default ->
                new Gate(t -> t.apply(map), t -> {
                    t.apply(map);
                    t.apply(map);
                    t.apply(map);
                });
        };
    }

    private static CliffordMap map(String name, int... qubits) {
        int most = IntStream.of(qubits).max().orElseThrow() + 1;
        Circuit circuit = Circuit.builder(most, 0).gate(name, qubits).build();
        return Objects.requireNonNull(
                CliffordMap.of((GateInstruction) circuit.instructions().getFirst()));
    }

    private static List<Gate> gates(int qubits, Random random) {
        return IntStream.range(0, 20 * qubits)
                .mapToObj(ignored -> gate(qubits, random))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void gates_and_their_inverses_leave_every_qubit_at_0(int seed) {
        Random random = new Random(seed);
        int qubits = 60 + random.nextInt(600);
        List<Gate> gates = gates(qubits, random);
        Tableau tableau = new Tableau(qubits);
        gates.forEach(gate -> gate.forth().accept(tableau));
        gates.reversed().forEach(gate -> gate.back().accept(tableau));
        for (int q = 0; q < qubits; q++) {
            assertThat(tableau.measure(q, () -> {
                        throw new AssertionError("nothing is open");
                    }))
                    .isFalse();
        }
    }

    /// Two ways to the same: one keeps the state after each measurement, the other eliminates.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void final_measurements_see_what_measurements_see(int seed) {
        Random random = new Random(seed);
        int qubits = 60 + random.nextInt(200);
        List<Gate> gates = gates(qubits, random).subList(0, (1 + random.nextInt(19)) * qubits);
        int[] order = random.ints(2L * qubits, 0, qubits).toArray();
        Tableau kept = new Tableau(qubits);
        Tableau left = new Tableau(qubits);
        for (Tableau tableau : List.of(kept, left)) {
            gates.forEach(gate -> gate.forth().accept(tableau));
        }
        FinalMeasurements end = new FinalMeasurements(left);
        Random first = new Random(seed);
        Random second = new Random(seed);
        List<Boolean> measured = new ArrayList<>();
        List<Boolean> read = new ArrayList<>();
        for (int q : order) {
            measured.add(kept.measure(q, first::nextBoolean));
            read.add(end.measure(q, second::nextBoolean));
        }
        assertThat(read).isEqualTo(measured);
        assertThat(second.nextLong()).as("as many outcomes were open to both").isEqualTo(first.nextLong());
    }

    @Test
    void a_measured_qubit_stays_as_it_was_seen() {
        Random random = new Random(7);
        Tableau tableau = new Tableau(130);
        gates(130, random).forEach(gate -> gate.forth().accept(tableau));
        for (int q = 0; q < 130; q++) {
            boolean seen = tableau.measure(q, random::nextBoolean);
            assertThat(tableau.measure(q, () -> !seen)).isEqualTo(seen);
        }
    }
}
