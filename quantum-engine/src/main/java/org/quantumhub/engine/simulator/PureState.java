package org.quantumhub.engine.simulator;

/// The amplitudes of a pure state; index bit `q` belongs to qubit `q`.
public sealed interface PureState permits StateVector, OffHeapState {
    int qubits();

    /// How its numbers are kept.
    Precision precision();

    /// The real part of an amplitude.
    double re(long basis);

    /// The imaginary part of an amplitude.
    double im(long basis);

    /// The number of amplitudes, 2^qubits.
    default long size() {
        return 1L << qubits();
    }

    /// The probability of finding the basis state.
    default double probability(long basis) {
        double x = re(basis);
        double y = im(basis);
        return x * x + y * y;
    }

    /// The sum of all probabilities, 1 up to rounding.
    double norm();

    /// The basis state at a place of the storage, whose order is its own.
    long basis(long place);

    /// The probability of the basis state at a place of the storage.
    double probabilityAt(long place);
}
