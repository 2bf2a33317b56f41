package org.quantumhub.engine.simulator;

/// The amplitudes of a pure state; index bit `q` belongs to qubit `q`.
public final class StateVector {
    final int qubits;
    final double[] re;
    final double[] im;

    StateVector(int qubits, double[] re, double[] im) {
        this.qubits = qubits;
        this.re = re;
        this.im = im;
    }

    /// The state with every qubit at 0.
    static StateVector zero(int qubits) {
        StateVector state = new StateVector(qubits, new double[1 << qubits], new double[1 << qubits]);
        state.re[0] = 1;
        return state;
    }

    StateVector copy() {
        return new StateVector(qubits, re.clone(), im.clone());
    }

    void become(StateVector other) {
        System.arraycopy(other.re, 0, re, 0, re.length);
        System.arraycopy(other.im, 0, im, 0, im.length);
    }

    public int qubits() {
        return qubits;
    }

    /// The number of amplitudes, 2^qubits.
    public long size() {
        return 1L << qubits;
    }

    /// The real part of an amplitude.
    public double re(long index) {
        return re[(int) index];
    }

    /// The imaginary part of an amplitude.
    public double im(long index) {
        return im[(int) index];
    }

    /// The probability of finding the basis state.
    public double probability(long index) {
        int i = (int) index;
        return re[i] * re[i] + im[i] * im[i];
    }

    /// The sum of all probabilities, 1 up to rounding.
    public double norm() {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return sum;
    }
}
