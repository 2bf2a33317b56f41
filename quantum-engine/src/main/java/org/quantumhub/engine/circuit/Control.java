package org.quantumhub.engine.circuit;

/// A qubit that decides whether a gate acts.
///
/// @param qubit the deciding qubit
/// @param positive `true`: the gate acts where the qubit is 1; `false`: where it is 0
public record Control(int qubit, boolean positive) {
    /// The gate acts where the qubit is 1.
    public static Control on(int qubit) {
        return new Control(qubit, true);
    }

    /// The gate acts where the qubit is 0.
    public static Control off(int qubit) {
        return new Control(qubit, false);
    }
}
