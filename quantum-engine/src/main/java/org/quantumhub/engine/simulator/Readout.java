package org.quantumhub.engine.simulator;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Which qubit shows up at which classical bit, for circuits whose measurements can all be made at the end.
///
/// A basis state is turned into text only when a result is written; until then outcomes are numbers.
final class Readout {
    private final int bits;
    /// For each classical bit the qubit that is read into it, or -1.
    private final int[] source;

    private Readout(int bits, int[] source) {
        this.bits = bits;
        this.source = source;
    }

    /// The readout of a circuit, or null when something depends on an outcome or disturbs a measured qubit.
    static @Nullable Readout of(Circuit circuit) {
        return of(circuit, false);
    }

    /// The same for simulators to which a reset, like noise, is a process as good as a gate.
    static @Nullable Readout ignoringResets(Circuit circuit) {
        return of(circuit, true);
    }

    private static @Nullable Readout of(Circuit circuit, boolean resetsAllowed) {
        if (!circuit.measured()) {
            return whole(circuit, resetsAllowed);
        }
        int[] source = new int[circuit.clbitCount()];
        Arrays.fill(source, -1);
        boolean[] touched = new boolean[circuit.qubitCount()];
        boolean[] measured = new boolean[circuit.qubitCount()];
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> {
                    if (anyOf(measured, gate.qubits())) {
                        return null;
                    }
                    gate.qubits().forEach(qubit -> touched[qubit] = true);
                }
                case Instruction.Measure measure -> {
                    if (measure.clbit() >= source.length) {
                        return null;
                    }
                    source[measure.clbit()] = measure.qubit();
                    measured[measure.qubit()] = true;
                }
                case Instruction.Noise noise -> {
                    if (!resetsAllowed || anyOf(measured, noise.qubits())) {
                        return null;
                    }
                    noise.qubits().forEach(qubit -> touched[qubit] = true);
                }
                case Instruction.Reset reset -> {
                    // A qubit nobody has touched is still 0.
                    if (measured[reset.qubit()] || touched[reset.qubit()] && !resetsAllowed) {
                        return null;
                    }
                }
                case Instruction.Barrier ignored -> {}
                default -> {
                    return null;
                }
            }
        }
        return new Readout(source.length, source);
    }

    private static @Nullable Readout whole(Circuit circuit, boolean resetsAllowed) {
        boolean[] touched = new boolean[circuit.qubitCount()];
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> gate.qubits().forEach(qubit -> touched[qubit] = true);
                case Instruction.Reset reset -> {
                    if (touched[reset.qubit()] && !resetsAllowed) {
                        return null;
                    }
                }
                case Instruction.Noise noise -> {
                    if (!resetsAllowed) {
                        return null;
                    }
                    noise.qubits().forEach(qubit -> touched[qubit] = true);
                }
                case Instruction.Barrier ignored -> {}
                default -> {
                    return null;
                }
            }
        }
        return all(circuit.qubitCount());
    }

    /// Every qubit, at the bit of its own number.
    static Readout all(int qubits) {
        int[] source = new int[qubits];
        Arrays.setAll(source, i -> i);
        return new Readout(qubits, source);
    }

    private static boolean anyOf(boolean[] flags, List<Integer> qubits) {
        for (int qubit : qubits) {
            if (flags[qubit]) {
                return true;
            }
        }
        return false;
    }

    /// The qubits that are read at all.
    long mask() {
        long mask = 0;
        for (int qubit : source) {
            mask |= qubit < 0 ? 0 : 1L << qubit;
        }
        return mask;
    }

    /// The bitstring of a basis state.
    String text(long index) {
        char[] text = new char[bits];
        for (int bit = 0; bit < bits; bit++) {
            int qubit = source[bit];
            text[bits - 1 - bit] = qubit >= 0 && (index >>> qubit & 1) != 0 ? '1' : '0';
        }
        return new String(text);
    }

    /// The bitstring of an outcome given by its qubits, for more of them than a number has bits.
    String text(BitSet qubits) {
        char[] text = new char[bits];
        for (int bit = 0; bit < bits; bit++) {
            text[bits - 1 - bit] = source[bit] >= 0 && qubits.get(source[bit]) ? '1' : '0';
        }
        return new String(text);
    }

    /// A set of bits as text, the highest at the left.
    static String text(BitSet bits, int length) {
        char[] text = new char[length];
        for (int bit = 0; bit < length; bit++) {
            text[length - 1 - bit] = bits.get(bit) ? '1' : '0';
        }
        return new String(text);
    }
}
