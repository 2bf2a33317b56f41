package org.quantumhub.engine.stim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.simulator.Equivalence;
import org.quantumhub.engine.simulator.ReferenceSimulator;

class StimTest {
    /// What Stim's documents say each gate is, in gates of the engine.
    private static final Map<String, String> DEFINITIONS = new LinkedHashMap<>();

    static {
        DEFINITIONS.put("I", "id0");
        DEFINITIONS.put("X", "x0");
        DEFINITIONS.put("Y", "y0");
        DEFINITIONS.put("Z", "z0");
        DEFINITIONS.put("H", "h0");
        // (X + Y) / sqrt 2 turns X into Y; (Y + Z) / sqrt 2 turns Y into Z.
        DEFINITIONS.put("H_XY", "x0 s0");
        DEFINITIONS.put("H_YZ", "sx0 z0");
        DEFINITIONS.put("C_XYZ", "sdg0 h0");
        DEFINITIONS.put("C_ZYX", "h0 s0");
        DEFINITIONS.put("S", "s0");
        DEFINITIONS.put("S_DAG", "sdg0");
        DEFINITIONS.put("SQRT_X", "sx0");
        DEFINITIONS.put("SQRT_X_DAG", "sxdg0");
        DEFINITIONS.put("SQRT_Y", "ry(1)0");
        DEFINITIONS.put("SQRT_Y_DAG", "ry(-1)0");
        DEFINITIONS.put("II", "id0");
        DEFINITIONS.put("CX", "cx01");
        DEFINITIONS.put("CY", "cy01");
        DEFINITIONS.put("CZ", "cz01");
        DEFINITIONS.put("XCX", "h0 cx01 h0");
        DEFINITIONS.put("XCY", "h0 cy01 h0");
        DEFINITIONS.put("XCZ", "cx10");
        // Controlled by Y of the first, X on the second: the same as Y on the first, controlled by X of the second.
        DEFINITIONS.put("YCX", "h1 cy10 h1");
        DEFINITIONS.put("YCY", "sdg0 h0 cy01 h0 s0");
        DEFINITIONS.put("YCZ", "cy10");
        DEFINITIONS.put("SWAP", "swap01");
        DEFINITIONS.put("ISWAP", "iswap01");
        DEFINITIONS.put("ISWAP_DAG", "iswap01 iswap01 iswap01");
        DEFINITIONS.put("CXSWAP", "cx01 swap01");
        DEFINITIONS.put("SWAPCX", "swap01 cx01");
        DEFINITIONS.put("CZSWAP", "cz01 swap01");
        DEFINITIONS.put("SQRT_ZZ", "rzz(1)01");
        DEFINITIONS.put("SQRT_ZZ_DAG", "rzz(-1)01");
        DEFINITIONS.put("SQRT_XX", "rxx(1)01");
        DEFINITIONS.put("SQRT_XX_DAG", "rxx(-1)01");
        DEFINITIONS.put("SQRT_YY", "ryy(1)01");
        DEFINITIONS.put("SQRT_YY_DAG", "ryy(-1)01");
    }

