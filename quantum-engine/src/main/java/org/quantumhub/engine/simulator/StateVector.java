package org.quantumhub.engine.simulator;

import org.jspecify.annotations.Nullable;

/// The amplitudes of a pure state; index bit `q` belongs to qubit `q`.
public final class StateVector implements PureState {
    final int qubits;
    final double[] re;
    final double[] im;
    /// The bit of the arrays' index that belongs to each qubit; null when it is the qubit's own.
    private int @Nullable [] place;

    private StateVector(int qubits, double[] re, double[] im, int @Nullable [] place) {
        this.qubits = qubits;
        this.re = re;
        this.im = im;
        this.place = place;
    }

    /// All amplitudes 0, stored in an order of its own.
    StateVector(int qubits, int[] place) {
        this(qubits, new double[1 << qubits], new double[1 << qubits], isIdentity(place) ? null : place);
    }

    /// The state with every qubit at 0.
    static StateVector zero(int qubits) {
        StateVector state = new StateVector(qubits, new double[1 << qubits], new double[1 << qubits], null);
        state.re[0] = 1;
        return state;
    }

    private static boolean isIdentity(int[] place) {
        for (int i = 0; i < place.length; i++) {
            if (place[i] != i) {
                return false;
            }
        }
        return true;
    }

    StateVector copy() {
        return new StateVector(qubits, re.clone(), im.clone(), place);
    }

    void become(StateVector other) {
        System.arraycopy(other.re, 0, re, 0, re.length);
        System.arraycopy(other.im, 0, im, 0, im.length);
        place = other.place;
    }

    /// The place of a basis state in the arrays.
    private int index(long basis) {
        int[] places = place;
        if (places == null) {
            return (int) basis;
        }
        int index = 0;
        for (int qubit = 0; qubit < qubits; qubit++) {
            index |= (int) (basis >>> qubit & 1) << places[qubit];
        }
        return index;
    }

    @Override
    public long basis(long index) {
        int[] places = place;
        if (places == null) {
            return index;
        }
        long basis = 0;
        for (int qubit = 0; qubit < qubits; qubit++) {
            basis |= (index >>> places[qubit] & 1) << qubit;
        }
        return basis;
    }

    /// Brings the arrays into the order of the basis states.
    StateVector inOrder() {
        if (place == null) {
            return this;
        }
        StateVector ordered = new StateVector(qubits, new double[re.length], new double[re.length], null);
        for (int i = 0; i < re.length; i++) {
            int basis = (int) basis(i);
            ordered.re[basis] = re[i];
            ordered.im[basis] = im[i];
        }
        return ordered;
    }

    @Override
    public int qubits() {
        return qubits;
    }

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public double probabilityAt(long index) {
        int i = (int) index;
        return re[i] * re[i] + im[i] * im[i];
    }

    @Override
    public double re(long basis) {
        return re[index(basis)];
    }

    @Override
    public double im(long basis) {
        return im[index(basis)];
    }

    @Override
    public double probability(long basis) {
        return probabilityAt(index(basis));
    }

    @Override
    public double norm() {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return sum;
    }
}
