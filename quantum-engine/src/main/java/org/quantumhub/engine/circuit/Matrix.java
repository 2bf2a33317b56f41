package org.quantumhub.engine.circuit;

import java.util.Arrays;

/// A small square complex matrix, immutable, stored row by row.
///
/// Meant for the matrices of gates (dimension 1 to 64 or so); every operation is the textbook loop.
public final class Matrix {
    private final int dimension;
    /// Real and imaginary part in turn.
    private final double[] entries;

    private Matrix(int dimension, double[] entries) {
        this.dimension = dimension;
        this.entries = entries;
    }

    /// A matrix from its entries, row by row, real and imaginary part in turn.
    public static Matrix of(int dimension, double... entries) {
        if (entries.length != 2 * dimension * dimension) {
            throw new IllegalArgumentException(
                    "A matrix of dimension " + dimension + " needs " + 2 * dimension * dimension + " numbers");
        }
        return new Matrix(dimension, entries.clone());
    }

    /// The matrix with ones on the diagonal.
    public static Matrix identity(int dimension) {
        double[] entries = new double[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            entries[2 * (i * dimension + i)] = 1;
        }
        return new Matrix(dimension, entries);
    }

    /// A diagonal matrix of phases `exp(i angle)`.
    public static Matrix phases(double... angles) {
        int dimension = angles.length;
        double[] entries = new double[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            entries[2 * (i * dimension + i)] = Math.cos(angles[i]);
            entries[2 * (i * dimension + i) + 1] = Math.sin(angles[i]);
        }
        return new Matrix(dimension, entries);
    }

    public int dimension() {
        return dimension;
    }

    public double re(int row, int column) {
        return entries[2 * (row * dimension + column)];
    }

    public double im(int row, int column) {
        return entries[2 * (row * dimension + column) + 1];
    }

    /// This matrix times the other: the other one is applied first.
    public Matrix times(Matrix other) {
        double[] product = new double[entries.length];
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++) {
                double re = 0;
                double im = 0;
                for (int k = 0; k < dimension; k++) {
                    re += re(row, k) * other.re(k, column) - im(row, k) * other.im(k, column);
                    im += re(row, k) * other.im(k, column) + im(row, k) * other.re(k, column);
                }
                product[2 * (row * dimension + column)] = re;
                product[2 * (row * dimension + column) + 1] = im;
            }
        }
        return new Matrix(dimension, product);
    }

    /// The conjugate transpose, which inverts a unitary matrix.
    public Matrix adjoint() {
        double[] result = new double[entries.length];
        for (int row = 0; row < dimension; row++) {
            for (int column = 0; column < dimension; column++) {
                result[2 * (column * dimension + row)] = re(row, column);
                result[2 * (column * dimension + row) + 1] = -im(row, column);
            }
        }
        return new Matrix(dimension, result);
    }

    /// This matrix multiplied by the number `re + i im`.
    public Matrix scaled(double re, double im) {
        double[] result = new double[entries.length];
        for (int i = 0; i < entries.length; i += 2) {
            result[i] = entries[i] * re - entries[i + 1] * im;
            result[i + 1] = entries[i] * im + entries[i + 1] * re;
        }
        return new Matrix(dimension, result);
    }

    /// The largest distance between two entries of the same place.
    public double distance(Matrix other) {
        double worst = 0;
        for (int i = 0; i < entries.length; i += 2) {
            worst = Math.max(worst, Math.hypot(entries[i] - other.entries[i], entries[i + 1] - other.entries[i + 1]));
        }
        return worst;
    }

    /// Whether rows and columns are orthonormal up to the tolerance.
    public boolean isUnitary(double tolerance) {
        // Written so that a NaN anywhere counts as not unitary.
        return times(adjoint()).distance(identity(dimension)) <= tolerance;
    }

    /// A copy of the entries, row by row, real and imaginary part in turn.
    public double[] toArray() {
        return entries.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that && dimension == that.dimension && Arrays.equals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }
}
