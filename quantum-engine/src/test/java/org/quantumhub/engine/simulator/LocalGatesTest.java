package org.quantumhub.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;

/// Clusters of gates, done bit by bit, against their matrix.
final class LocalGatesTest {
    private static final int BITS = 9;
    private static final List<String> MIXING = List.of("h", "sx", "ry", "rx", "u", "x", "y");
    private static final List<String> PHASES = List.of("z", "s", "tdg", "rz", "p");
    private static final List<String> OF_TWO = List.of("cx", "cz", "swap", "cp", "rzz", "cy");

    /// What a cluster became, for a block of each precision.
    private record Cluster(int[] bits, int[] offsets, Fusible[] gates) {
        static Cluster of(Circuit circuit, int... bits) {
            Fusible[] gates = FrontEnd.translate(circuit.qubitCount(), circuit.instructions(), false)
                    .gates();
            int[] offsets = new int[1 << bits.length];
            Arrays.setAll(offsets, member -> Integer.expand(member, used(bits.length)));
            return new Cluster(bits, offsets, gates);
        }

        private static int used(int k) {
            return k == 2 ? 1 << 5 | 1 << 7 : 1 << 4 | 1 << 6 | 1 << 7;
        }

        Pass.@Nullable Local local(Block.Shape shape) {
            return LocalGates.of(Pass.Groups.without(shape, BITS, used(bits.length)), bits, offsets, gates);
        }

        double[] matrix() {
            return ClusterMatrix.product(bits, gates, 0);
        }

        /// The largest difference between what the kernels make of a random block and what the matrix makes of it.
        double error(Precision precision, Random random) {
            Pass.Local local = Objects.requireNonNull(local(Block.shape(precision)));
            Block block = Block.ofThread(precision, BITS);
            double[][] before = new double[2][1 << BITS];
            for (int i = 0; i < 1 << BITS; i++) {
                for (int part = 0; part < 2; part++) {
                    before[part][i] = (float) (random.nextDouble() - 0.5);
                    set(block, part, i, before[part][i]);
                }
            }
            block.apply(local, 0);
            double[] m = matrix();
            double worst = 0;
            for (int i = 0; i < 1 << BITS; i++) {
                int row = Integer.compress(i, used(bits.length));
                double re = 0;
                double im = 0;
                for (int column = 0; column < offsets.length; column++) {
                    int from = i & ~used(bits.length) | offsets[column];
                    int place = 2 * (row * offsets.length + column);
                    re += m[place] * before[0][from] - m[place + 1] * before[1][from];
                    im += m[place] * before[1][from] + m[place + 1] * before[0][from];
                }
                worst = Math.max(worst, Math.hypot(re - get(block, 0, i), im - get(block, 1, i)));
            }
            return worst;
        }
    }

    private static void set(Block block, int part, int i, double value) {
        switch (block) {
            case DoubleBlock d -> d.data()[DoubleBlock.ALIGNMENT + part * d.im() + i] = value;
            case FloatBlock f -> f.data()[FloatBlock.ALIGNMENT + part * f.im() + i] = (float) value;
        }
    }

    private static double get(Block block, int part, int i) {
        return switch (block) {
            case DoubleBlock d -> d.data()[DoubleBlock.ALIGNMENT + part * d.im() + i];
            case FloatBlock f -> f.data()[FloatBlock.ALIGNMENT + part * f.im() + i];
        };
    }

