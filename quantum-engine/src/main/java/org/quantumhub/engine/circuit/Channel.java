package org.quantumhub.engine.circuit;

import java.util.ArrayList;
import java.util.List;

/// A noise process on one or two qubits, as the list of its Kraus operators.
///
/// @param name in the words of Braket's noise pragmas, `kraus` for what has none
/// @param parameters what the named channel was made with
/// @param kraus operators K with the sum of K† K equal to the identity; the first qubit is the least significant bit
public record Channel(String name, List<Double> parameters, List<Matrix> kraus) {
    private static final double TOLERANCE = 1e-9;

    /// @throws IllegalArgumentException when the operators are not of one size (2 or 4) or do not preserve the trace
    public Channel {
        parameters = List.copyOf(parameters);
        kraus = List.copyOf(kraus);
        if (kraus.isEmpty()
                || kraus.getFirst().dimension() != 2 && kraus.getFirst().dimension() != 4) {
            throw new IllegalArgumentException("A channel acts on one or two qubits");
        }
        int dimension = kraus.getFirst().dimension();
        double[] sum = new double[2 * dimension * dimension];
        for (Matrix operator : kraus) {
            if (operator.dimension() != dimension) {
                throw new IllegalArgumentException("The operators of a channel have one size");
            }
            double[] product = operator.adjoint().times(operator).toArray();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += product[i];
            }
        }
        if (!(Matrix.of(dimension, sum).distance(Matrix.identity(dimension)) < TOLERANCE)) {
            throw new IllegalArgumentException("The channel '" + name + "' does not preserve the trace");
        }
    }

    /// A channel by its operators alone.
    public static Channel of(List<Matrix> kraus) {
        return new Channel("kraus", List.of(), kraus);
    }

    /// X, Y and Z with their probabilities, each from 0 to 1 and together at most 1.
    public static Channel pauli(double x, double y, double z) {
        return pauli("pauli_channel", List.of(x, y, z), x, y, z);
    }

    private static Channel pauli(String name, List<Double> parameters, double x, double y, double z) {
        probability(x);
        probability(y);
        probability(z);
        probability(x + y + z);
        return new Channel(
                name,
                parameters,
                List.of(
                        Matrix.identity(2).scaled(Math.sqrt(Math.max(0, 1 - x - y - z)), 0),
                        paulis().get(1).scaled(Math.sqrt(x), 0),
                        paulis().get(2).scaled(Math.sqrt(y), 0),
                        paulis().get(3).scaled(Math.sqrt(z), 0)));
    }

    /// X with probability p.
    public static Channel bitFlip(double p) {
        return pauli("bit_flip", List.of(p), p, 0, 0);
    }

    /// Z with probability p.
    public static Channel phaseFlip(double p) {
        return pauli("phase_flip", List.of(p), 0, 0, p);
    }

    /// With probability p one of X, Y and Z, all alike (so that p = 3/4 leaves nothing).
    public static Channel depolarizing(double p) {
        return pauli("depolarizing", List.of(p), p / 3, p / 3, p / 3);
    }

    /// With probability p one of the fifteen products of Pauli operators on two qubits, all alike.
    public static Channel depolarizingPair(double p) {
        probability(p);
        List<Matrix> kraus = new ArrayList<>();
        for (int high = 0; high < 4; high++) {
            for (int low = 0; low < 4; low++) {
                double weight = high + low == 0 ? 1 - p : p / 15;
                kraus.add(product(paulis().get(high), paulis().get(low)).scaled(Math.sqrt(weight), 0));
            }
        }
        return new Channel("two_qubit_depolarizing", List.of(p), kraus);
    }

    /// With probability p one of IZ, ZI and ZZ, all alike.
    public static Channel dephasingPair(double p) {
        probability(p);
        List<Matrix> kraus = new ArrayList<>();
        for (int high = 0; high < 4; high += 3) {
            for (int low = 0; low < 4; low += 3) {
                double weight = high + low == 0 ? 1 - p : p / 3;
                kraus.add(product(paulis().get(high), paulis().get(low)).scaled(Math.sqrt(weight), 0));
            }
        }
        return new Channel("two_qubit_dephasing", List.of(p), kraus);
    }

    /// Exchange of energy with surroundings that are warm: decay with probability gamma towards a state in which 0 has
    /// the probability `cold`.
    public static Channel generalizedAmplitudeDamping(double gamma, double cold) {
        probability(gamma);
        probability(cold);
        double keep = Math.sqrt(1 - gamma);
        double down = Math.sqrt(cold);
        double up = Math.sqrt(1 - cold);
        return new Channel(
                "generalized_amplitude_damping",
                List.of(gamma, cold),
                List.of(
                        Matrix.of(2, 1, 0, 0, 0, 0, 0, keep, 0).scaled(down, 0),
                        Matrix.of(2, 0, 0, Math.sqrt(gamma), 0, 0, 0, 0, 0).scaled(down, 0),
                        Matrix.of(2, keep, 0, 0, 0, 0, 0, 1, 0).scaled(up, 0),
                        Matrix.of(2, 0, 0, 0, 0, Math.sqrt(gamma), 0, 0, 0).scaled(up, 0)));
    }

    /// Decay from 1 to 0 with probability gamma.
    public static Channel amplitudeDamping(double gamma) {
        probability(gamma);
        return new Channel(
                "amplitude_damping",
                List.of(gamma),
                List.of(
                        Matrix.of(2, 1, 0, 0, 0, 0, 0, Math.sqrt(1 - gamma), 0),
                        Matrix.of(2, 0, 0, Math.sqrt(gamma), 0, 0, 0, 0, 0)));
    }

    /// Loss of phase without loss of energy: off-diagonal entries shrink by sqrt(1 - lambda).
    public static Channel phaseDamping(double lambda) {
        probability(lambda);
        return new Channel(
                "phase_damping",
                List.of(lambda),
                List.of(
                        Matrix.of(2, 1, 0, 0, 0, 0, 0, Math.sqrt(1 - lambda), 0),
                        Matrix.of(2, 0, 0, 0, 0, 0, 0, Math.sqrt(lambda), 0)));
    }

    /// Relaxation towards 0 for some time, at zero temperature.
    ///
    /// @param t1 time after which 1/e of the excitation is left, in any unit
    /// @param t2 time after which 1/e of the coherence is left, at most twice t1
    /// @param time duration, in the same unit
    public static Channel thermalRelaxation(double t1, double t2, double time) {
        if (!(t1 > 0 && t2 > 0 && t2 <= 2 * t1 && time >= 0)) {
            throw new IllegalArgumentException("0 < t2 <= 2 t1 and a time of 0 or more were expected");
        }
        double gamma = 1 - Math.exp(-time / t1);
        double lambda = 1 - Math.exp(time / t1 - 2 * (time / t2));
        List<Matrix> kraus = new ArrayList<>();
        for (Matrix decay : amplitudeDamping(gamma).kraus()) {
            for (Matrix phase : phaseDamping(Math.max(0, lambda)).kraus()) {
                kraus.add(phase.times(decay));
            }
        }
        return of(kraus);
    }

    /// Two channels on a qubit each as one on both.
    public static Channel both(Channel first, Channel second) {
        List<Matrix> kraus = new ArrayList<>();
        for (Matrix high : second.kraus()) {
            for (Matrix low : first.kraus()) {
                kraus.add(product(high, low));
            }
        }
        return of(kraus);
    }

    /// One or two.
    public int qubits() {
        return kraus.getFirst().dimension() / 2;
    }

    /// The probability of each operator where it does not depend on the state: all of them are then multiples of
    /// unitary matrices. Empty for other channels.
    public double[] mixture() {
        double[] chances = new double[kraus.size()];
        int dimension = kraus.getFirst().dimension();
        for (int k = 0; k < chances.length; k++) {
            Matrix square = kraus.get(k).adjoint().times(kraus.get(k));
            chances[k] = square.re(0, 0);
            if (square.distance(Matrix.identity(dimension).scaled(chances[k], 0)) > TOLERANCE) {
                return new double[0];
            }
        }
        return chances;
    }

    /// The probability of each product of Pauli operators, where the channel is a mixture of them, whatever operators
    /// it is
    /// given by; empty for other channels. Two bits of the place for each qubit say which: 0 to 3 for I, X, Y and Z.
    ///
    /// With K = sum of c(P) P, the channel is such a mixture when the sums over K of c(P) c(Q)* vanish for all P but Q.
    public double[] pauliProbabilities() {
        List<Matrix> products = paulis();
        if (qubits() == 2) {
            products = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                products.add(product(paulis().get(i / 4), paulis().get(i % 4)));
            }
        }
        int size = products.size();
        double[][] re = new double[size][kraus.size()];
        double[][] im = new double[size][kraus.size()];
        for (int p = 0; p < size; p++) {
            for (int k = 0; k < kraus.size(); k++) {
                Matrix overlap = products.get(p).times(kraus.get(k));
                for (int j = 0; j < overlap.dimension(); j++) {
                    re[p][k] += overlap.re(j, j) / overlap.dimension();
                    im[p][k] += overlap.im(j, j) / overlap.dimension();
                }
            }
        }
        double[] chances = new double[size];
        for (int p = 0; p < size; p++) {
            for (int q = 0; q <= p; q++) {
                double x = 0;
                double y = 0;
                for (int k = 0; k < kraus.size(); k++) {
                    x += re[p][k] * re[q][k] + im[p][k] * im[q][k];
                    y += im[p][k] * re[q][k] - re[p][k] * im[q][k];
                }
                if (p == q) {
                    chances[p] = x;
                } else if (Math.hypot(x, y) > TOLERANCE) {
                    return new double[0];
                }
            }
        }
        return chances;
    }

    /// The share of a maximally entangled state that stays what it was; 1 for no noise at all.
    public double entanglementFidelity() {
        double sum = 0;
        int dimension = kraus.getFirst().dimension();
        for (Matrix k : kraus) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < dimension; i++) {
                re += k.re(i, i);
                im += k.im(i, i);
            }
            sum += re * re + im * im;
        }
        return sum / (dimension * dimension);
    }

    /// The linear map on a density matrix: row and column index are the ket's bits below the bra's.
    public double[] superoperator() {
        int dimension = kraus.getFirst().dimension();
        int size = dimension * dimension;
        double[] result = new double[2 * size * size];
        for (Matrix k : kraus) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    double a = k.re(row % dimension, column % dimension);
                    double b = k.im(row % dimension, column % dimension);
                    double c = k.re(row / dimension, column / dimension);
                    double d = -k.im(row / dimension, column / dimension);
                    result[2 * (row * size + column)] += a * c - b * d;
                    result[2 * (row * size + column) + 1] += a * d + b * c;
                }
            }
        }
        return result;
    }

    private static void probability(double p) {
        if (!(p >= 0 && p <= 1 + 1e-12)) {
            throw new IllegalArgumentException("A probability from 0 to 1 was expected, not " + p);
        }
    }

    private static List<Matrix> paulis() {
        return List.of(
                Matrix.identity(2),
                Matrix.of(2, 0, 0, 1, 0, 1, 0, 0, 0),
                Matrix.of(2, 0, 0, 0, -1, 0, 1, 0, 0),
                Matrix.of(2, 1, 0, 0, 0, 0, 0, -1, 0));
    }

    private static Matrix product(Matrix high, Matrix low) {
        double[] entries = new double[32];
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                double a = high.re(row / 2, column / 2);
                double b = high.im(row / 2, column / 2);
                double c = low.re(row % 2, column % 2);
                double d = low.im(row % 2, column % 2);
                entries[2 * (4 * row + column)] = a * c - b * d;
                entries[2 * (4 * row + column) + 1] = a * d + b * c;
            }
        }
        return Matrix.of(4, entries);
    }
}
