package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A real combination of products of Pauli operators, such as a Hamiltonian.
///
/// ```java
/// PauliSum ising = PauliSum.of("ZZI", 1.0).plus("IZZ", 1.0).plus("IIX", 0.5);
/// ```
///
/// Products are written like bitstrings: the rightmost letter acts on qubit 0. Terms with the same X and Y places
/// share one pass over the state, so the cost is the number of different such sets times 2^n.
public final class PauliSum {
    /// @param x places of X and Y
    /// @param z places of Z and Y
    private record Term(double coefficient, long x, long z) {}

    private final int qubits;
    private final List<Term> terms;

    private PauliSum(int qubits, List<Term> terms) {
        this.qubits = qubits;
        this.terms = terms;
    }

    /// A single product with its coefficient.
    ///
    /// @param product letters I, X, Y and Z, at most 30
    /// @throws IllegalArgumentException for other letters and for coefficients that are not finite
    public static PauliSum of(String product, double coefficient) {
        return new PauliSum(product.length(), List.of(term(product, coefficient)));
    }

    /// This sum and one more product on as many qubits.
    public PauliSum plus(String product, double coefficient) {
        if (product.length() != qubits) {
            throw new IllegalArgumentException("A product of " + qubits + " letters was expected, not " + product);
        }
        List<Term> more = new ArrayList<>(terms);
        more.add(term(product, coefficient));
        return new PauliSum(qubits, List.copyOf(more));
    }

    private static Term term(String product, double coefficient) {
        if (!product.matches("[IXYZ]{1,30}")) {
            throw new IllegalArgumentException("1 to 30 letters I, X, Y, Z were expected, not " + product);
        }
        if (!Double.isFinite(coefficient)) {
            throw new IllegalArgumentException("A coefficient must be finite");
        }
        long x = 0;
        long z = 0;
        for (int i = 0; i < product.length(); i++) {
            char letter = product.charAt(product.length() - 1 - i);
            x |= letter == 'X' || letter == 'Y' ? 1L << i : 0;
            z |= letter == 'Z' || letter == 'Y' ? 1L << i : 0;
        }
        return new Term(coefficient, x, z);
    }

    public int qubits() {
        return qubits;
    }

    /// The expectation in a state of as many qubits.
    public double expectation(StateVector given) {
        StateVector state = checked(given);
        if (qubits >= PauliBlocks.FEWEST_QUBITS && BlockEngine.available()) {
            return PauliBlocks.expectation(state, blockTerms());
        }
        return expectationPlainly(state);
    }

    /// The terms as [PauliBlocks] wants them: with Y as i X Z, a product has one factor i for each Y, and the imaginary
    /// part
    /// of a sum that is real in the end counts where their number is odd.
    private Map<Long, List<PauliBlocks.Term>> blockTerms() {
        Map<Long, List<PauliBlocks.Term>> groups = new LinkedHashMap<>();
        for (Term term : terms) {
            int power = Long.bitCount(term.x() & term.z()) & 3;
            boolean imaginary = (power & 1) != 0;
            double sign = power == 0 || power == 3 ? 1 : -1;
            groups.computeIfAbsent(term.x(), x -> new ArrayList<>())
                    .add(new PauliBlocks.Term(sign * term.coefficient(), imaginary, term.z()));
        }
        return groups;
    }

    /// Group by group over the whole state.
    double expectationPlainly(StateVector state) {
        double sum = 0;
        for (Map.Entry<Long, List<Term>> group : groups().entrySet()) {
            int x = group.getKey().intValue();
            List<Term> same = group.getValue();
            for (int i = 0; i < state.re.length; i++) {
                int j = i ^ x;
                // <psi| P |psi> has the factor conj(psi_j) psi_i, of which a Hermitian product shows one part only.
                double re = state.re[j] * state.re[i] + state.im[j] * state.im[i];
                double im = state.re[j] * state.im[i] - state.im[j] * state.re[i];
                sum += factorRe(same, i) * re - factorIm(same, i) * im;
            }
        }
        return sum;
    }

    /// The variance in a state: the expectation of the square less the square of the expectation.
    public double variance(StateVector state) {
        double mean = expectation(state);
        return Math.max(0, applied(state).norm() - mean * mean);
    }

    /// The vector that this operator makes of a state; in general not normalised.
    StateVector applied(StateVector given) {
        StateVector state = checked(given);
        StateVector result = StateVector.zero(qubits);
        result.re[0] = 0;
        for (Map.Entry<Long, List<Term>> group : groups().entrySet()) {
            int x = group.getKey().intValue();
            List<Term> same = group.getValue();
            for (int i = 0; i < state.re.length; i++) {
                double c = factorRe(same, i);
                double s = factorIm(same, i);
                result.re[i ^ x] += c * state.re[i] - s * state.im[i];
                result.im[i ^ x] += c * state.im[i] + s * state.re[i];
            }
        }
        return result;
    }

    private StateVector checked(StateVector state) {
        if (state.qubits() != qubits) {
            throw new IllegalArgumentException(
                    "An operator on " + qubits + " qubits cannot act on a state of " + state.qubits());
        }
        return state.inOrder();
    }

    private Map<Long, List<Term>> groups() {
        Map<Long, List<Term>> groups = new LinkedHashMap<>();
        for (Term term : terms) {
            groups.computeIfAbsent(term.x(), x -> new ArrayList<>()).add(term);
        }
        return groups;
    }

    /// The factor by which the terms take a basis state to its partner: `i^(number of Y) (-1)^(bits at Z)` each.
    private static double factorRe(List<Term> same, int basis) {
        double sum = 0;
        for (Term term : same) {
            int power = Long.bitCount(term.x() & term.z()) + 2 * Long.bitCount(basis & term.z()) & 3;
            sum += power == 0 ? term.coefficient() : power == 2 ? -term.coefficient() : 0;
        }
        return sum;
    }

    private static double factorIm(List<Term> same, int basis) {
        double sum = 0;
        for (Term term : same) {
            int power = Long.bitCount(term.x() & term.z()) + 2 * Long.bitCount(basis & term.z()) & 3;
            sum += power == 1 ? term.coefficient() : power == 3 ? -term.coefficient() : 0;
        }
        return sum;
    }
}