    private static void any(CircuitBuilder builder, List<String> names, Random random, int... bits) {
        String name = names.get(random.nextInt(names.size()));
        int parameters = switch (name) {
            case "u" -> 3;
            case "ry", "rx", "rz", "p", "cp", "rzz" -> 1;
            default -> 0;
        };
        List<Double> angles = new ArrayList<>();
        for (int i = 0; i < parameters; i++) {
            // now and then a multiple of an eighth of a turn, where entries are 0 or alike
            angles.add(random.nextInt(3) == 0 ? random.nextInt(16) * Math.PI / 4 : random.nextDouble(7));
        }
        builder.gate(name, angles, bits);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void does_what_the_matrix_does(long seed) {
        Random random = new Random(seed);
        Set<String> kinds = new TreeSet<>();
        int done = 0;
        for (int round = 0; round < 1500; round++) {
            int k = 2 + random.nextInt(2);
            // the bits of a cluster lie in the order of their positions, which is any
            int[] bits = random.ints(0, 6).distinct().limit(k).toArray();
            CircuitBuilder builder = Circuit.builder(6, 0);
            for (int gate = random.nextInt(1, 9); gate > 0; gate--) {
                int one = bits[random.nextInt(k)];
                switch (random.nextInt(4)) {
                    case 0 -> any(builder, PHASES, random, one);
                    case 1 -> any(builder, OF_TWO, random, one, bits[(indexOf(bits, one) + 1) % k]);
                    default -> any(builder, MIXING, random, one);
                }
            }
            Cluster cluster = Cluster.of(builder.build(), bits);
            Pass.Local local = cluster.local(Block.shape(Precision.DOUBLE));
            if (local == null) {
                continue;
            }
            done++;
            kinds.add(k + (local.first().length > 0 ? " before" : "") + (Pass.isReal(local.last()) ? "" : " complex"));
            String text = "seed " + seed + ", round " + round + ": " + Arrays.toString(bits) + builder.build();
            assertThat(cluster.error(Precision.DOUBLE, random)).as(text).isLessThan(2e-14);
            assertThat(cluster.error(Precision.SINGLE, random)).as(text).isLessThan(2e-6);
        }
        assertThat(done).isGreaterThan(400);
        assertThat(kinds).contains("2", "2 complex", "2 before complex", "3", "3 complex", "3 before complex");
    }

    private static int indexOf(int[] bits, int bit) {
        int i = 0;
        while (bits[i] != bit) {
            i++;
        }
        return i;
    }

    private static Pass.@Nullable Local local(Circuit circuit, int... bits) {
        return Cluster.of(circuit, bits).local(Block.shape(Precision.DOUBLE));
    }

    private static CircuitBuilder six() {
        return Circuit.builder(6, 0);
    }

    @Test
    void leaves_to_matrices_what_entangles_between_turns() {
        assertThat(local(six().gate("ry", List.of(0.3), 0).gate("cx", 0, 1).build(), 0, 1))
                .isNotNull();
        assertThat(local(six().gate("cx", 0, 1).gate("ry", List.of(0.3), 0).build(), 0, 1))
                .isNotNull();
        assertThat(local(
                        six().gate("ry", List.of(0.3), 0)
                                .gate("cx", 0, 1)
                                .gate("ry", List.of(0.4), 1)
                                .build(),
                        0,
                        1))
                .isNull();
        assertThat(local(six().gate("crx", List.of(0.3), 0, 1).build(), 0, 1)).isNull();
        assertThat(local(six().gate("h", 1).gate("rxx", List.of(0.3), 0, 1).build(), 0, 1))
                .isNull();
    }

    @Test
    void leaves_to_matrices_what_is_no_turn() {
        // what a damped qubit is multiplied with when nothing was seen of it: no turn, and no unitary one
        double[] damped = {1, 0, 0, 0, 0, 0, 0.1, 0};
        double[] projected = {0, 0, 0, 0, 0, 0, 1, 0};
        double[] sheared = {1, 0, 0.5, 0, 0, 0, 1, 0};
        Fusible turned = Fusible.matrix(new int[] {1}, new double[] {.6, 0, -.8, 0, .8, 0, .6, 0}, 0, 0);
        for (double[] matrix : List.of(projected, sheared)) {
            Fusible[] gates = {Fusible.matrix(new int[] {0}, matrix, 0, 0), turned};
            assertThat(new Cluster(new int[] {0, 1}, new int[4], gates).local(Block.shape(Precision.DOUBLE)))
                    .isNull();
        }
        Fusible[] gates = {Fusible.matrix(new int[] {0}, damped, 0, 0), turned};
        int[] offsets = {0, 1 << 5, 1 << 7, 1 << 5 | 1 << 7};
        assertThat(new Cluster(new int[] {0, 1}, offsets, gates).error(Precision.DOUBLE, new Random(5)))
                .isLessThan(2e-15);
    }

    @Test
    void leaves_to_matrices_what_turns_nothing() {
        assertThat(local(
                        six().gate("ry", List.of(0.0), 0)
                                .gate("rx", List.of(0.0), 1)
                                .build(),
                        0,
                        1))
                .isNull();
    }
}
