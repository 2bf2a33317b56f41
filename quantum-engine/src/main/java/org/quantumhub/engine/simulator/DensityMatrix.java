package org.quantumhub.engine.simulator;

import java.util.List;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.Observable;

/// A mixed state: its entries, and what can be read off them.
public final class DensityMatrix {
    private final int qubits;
    /// 4^n entries; row bits below column bits.
    private final StateVector entries;

    DensityMatrix(int qubits, StateVector entries) {
        this.qubits = qubits;
        this.entries = entries;
    }

    public int qubits() {
        return qubits;
    }

    /// The real part of an entry.
    public double re(long row, long column) {
        return entries.re(row | column << qubits);
    }

    /// The imaginary part of an entry.
    public double im(long row, long column) {
        return entries.im(row | column << qubits);
    }

    /// The probability of finding a basis state.
    public double probability(long basis) {
        return re(basis, basis);
    }

    /// 1 for a pure state, down to 1 / 2^n.
    public double purity() {
        return entries.norm();
    }

    /// The density matrix of some qubits, all others being traced out.
    ///
    /// @param keep the first being the least significant bit of the matrix; at most 8
    public Matrix reduced(List<Integer> keep) {
        return PartialTrace.ofMatrix(entries, qubits, keep);
    }

    /// The mean of an observable.
    public double expectation(Observable observable) {
        Matrix reduced = reduced(observable.qubits());
        Matrix product = observable.matrix().times(reduced);
        double sum = 0;
        for (int i = 0; i < product.dimension(); i++) {
            sum += product.re(i, i);
        }
        return sum;
    }
}
