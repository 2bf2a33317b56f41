package org.quantumhub.engine.transpiler;

import java.util.List;
import org.quantumhub.engine.circuit.Circuit;

/// A circuit in the words of a device.
///
/// @param circuit on the device's qubits, native gates only
/// @param compact the same on the qubits that are used alone, in rising order
/// @param used the device's qubits that are used, in rising order
/// @param initial for each qubit of the original circuit the device's qubit it begins on
/// @param last for each qubit of the original circuit the device's qubit it ends on
/// @param swaps how often qubits change places
/// @param pairGates how many gates of two qubits there are
/// @param verified whether it was compared with the original and found to do the same; false when it is too wide to
///     compare (more than [Transpiler#MOST_COMPARED] qubits)
public record Compiled(
        Circuit circuit,
        Circuit compact,
        List<Integer> used,
        List<Integer> initial,
        List<Integer> last,
        int swaps,
        int pairGates,
        boolean verified) {

    public Compiled {
        used = List.copyOf(used);
        initial = List.copyOf(initial);
        last = List.copyOf(last);
    }
}