    static Stream<String> gates() {
        return DEFINITIONS.keySet().stream();
    }

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    private static Circuit circuit(String steps) {
        CircuitBuilder builder = Circuit.builder(2, 0);
        for (String step : steps.isEmpty() ? new String[0] : steps.split(" ")) {
            String name = step.replaceAll("[(0-9].*", "");
            String angle = step.contains("(") ? step.replaceAll(".*\\((.*)\\).*", "$1") : "";
            int[] qubits = step.replaceAll(".*\\)", "")
                    .chars()
                    .filter(Character::isDigit)
                    .map(c -> c - '0')
                    .toArray();
            builder.gate(name, angle.isEmpty() ? List.of() : List.of(Integer.parseInt(angle) * Math.PI / 2), qubits);
        }
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("gates")
    void makes_every_gate_of_simpler_ones(String name) {
        String steps = String.join(" ", StimGates.row(name).parts())
                .replace("X", "x")
                .replace("Z", "z")
                .replace("C", "cx")
                .replace("H", "h")
                .replace("S", "s")
                .replace("D", "sdg");
        String definition = Objects.requireNonNull(DEFINITIONS.get(name));
        assertThat(Equivalence.upToGlobalPhase(circuit(steps), circuit(definition)))
                .isTrue();
    }

    @Test
    void defines_every_unitary_gate_of_the_table() {
        for (StimGates.Row row : StimGates.rows()) {
            if (row.kind() == StimGates.Kind.SINGLE || row.kind() == StimGates.Kind.PAIR) {
                assertThat(DEFINITIONS).containsKey(row.name());
            }
        }
    }

    private static Map<String, Integer> counts(BitTable table) {
        Map<String, Integer> counts = new HashMap<>();
        for (int shot = 0; shot < table.shots(); shot++) {
            counts.merge(new StringBuilder(table.text(shot)).reverse().toString(), 1, Integer::sum);
        }
        return counts;
    }

    /// Every outcome must be one that can be, about as often as it should be.
    private static void drawnFrom(Map<String, Double> expected, Map<String, Integer> counts, int shots) {
        double square = 0;
        int cells = 0;
        for (Map.Entry<String, Double> entry : expected.entrySet()) {
            double mean = entry.getValue() * shots;
            if (mean > 5) {
                double difference = counts.getOrDefault(entry.getKey(), 0) - mean;
                square += difference * difference / mean;
                cells++;
            }
        }
        assertThat(expected.keySet()).containsAll(counts.keySet());
        // Mean k and variance 2k: six standard deviations, never reached by chance.
        assertThat(square).isLessThan(cells + 6 * Math.sqrt(2.0 * cells) + 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void measures_what_the_reference_expects(int seed) {
        Random random = new Random(seed);
        String[] names = {"h", "s", "sdg", "sx", "x", "y", "z", "cx", "cy", "cz", "swap", "iswap", "sxdg"};
        CircuitBuilder builder = Circuit.builder(4, 6);
        int measured = 0;
        for (int step = 0; step < 30 || measured < 6; step++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            int kind = random.nextInt(18);
            if (kind == 17 && measured < 6) {
                builder.measure(a, measured++);
            } else if (kind == 16) {
                builder.reset(a);
            } else {
                String name = names[kind % names.length];
                if (circuitArity(name) == 1) {
                    builder.gate(name, a);
                } else {
                    builder.gate(name, a, b);
                }
            }
        }
        Circuit circuit = builder.build();
        int shots = 4000;
        BitTable table = StimSampler.of(StimCircuit.of(circuit)).measurements(shots, seed);
        drawnFrom(ReferenceSimulator.distribution(circuit), counts(table), shots);
    }

    private static int circuitArity(String name) {
        return name.startsWith("c") || name.contains("swap") ? 2 : 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RX 0\nMX 0\nMX !0",
                "RY 0\nMY 0",
                "R 0 1\nH 0\nCX 0 1\nMZZ 0 1\nMXX 0 1",
                "R 0 1 2\nMPP X0*X1*X2\nMPP X0*X1*X2",
                "RX 0\nSPP Z0\nSPP_DAG Z0\nMX 0",
                "RX 0\nSPP X0\nMX 0",
                "RY 0\nH_YZ 0\nM 0",
                "H 0\nM 0\nCX rec[-1] 1\nM 1\nMPP Z0*Z1",
                "H 0\nMR 0\nCZ rec[-1] 1\nXCZ 1 rec[-1]\nMR 0",
                "MPAD 0 1 0",
            })
    void gives_the_same_outcome_twice_where_nothing_is_open(String text) {
        StimCircuit circuit = StimCircuit.parse(text, StimCircuit.LIMITS);
        BitTable table = StimSampler.of(circuit).measurements(500, 3);
        Map<String, String> expected = Map.of(
                "RX 0\nMX 0\nMX !0", "01",
                "RY 0\nMY 0", "0",
                "R 0 1\nH 0\nCX 0 1\nMZZ 0 1\nMXX 0 1", "00",
                "RX 0\nSPP Z0\nSPP_DAG Z0\nMX 0", "0",
                "RX 0\nSPP X0\nMX 0", "0",
                "RY 0\nH_YZ 0\nM 0", "0",
                "MPAD 0 1 0", "010");
        String known = expected.get(text);
        for (int shot = 0; shot < 500; shot++) {
            String bits = table.text(shot);
            if (known != null) {
                assertThat(bits).isEqualTo(known);
            } else if (text.contains("MPP X0*X1*X2")) {
                assertThat(bits.charAt(0)).isEqualTo(bits.charAt(1));
            } else if (text.contains("CX rec")) {
                assertThat(bits.charAt(0)).isEqualTo(bits.charAt(1));
                assertThat(bits.charAt(2)).isEqualTo('0');
            } else {
                assertThat(bits.charAt(1)).isEqualTo('0');
            }
        }
        if (known == null) {
            assertThat(table.count(0)).isBetween(180, 320);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_ERROR(0.2) 0|0.2",
                "Y_ERROR(0.2) 0|0.2",
                "Z_ERROR(0.2) 0|0",
                "DEPOLARIZE1(0.3) 0|0.2",
                "PAULI_CHANNEL_1(0.1, 0.05, 0.4) 0|0.15",
                "DEPOLARIZE2(0.3) 0 1|0.16",
                "PAULI_CHANNEL_2(0,0,0, 0.1,0,0,0, 0.2,0,0,0, 0.3,0,0,0) 0 1|0.3",
                "E(0.3) X0 Z1|0.3",
                "E(0.5) Z0\nELSE_CORRELATED_ERROR(0.5) X0|0.25",
                "X_ERROR(1) 0|1",
                "X_ERROR(0) 0|0",
                "REPEAT 3 {\nX_ERROR(0.1) 0\n}|0.244",
            })
    void strikes_as_often_as_it_should(String given) {
        String[] parts = given.split("\\|");
        StimCircuit circuit =
                StimCircuit.parse("R 0 1\n" + parts[0] + "\nM 0\nDETECTOR(1, 2) rec[-1]", StimCircuit.LIMITS);
        int shots = 200_000;
        double expected = Double.parseDouble(parts[1]);
        StimSampler sampler = StimSampler.of(circuit);
        // Five standard deviations.
        double bound = 5 * Math.sqrt(expected * (1 - expected) / shots) + 1e-12;
        assertThat(sampler.detectors(shots, 11).total() / (double) shots).isCloseTo(expected, within(bound));
        assertThat(sampler.measurements(shots, 12).total() / (double) shots).isCloseTo(expected, within(bound));
    }

    @Test
    void flips_measurements_and_heralds_erasure() {
        int shots = 100_000;
        BitTable table = StimSampler.of(StimCircuit.parse(
                        "R 0\nHERALDED_ERASE(0.2) 0\nM 0\nM(0.1) 0\nMR(0.1) 0\nM 0\nHERALDED_PAULI_CHANNEL_1(0, 0.3, 0, 0) 0\nM 0",
                        StimCircuit.LIMITS))
                .measurements(shots, 5);
        assertThat(table.count(0) / (double) shots).isCloseTo(0.2, within(0.007));
        assertThat(table.count(1) / (double) shots).isCloseTo(0.1, within(0.006));
        assertThat(table.count(4)).isZero();
        for (int shot = 0; shot < shots; shot++) {
            // Nothing happens unheralded, and the last channel always flips where it says so.
            assertThat(table.get(shot, 0) || !table.get(shot, 1)).isTrue();
            assertThat(table.get(shot, 5)).isEqualTo(table.get(shot, 6));
        }
    }

    /// A repetition code in which only data qubits are struck: the observable is struck when its own qubit is.
    @Test
    void detects_in_loops_and_counts_them_without_unrolling() {
        String text = """
                R 0 1 2 3 4
                REPEAT 1000 {
                    X_ERROR(0.001) 0 2 4
                    CX 0 1 2 3
                    CX 2 1 4 3
                    TICK
                    MR 1 3
                    SHIFT_COORDS(0, 1)
                }
                M 0 2 4
                DETECTOR rec[-1] rec[-2] rec[-4]
                OBSERVABLE_INCLUDE(0) rec[-1]
                """;
        StimCircuit circuit = StimCircuit.parse(text, StimCircuit.LIMITS);
        assertThat(circuit.measurementCount()).isEqualTo(2003);
        assertThat(circuit.detectorCount()).isEqualTo(1);
        assertThat(circuit.observableCount()).isEqualTo(1);
        assertThat(circuit.operationCount()).isGreaterThan(14_000);
        int shots = 20_000;
        StimSampler.Detections found = StimSampler.of(circuit).detections(shots, 2);
        double flipped = (1 - Math.pow(1 - 0.002, 1000)) / 2;
        assertThat(found.observables().count(0) / (double) shots).isCloseTo(flipped, within(0.02));
        // The last stabilizer is measured after the last error, so the detector never fires.
        assertThat(found.detectors().total()).isZero();
        assertThat(StimCircuit.parse(circuit.write(), StimCircuit.LIMITS)).isEqualTo(circuit);
    }

    @Test
    void draws_the_same_for_the_same_seed() {
        StimCircuit circuit = StimCircuit.parse("H 0\nDEPOLARIZE1(0.1) 0 1 2\nM 0 1 2", StimCircuit.LIMITS);
        StimSampler sampler = StimSampler.of(circuit);
        BitTable first = sampler.measurements(10_000, 4);
        BitTable second = sampler.measurements(10_000, 4);
        BitTable other = sampler.measurements(10_000, 5);
        assertThat(counts(first)).isEqualTo(counts(second)).isNotEqualTo(counts(other));
        assertThat(first.shot(17)).isEqualTo(second.shot(17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FOO 0|UNKNOWN_GATE|1|1",
                "H 0\n  CX 0|WRONG_ARITY|2|3",
                "CX 1 1|DUPLICATE_QUBIT|1|1",
                "M 0\nDETECTOR rec[-2]|INDEX_OUT_OF_RANGE|2|1",
                "X_ERROR(1.5) 0|INVALID_VALUE|1|1",
                "X_ERROR 0|WRONG_PARAMETERS|1|8",
                "H X0|SYNTAX|1|1",
                "CX sweep[0] 1|UNSUPPORTED|1|4",
                "REPEAT 0 {\nH 0\n}|INVALID_VALUE|1|9",
                "REPEAT 5 {\nH 0|SYNTAX|2|4",
                "}|SYNTAX|1|1",
                "REPEAT 1000000 {\nREPEAT 1000000 {\nH 0\n}\n}|LIMIT_EXCEEDED|5|2",
                "MPP X0**Z1|SYNTAX|1|1",
                "MPP X0*Z0|DUPLICATE_QUBIT|1|1",
                "H 4000000|LIMIT_EXCEEDED|1|10",
                "OBSERVABLE_INCLUDE(1.5)|INVALID_VALUE|1|1",
                "PAULI_CHANNEL_1(0.5, 0.5, 0.5) 0|INVALID_VALUE|1|1",
            })
    void refuses_with_line_and_column(String given) {
        String[] parts = given.split("\\|");
        assertThatThrownBy(() -> StimCircuit.parse(parts[0], StimCircuit.LIMITS))
                .isInstanceOfSatisfying(CircuitException.class, e -> {
                    assertThat(e.code()).isEqualTo(CircuitProblem.valueOf(parts[1]));
                    assertThat(e.line()).isEqualTo(Integer.parseInt(parts[2]));
                    assertThat(e.column()).isEqualTo(Integer.parseInt(parts[3]));
                });
    }

    @Test
    void refuses_to_translate_what_stim_cannot_say() {
        Circuit t = Circuit.builder(1, 0).gate("t", 0).build();
        assertThatThrownBy(() -> StimCircuit.of(t)).hasMessageContaining("gate 't'");
        Circuit angle = Circuit.builder(1, 0).gate("rx", List.of(0.3), 0).build();
        assertThatThrownBy(() -> StimCircuit.of(angle)).hasMessageContaining("rx");
        Circuit quarter =
                Circuit.builder(1, 0).gate("rx", List.of(-Math.PI / 2), 0).build();
        assertThat(StimCircuit.of(quarter).write()).isEqualTo("SQRT_X_DAG 0\nM 0\n");
    }

    @Test
    void survives_twenty_thousand_mutations() {
        String valid = """
                QUBIT_COORDS(0, 1) 0
                R 0 1 2
                REPEAT 3 {
                    CX 0 1 2 1 # comment
                    DEPOLARIZE2(0.001) 0 1
                    MPP(0.01) !X0*X2 Z1
                    E(0.1) X0 Y2
                    MR[tag] 1
                    DETECTOR(0, 1) rec[-1] rec[-2]
                }
                OBSERVABLE_INCLUDE(0) rec[-1]
                """;
        String alphabet = "0123456789XYZHMR(){}[]*!-.,# \n\trecEINT_";
        Random random = new Random(20);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(valid);
            for (int change = 0; change <= random.nextInt(4); change++) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(place);
                    case 1 -> text.insert(place, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.setCharAt(place, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            try {
                StimCircuit circuit = StimCircuit.parse(text.toString(), StimCircuit.LIMITS);
                assertThat(StimCircuit.parse(circuit.write(), StimCircuit.LIMITS))
                        .isEqualTo(circuit);
                accepted++;
            } catch (CircuitException e) {
                assertThat(e.line()).as("seed 20, text %s", text).isPositive();
            }
        }
        assertThat(accepted).isBetween(100, 19_900);
    }
}
