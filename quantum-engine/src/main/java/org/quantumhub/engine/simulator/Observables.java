package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.HermitianEigen;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.Observable;

/// Mean, variance and samples of observables that are products of matrices.
///
/// For sums of Pauli operators see [PauliSum].
public final class Observables {
    private Observables() {}

    /// The mean of an observable in a state; costs a pass for each factor.
    public static double expectation(StateVector given, Observable observable) {
        StateVector state = given.inOrder();
        StateVector applied = applied(state, observable);
        double sum = 0;
        for (int i = 0; i < state.re.length; i++) {
            sum += state.re[i] * applied.re[i] + state.im[i] * applied.im[i];
        }
        return sum;
    }

    /// The mean of the square less the square of the mean.
    public static double variance(StateVector given, Observable observable) {
        double mean = expectation(given, observable);
        return Math.max(0, applied(given.inOrder(), observable).norm() - mean * mean);
    }

    private static StateVector applied(StateVector state, Observable observable) {
        StateVector applied = state.copy();
        for (Observable.Factor factor : observable.factors()) {
            for (int qubit : factor.qubits()) {
                if (qubit >= state.qubits) {
                    throw new IllegalArgumentException("Qubit " + qubit + " does not exist");
                }
            }
            int[] targets = factor.qubits().stream().mapToInt(Integer::intValue).toArray();
            PlainLoops.apply(applied, Operation.of(targets, factor.matrix()));
        }
        return applied;
    }

    /// Measures an observable once for each shot, on any simulator, noise included.
    ///
    /// The qubits of each factor are turned into its eigenvectors and measured; the value of a shot is the product of
    /// the
    /// eigenvalues that were found.
    ///
    /// @param circuit without measurements; those it has are left out
    /// @return an eigenvalue of the observable for each shot, in order
    public static double[] samples(Simulator simulator, Circuit circuit, Observable observable, RunOptions options) {
        List<Integer> qubits = observable.qubits();
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), qubits.size());
        for (Instruction instruction : circuit.instructions()) {
            if (!(instruction instanceof Instruction.Measure)) {
                builder.add(instruction);
            }
        }
        List<double[]> values = new ArrayList<>();
        for (Observable.Factor factor : observable.factors()) {
            HermitianEigen eigen = HermitianEigen.of(factor.matrix());
            values.add(eigen.values());
            builder.add(new GateInstruction(
                    Gate.unitary("eigenbasis", eigen.vectors().adjoint()), List.of(), List.of(), factor.qubits()));
        }
        for (int i = 0; i < qubits.size(); i++) {
            builder.measure(qubits.get(i), i);
        }
        RunResult result =
                simulator.run(builder.build(), options.withMemory(true).withProbabilities(false));
        double[] samples = new double[options.shots()];
        for (int shot = 0; shot < samples.length; shot++) {
            samples[shot] = value(observable, values, result.memory().get(shot));
        }
        return samples;
    }

    private static double value(Observable observable, List<double[]> values, String bits) {
        double product = 1;
        int bit = 0;
        for (int f = 0; f < values.size(); f++) {
            int size = observable.factors().get(f).qubits().size();
            int index = 0;
            for (int k = 0; k < size; k++, bit++) {
                index |= bits.charAt(bits.length() - 1 - bit) == '1' ? 1 << k : 0;
            }
            product *= values.get(f)[index];
        }
        return product;
    }

    /// The eigenvalues of a Hermitian matrix, in no particular order.
    public static double[] eigenvalues(Matrix matrix) {
        return HermitianEigen.of(matrix).values().clone();
    }
}
