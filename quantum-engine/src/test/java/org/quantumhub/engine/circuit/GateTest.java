package org.quantumhub.engine.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {
    private static final double TOLERANCE = 1e-13;

    static Stream<Gate> rows() {
        return Gate.standard().stream();
    }

    private static double[] parameters(Gate gate, Random random) {
        return random.doubles(gate.parameterCount(), -7, 7).toArray();
    }

    /// The matrix of a sequence on the operands 0 to arity - 1.
    private static Matrix product(List<GateInstruction> steps, int arity) {
        Matrix product = Matrix.identity(1 << arity);
        for (GateInstruction step : steps) {
            product = embedded(step, arity).times(product);
        }
        return product;
    }

    private static Matrix embedded(GateInstruction step, int arity) {
        Matrix small = step.gate().matrix(step.parameterArray());
        int dimension = 1 << arity;
        double[] entries = new double[2 * dimension * dimension];
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++) {
                int r = 0;
                int c = 0;
                int rest = row ^ column;
                boolean acts = true;
                for (Control control : step.controls()) {
                    acts &= (column >> control.qubit() & 1) == (control.positive() ? 1 : 0);
                }
                for (int i = 0; i < step.targets().size(); i++) {
                    int operand = step.targets().get(i);
                    r |= (row >> operand & 1) << i;
                    c |= (column >> operand & 1) << i;
                    rest &= ~(1 << operand);
                }
                if (!acts) {
                    entries[2 * (row * dimension + column)] = row == column ? 1 : 0;
                } else if (rest == 0) {
                    entries[2 * (row * dimension + column)] = small.re(r, c);
                    entries[2 * (row * dimension + column) + 1] = small.im(r, c);
                }
            }
        }
        return Matrix.of(dimension, entries);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is_unitary(Gate gate) {
        Random random = new Random(gate.name().hashCode());
        for (int i = 0; i < 5; i++) {
            assertThat(gate.matrix(parameters(gate, random)).isUnitary(TOLERANCE))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is_undone_by_its_inverse(Gate gate) {
        Random random = new Random(gate.name().hashCode());
        for (int i = 0; i < 5; i++) {
            double[] parameters = parameters(gate, random);
            int[] operands = new int[gate.arity()];
            for (int k = 0; k < operands.length; k++) {
                operands[k] = k;
            }
            GateInstruction forward = GateInstruction.of(gate, parameters, operands);
            Matrix both = product(List.of(forward, forward.inverse()), gate.arity());
            assertThat(both.distance(Matrix.identity(1 << gate.arity()))).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void equals_its_decomposition_including_the_global_phase(Gate gate) {
        Random random = new Random(gate.name().hashCode());
        for (int i = 0; i < 5; i++) {
            double[] parameters = parameters(gate, random);
            List<GateInstruction> steps = gate.decomposition(parameters);
            if (List.of("gphase", "u", "cx").contains(gate.name())) {
                assertThat(steps).isEmpty();
            } else {
                assertThat(steps).isNotEmpty();
                assertThat(product(steps, gate.arity()).distance(gate.matrix(parameters)))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is_made_of_simpler_rows_only(Gate gate) {
        int own = Gate.standard().indexOf(gate);
        for (GateInstruction step : gate.decomposition(new double[gate.parameterCount()])) {
            assertThat(Gate.standard().indexOf(step.gate())).isLessThan(own);
        }
    }

    @Test
    void is_found_by_every_name_in_any_case() {
        for (Gate gate : Gate.standard()) {
            assertThat(Gate.find(gate.name().toUpperCase(Locale.ROOT))).contains(gate);
            for (String alias : gate.aliases()) {
                assertThat(Gate.find(alias)).contains(gate);
            }
        }
        assertThat(Gate.find("CNOT")).isEqualTo(Gate.find("cx"));
        assertThat(Gate.find("Toffoli").orElseThrow().controlCount()).isEqualTo(2);
        assertThat(Gate.find("nonsense")).isEmpty();
    }

    @Test
    void states_the_order_of_operands_with_an_asymmetric_gate() {
        Matrix cx = Gate.find("cx").orElseThrow().matrix();
        // Operand 0 controls: 01 (index 1) becomes 11 (index 3), and index 2 stays.
        assertThat(cx.re(3, 1)).isEqualTo(1);
        assertThat(cx.re(2, 2)).isEqualTo(1);
        assertThat(cx.re(1, 1)).isZero();
    }

    @Test
    void finds_the_name_of_a_gate_under_further_controls() {
        GateInstruction x = GateInstruction.of(Gate.find("x").orElseThrow(), new double[0], 2);
        GateInstruction ccx = x.controlledBy(Control.on(1)).controlledBy(Control.on(0));
        assertThat(ccx.displayName()).isEqualTo("ccx");
        assertThat(ccx.named().targets()).containsExactly(0, 1, 2);
        assertThat(x.controlledBy(Control.off(1)).displayName()).isEqualTo("c1-x");
    }

    @Test
    void refuses_a_matrix_that_is_not_unitary() {
        assertThatThrownBy(() -> Gate.unitary("m", Matrix.of(2, 1, 0, 0, 0, 0, 0, 2, 0)))
                .isInstanceOfSatisfying(
                        CircuitException.class, e -> assertThat(e.code()).isEqualTo(CircuitProblem.INVALID_VALUE));
    }

    @Test
    void counts_the_longest_path_and_not_the_barriers() {
        Circuit circuit = Circuit.builder(3, 1)
                .gate("h", 0)
                .gate("h", 0)
                .add(new Instruction.Barrier(List.of(0, 1, 2)))
                .gate("x", 2)
                .gate("cx", 1, 2)
                .measure(2, 0)
                .build();
        CircuitStatistics statistics = CircuitStatistics.of(circuit);
        assertThat(statistics.width()).isEqualTo(3);
        assertThat(statistics.depth()).isEqualTo(5);
        assertThat(statistics.gateCount()).isEqualTo(4);
        assertThat(statistics.twoQubitDepth()).isEqualTo(1);
        assertThat(statistics.gateCounts()).containsEntry("h", 2).containsEntry("cx", 1);
    }
}
