package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.ClassicalExpression;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

class StabilizerSimulatorTest {
    private static final String[] GATES = {
        "h", "s", "sdg", "x", "y", "z", "sx", "sxdg", "cx", "cy", "cz", "swap", "iswap", "dcx", "ecr", "rzz", "rx", "xy"
    };
    private final Simulator simulator = new StabilizerSimulator();

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static GateInstruction clifford(int qubits, Random random) {
        String name = GATES[random.nextInt(GATES.length)];
        double angle = random.nextInt(-4, 5) * Math.PI / (name.equals("xy") ? 1 : 2);
        int first = random.nextInt(qubits);
        int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        boolean single = Gate.find(name).orElseThrow().arity() == 1;
        boolean turned = List.of("rzz", "rx", "xy").contains(name);
        int[] on = single ? new int[] {first} : new int[] {first, second};
        Circuit one =
                builder.gate(name, turned ? List.of(angle) : List.of(), on).build();
        return (GateInstruction) one.instructions().getFirst();
    }

    private static Circuit random(int qubits, int steps, boolean feedForward, Random random) {
        CircuitBuilder builder = Circuit.builder(qubits, qubits);
        for (int i = 0; i < steps; i++) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                builder.measure(random.nextInt(qubits), random.nextInt(qubits));
            } else if (kind == 1) {
                builder.reset(random.nextInt(qubits));
            } else if (kind == 2 && feedForward) {
                builder.add(new Instruction.Conditional(
                        ClassicalExpression.equal(List.of(random.nextInt(qubits)), 1),
                        List.of(clifford(qubits, random))));
            } else {
                builder.add(clifford(qubits, random));
            }
        }
        return builder.measureAll().build();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void draws_what_the_reference_expects(int seed) {
        Random random = new Random(seed);
        Circuit circuit = random(2 + random.nextInt(3), 25, seed % 2 == 0, random);
        int shots = 4000;
        RunResult result = simulator.run(circuit, RunOptions.shots(shots).withSeed(seed));
        Statistics.assertDrawnFrom(ReferenceSimulator.distribution(circuit), result.counts(), shots);
    }

    @Test
    void entangles_a_thousand_qubits() {
        int qubits = 1000;
        CircuitBuilder builder = Circuit.builder(qubits, qubits).gate("h", 0);
        for (int q = 0; q + 1 < qubits; q++) {
            builder.gate("cx", q, q + 1);
        }
        Map<String, Integer> counts = simulator
                .run(builder.measureAll().build(), RunOptions.shots(200).withSeed(1))
                .counts();
        assertThat(counts).containsOnlyKeys("0".repeat(qubits), "1".repeat(qubits));
    }

    @Test
    void refuses_other_gates_by_name() {
        Circuit circuit = Circuit.builder(1, 0).gate("t", 0).build();
        assertThat(StabilizerSimulator.supports(circuit)).isFalse();
        assertThatThrownBy(() -> simulator.run(circuit, RunOptions.shots(1)))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("'t'");
    }

    @Test
    void is_chosen_for_large_clifford_circuits_and_nothing_else() {
        AutoSimulator auto = new AutoSimulator(24);
        assertThat(auto.choose(Circuit.builder(40, 0).gate("h", 0).build()).name())
                .isEqualTo("stabilizer");
        assertThat(auto.choose(Circuit.builder(20, 0).gate("t", 0).build()).name())
                .isEqualTo("state-vector");
        assertThat(auto.choose(Circuit.builder(2, 0).gate("h", 0).build()).name())
                .isEqualTo("state-vector");
        assertThat(auto.choose(Circuit.builder(40, 0).gate("t", 0).build()).name())
                .isEqualTo("matrix-product");
        Circuit onward =
                Circuit.builder(40, 1).gate("t", 0).measure(0, 0).gate("h", 0).build();
        assertThat(auto.choose(onward).name()).isEqualTo("matrix-product");
    }

    @Test
    void names_the_memory_when_even_matrix_products_do_not_suffice() {
        AutoSimulator auto = new AutoSimulator(17);
        Circuit dense = RandomCircuits.unitary(18, 400, new Random(5));
        assertThatThrownBy(() -> auto.run(dense, RunOptions.shots(1)))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("18 qubits")
                .hasMessageContaining("2^22 bytes")
                .hasMessageContaining("stabilizer");
    }
}
