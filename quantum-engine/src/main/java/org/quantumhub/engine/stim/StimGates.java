package org.quantumhub.engine.stim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of Stim's instructions.
///
/// Every unitary gate is given by the simpler ones it is made of: `X`, `Z`, `H`, `S` and `CX`, in the order of time,
/// with `0` and `1` for its operands. `D` stands for the inverse of `S`.
final class StimGates {
    /// What an instruction takes.
    enum Kind {
        SINGLE,
        PAIR,
        MEASURE,
        MEASURE_PAIR,
        MEASURE_PRODUCT,
        RESET,
        MEASURE_RESET,
        PHASE_PRODUCT,
        NOISE,
        NOISE_PAIR,
        CORRELATED,
        HERALDED,
        ANNOTATION
    }

    /// @param parts for gates the steps such as `H0 S0 C01`; for measurements and resets the basis
    /// @param fewest and most: how many arguments may be given
    record Row(String name, Kind kind, List<String> parts, int fewest, int most) {}

    private static final Map<String, Row> ROWS = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = new LinkedHashMap<>();

    static {
        single("I", "");
        single("X", "X0");
        single("Y", "Z0 X0");
        single("Z", "Z0");
        single("H", "H0", "H_XZ");
        single("H_XY", "X0 S0");
        single("H_YZ", "H0 S0 H0 Z0");
        single("C_XYZ", "D0 H0");
        single("C_ZYX", "H0 S0");
        single("S", "S0", "SQRT_Z");
        single("S_DAG", "D0", "SQRT_Z_DAG");
        single("SQRT_X", "H0 S0 H0");
        single("SQRT_X_DAG", "H0 D0 H0");
        single("SQRT_Y", "Z0 H0");
        single("SQRT_Y_DAG", "H0 Z0");
        pair("II", "");
        pair("CX", "C01", "CNOT", "ZCX");
        pair("CY", "D1 C01 S1", "ZCY");
        pair("CZ", "H1 C01 H1", "ZCZ");
        pair("XCX", "H0 C01 H0");
        pair("XCY", "H0 D1 C01 S1 H0");
        pair("XCZ", "C10");
        pair("YCX", "D0 H0 C01 H0 S0");
        pair("YCY", "D0 H0 D1 C01 S1 H0 S0");
        pair("YCZ", "D0 C10 S0");
        pair("SWAP", "C01 C10 C01");
        pair("ISWAP", "C01 C10 C01 H1 C01 H1 S0 S1");
        pair("ISWAP_DAG", "C01 C10 C01 H1 C01 H1 D0 D1");
        pair("CXSWAP", "C10 C01");
        pair("SWAPCX", "C01 C10");
        pair("CZSWAP", "H1 C01 H1 C01 C10 C01", "SWAPCZ");
        pair("SQRT_ZZ", "H1 C01 H1 S0 S1");
        pair("SQRT_ZZ_DAG", "H1 C01 H1 D0 D1");
        pair("SQRT_XX", "H0 H1 H1 C01 H1 S0 S1 H0 H1");
        pair("SQRT_XX_DAG", "H0 H1 H1 C01 H1 D0 D1 H0 H1");
        pair("SQRT_YY", "D0 D1 H0 H1 H1 C01 H1 S0 S1 H0 H1 S0 S1");
        pair("SQRT_YY_DAG", "D0 D1 H0 H1 H1 C01 H1 D0 D1 H0 H1 S0 S1");
        row("M", Kind.MEASURE, "Z", 0, 1, "MZ");
        row("MX", Kind.MEASURE, "X", 0, 1);
        row("MY", Kind.MEASURE, "Y", 0, 1);
        row("MR", Kind.MEASURE_RESET, "Z", 0, 1, "MRZ");
        row("MRX", Kind.MEASURE_RESET, "X", 0, 1);
        row("MRY", Kind.MEASURE_RESET, "Y", 0, 1);
        row("R", Kind.RESET, "Z", 0, 0, "RZ");
        row("RX", Kind.RESET, "X", 0, 0);
        row("RY", Kind.RESET, "Y", 0, 0);
        row("MXX", Kind.MEASURE_PAIR, "X", 0, 1);
        row("MYY", Kind.MEASURE_PAIR, "Y", 0, 1);
        row("MZZ", Kind.MEASURE_PAIR, "Z", 0, 1);
        row("MPP", Kind.MEASURE_PRODUCT, "", 0, 1);
        row("SPP", Kind.PHASE_PRODUCT, "S", 0, 0);
        row("SPP_DAG", Kind.PHASE_PRODUCT, "D", 0, 0);
        row("X_ERROR", Kind.NOISE, "", 1, 1);
        row("Y_ERROR", Kind.NOISE, "", 1, 1);
        row("Z_ERROR", Kind.NOISE, "", 1, 1);
        row("I_ERROR", Kind.NOISE, "", 0, 1000);
        row("II_ERROR", Kind.NOISE_PAIR, "", 0, 1000);
        row("DEPOLARIZE1", Kind.NOISE, "", 1, 1);
        row("PAULI_CHANNEL_1", Kind.NOISE, "", 3, 3);
        row("DEPOLARIZE2", Kind.NOISE_PAIR, "", 1, 1);
        row("PAULI_CHANNEL_2", Kind.NOISE_PAIR, "", 15, 15);
        row("E", Kind.CORRELATED, "", 1, 1, "CORRELATED_ERROR");
        row("ELSE_CORRELATED_ERROR", Kind.CORRELATED, "", 1, 1);
        row("HERALDED_ERASE", Kind.HERALDED, "", 1, 1);
        row("HERALDED_PAULI_CHANNEL_1", Kind.HERALDED, "", 4, 4);
        row("DETECTOR", Kind.ANNOTATION, "", 0, 1000);
        row("OBSERVABLE_INCLUDE", Kind.ANNOTATION, "", 1, 1);
        row("QUBIT_COORDS", Kind.ANNOTATION, "", 0, 1000);
        row("SHIFT_COORDS", Kind.ANNOTATION, "", 0, 1000);
        row("TICK", Kind.ANNOTATION, "", 0, 0);
        row("MPAD", Kind.ANNOTATION, "", 0, 1);
    }

    private StimGates() {}

    private static void single(String name, String parts, String... aliases) {
        row(name, Kind.SINGLE, parts, 0, 0, aliases);
    }

    private static void pair(String name, String parts, String... aliases) {
        row(name, Kind.PAIR, parts, 0, 0, aliases);
    }

    private static void row(String name, Kind kind, String parts, int fewest, int most, String... aliases) {
        List<String> steps = parts.isEmpty() ? List.of() : List.of(parts.split(" "));
        ROWS.put(name, new Row(name, kind, steps, fewest, most));
        for (String alias : List.of(aliases)) {
            ALIASES.put(alias, name);
        }
    }

    /// The row of a name or alias in upper case; null when there is none.
    static @Nullable Row find(String name) {
        return ROWS.get(ALIASES.getOrDefault(name, name));
    }

    static Row row(String name) {
        Row row = ROWS.get(name);
        if (row == null) {
            throw new IllegalArgumentException("No row " + name);
        }
        return row;
    }

    static Iterable<Row> rows() {
        return ROWS.values();
    }
}
