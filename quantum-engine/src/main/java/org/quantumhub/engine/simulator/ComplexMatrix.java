package org.quantumhub.engine.simulator;

/// A rectangular complex matrix whose entries can be changed: the working material of the matrix product state.
final class ComplexMatrix {
    final int rows;
    final int columns;
    final double[] re;
    final double[] im;

    ComplexMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.re = new double[rows * columns];
        this.im = new double[rows * columns];
    }

    /// The same numbers, row by row, cut into rows of another length.
    ComplexMatrix reshaped(int newRows, int newColumns) {
        ComplexMatrix result = new ComplexMatrix(newRows, newColumns);
        System.arraycopy(re, 0, result.re, 0, re.length);
        System.arraycopy(im, 0, result.im, 0, im.length);
        return result;
    }

    ComplexMatrix times(ComplexMatrix other) {
        ComplexMatrix result = new ComplexMatrix(rows, other.columns);
        int width = other.columns;
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                double a = re[row * columns + k];
                double b = im[row * columns + k];
                if (a == 0 && b == 0) {
                    continue;
                }
                for (int column = 0; column < width; column++) {
                    double c = other.re[k * width + column];
                    double d = other.im[k * width + column];
                    result.re[row * width + column] += a * c - b * d;
                    result.im[row * width + column] += a * d + b * c;
                }
            }
        }
        return result;
    }

    ComplexMatrix adjoint() {
        ComplexMatrix result = new ComplexMatrix(columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result.re[column * rows + row] = re[row * columns + column];
                result.im[column * rows + row] = -im[row * columns + column];
            }
        }
        return result;
    }
}
