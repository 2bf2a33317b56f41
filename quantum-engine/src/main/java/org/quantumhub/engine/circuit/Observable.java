package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Something that can be measured: a product of Hermitian matrices on qubits of their own.
///
/// ```java
/// Observable parity = Observable.z(0).times(Observable.z(1));
/// ```
///
/// @param factors on qubits that do not overlap
public record Observable(List<Factor> factors) {
    private static final double TOLERANCE = 1e-9;
    private static final double R = Math.sqrt(0.5);

    /// @param name `x`, `y`, `z`, `h`, `i` or `hermitian`
    /// @param matrix Hermitian, on the qubits; the first is its least significant bit
    public record Factor(String name, Matrix matrix, List<Integer> qubits) {
        public Factor {
            qubits = List.copyOf(qubits);
            if (matrix.dimension() != 1 << qubits.size()) {
                throw new IllegalArgumentException(
                        "A matrix of dimension " + matrix.dimension() + " does not fit " + qubits.size() + " qubits");
            }
            if (!(matrix.distance(matrix.adjoint()) <= TOLERANCE)) {
                throw new IllegalArgumentException("An observable is a Hermitian matrix");
            }
        }
    }

    /// @throws IllegalArgumentException when two factors share a qubit
    public Observable {
        factors = List.copyOf(factors);
        Set<Integer> seen = new HashSet<>();
        for (Factor factor : factors) {
            for (int qubit : factor.qubits()) {
                if (!seen.add(qubit)) {
                    throw new IllegalArgumentException("Two factors act on qubit " + qubit);
                }
            }
        }
    }

    public static Observable x(int qubit) {
        return single("x", Matrix.of(2, 0, 0, 1, 0, 1, 0, 0, 0), qubit);
    }

    public static Observable y(int qubit) {
        return single("y", Matrix.of(2, 0, 0, 0, -1, 0, 1, 0, 0), qubit);
    }

    public static Observable z(int qubit) {
        return single("z", Matrix.of(2, 1, 0, 0, 0, 0, 0, -1, 0), qubit);
    }

    public static Observable h(int qubit) {
        return single("h", Matrix.of(2, R, 0, R, 0, R, 0, -R, 0), qubit);
    }

    /// The identity, with the value 1 always.
    public static Observable i(int qubit) {
        return single("i", Matrix.identity(2), qubit);
    }

    /// A Hermitian matrix.
    ///
    /// @param qubits the first is the least significant bit of the matrix
    public static Observable hermitian(Matrix matrix, Integer... qubits) {
        return new Observable(List.of(new Factor("hermitian", matrix, List.of(qubits))));
    }

    private static Observable single(String name, Matrix matrix, int qubit) {
        return new Observable(List.of(new Factor(name, matrix, List.of(qubit))));
    }

    /// The product with an observable on other qubits.
    public Observable times(Observable other) {
        List<Factor> all = new ArrayList<>(factors);
        all.addAll(other.factors);
        return new Observable(all);
    }

    /// All qubits, factor by factor.
    public List<Integer> qubits() {
        List<Integer> qubits = new ArrayList<>();
        factors.forEach(factor -> qubits.addAll(factor.qubits()));
        return qubits;
    }

    /// The whole product as one matrix on [#qubits()], the first being its least significant bit.
    public Matrix matrix() {
        Matrix product = Matrix.identity(1);
        for (Factor factor : factors) {
            product = kronecker(factor.matrix(), product);
        }
        return product;
    }

    private static Matrix kronecker(Matrix high, Matrix low) {
        int small = low.dimension();
        int dimension = high.dimension() * small;
        double[] entries = new double[2 * dimension * dimension];
        for (int row = 0, place = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++, place += 2) {
                double a = high.re(row / small, column / small);
                double b = high.im(row / small, column / small);
                double c = low.re(row % small, column % small);
                double d = low.im(row % small, column % small);
                entries[place] = a * c - b * d;
                entries[place + 1] = a * d + b * c;
            }
        }
        return Matrix.of(dimension, entries);
    }
}
