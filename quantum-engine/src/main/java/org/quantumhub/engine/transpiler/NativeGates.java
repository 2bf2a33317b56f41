package org.quantumhub.engine.transpiler;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The families of gates that devices run directly.
public enum NativeGates {
    /// IQM: a turn about an axis in the plane, and controlled-Z. Turns about Z are changes of frame.
    PRX_CZ(List.of("prx", "cz")),
    /// Rigetti, newer devices.
    RX_RZ_CZ(List.of("rx", "rz", "cz")),
    /// Rigetti, Ankaa.
    RX_RZ_ISWAP(List.of("rx", "rz", "iswap")),
    /// IonQ Aria: the Mølmer-Sørensen gate.
    GPI_MS(List.of("gpi", "gpi2", "ms")),
    /// IonQ Forte: the ZZ gate.
    GPI_ZZ(List.of("gpi", "gpi2", "rzz")),
    /// Quantum Brilliance: turns about the three axes, and controlled-Z.
    RX_RY_RZ_CZ(List.of("rx", "ry", "rz", "cz"));

    private final List<String> names;

    NativeGates(List<String> names) {
        this.names = names;
    }

    /// Names of the gate table.
    public List<String> names() {
        return names;
    }

    /// The family with exactly these gates; `zz` is another name of `rzz`, what only measures or waits is left out.
    public static Optional<NativeGates> of(List<String> gates) {
        Set<String> wanted = new TreeSet<>();
        for (String gate : gates) {
            switch (gate) {
                case "zz" -> wanted.add("rzz");
                case "barrier", "measure_ff", "cc_prx" -> {}
                default -> wanted.add(gate);
            }
        }
        for (NativeGates family : values()) {
            if (wanted.equals(new TreeSet<>(family.names))) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }
}
