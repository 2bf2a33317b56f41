package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.Observable;
import org.quantumhub.engine.circuit.ResultRequest;

/// Writes observables as sums of Pauli products: the coefficient of a product P in a matrix M of k qubits is
/// tr(P M) / 2^k.
final class PauliProducts {
    private static final int MOST_PRODUCTS = 4096;
    private static final double NOTHING = 1e-15;
    private static final String LETTERS = "IXYZ";

    private PauliProducts() {}

    private record Product(double coefficient, char[] letters) {}

    static PauliSum sum(int qubits, List<ResultRequest.Term> terms) {
        char[] none = new char[qubits];
        Arrays.fill(none, 'I');
        PauliSum sum = PauliSum.of(new String(none), 0);
        for (ResultRequest.Term term : terms) {
            List<Product> products = List.of(new Product(term.coefficient(), none));
            for (Observable.Factor factor : term.observable().factors()) {
                List<Product> more = new ArrayList<>();
                for (Product product : products) {
                    multiply(product, factor, more);
                }
                products = more;
                if (products.size() > MOST_PRODUCTS) {
                    throw CircuitException.of(
                            CircuitProblem.LIMIT_EXCEEDED,
                            "An observable comes to more than %d products of Pauli operators.",
                            MOST_PRODUCTS);
                }
            }
            for (Product product : products) {
                // The rightmost letter belongs to qubit 0.
                String text =
                        new StringBuilder(new String(product.letters)).reverse().toString();
                sum = sum.plus(text, product.coefficient);
            }
        }
        return sum;
    }

    private static void multiply(Product product, Observable.Factor factor, List<Product> more) {
        int k = factor.qubits().size();
        for (int choice = 0; choice < 1 << 2 * k; choice++) {
            double coefficient = coefficient(factor.matrix(), choice, k);
            if (Math.abs(coefficient) > NOTHING) {
                char[] letters = product.letters.clone();
                for (int i = 0; i < k; i++) {
                    letters[factor.qubits().get(i)] = LETTERS.charAt(choice >> 2 * i & 3);
                }
                more.add(new Product(product.coefficient * coefficient, letters));
            }
        }
    }

    /// The real part of tr(P M) / 2^k, for P given by two bits for each qubit.
    private static double coefficient(Matrix matrix, int choice, int k) {
        double sum = 0;
        for (int column = 0; column < matrix.dimension(); column++) {
            int row = column;
            int quarters = 0;
            for (int i = 0; i < k; i++) {
                int letter = choice >> 2 * i & 3;
                int bit = column >> i & 1;
                row ^= letter == 1 || letter == 2 ? 1 << i : 0;
                quarters += letter == 2 ? bit == 0 ? 1 : 3 : letter == 3 && bit == 1 ? 2 : 0;
            }
            // P takes the column to the row with a factor i^quarters.
            double re = matrix.re(column, row);
            double im = matrix.im(column, row);
            sum += switch (quarters & 3) {
                case 0 -> re;
                case 1 -> -im;
                case 2 -> -re;
                default -> im;
            };
        }
        return sum / matrix.dimension();
    }
}
