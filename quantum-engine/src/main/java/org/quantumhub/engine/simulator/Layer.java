package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Matrix;

/// Gates at the end of a circuit that can be differentiated together, since those on different qubits commute.
///
/// Gates are offered from the last to the first. With `A` the derivative of one of them times everything of its own
/// qubits
/// that undoes and redoes what lies behind it, the derivative of the expectation is twice the real part of the sum of
/// `A[a][b] M[a][b]`, where `M[a][b]` is the sum of `conj(adjoint) * state` over all amplitudes whose qubits are a and
/// b.
final class Layer {
    private static final int MOST_QUBITS = 2;

    /// Gates on the same qubits.
    ///
    /// @param gates from the last to the first, by number
    private record Cluster(List<Integer> qubits, List<Integer> numbers, List<GateInstruction> gates) {}

    private final List<Cluster> clusters = new ArrayList<>();
    private final Map<Integer, Cluster> ofQubit = new HashMap<>();
    private boolean parameters;

    boolean hasParameters() {
        return parameters;
    }

    /// Takes a gate if it can be looked at together with those that come behind it.
    boolean takes(int number, GateInstruction gate) {
        List<Integer> qubits = gate.qubits();
        if (qubits.size() > MOST_QUBITS || qubits.isEmpty()) {
            return false;
        }
        Cluster cluster = ofQubit.get(qubits.getFirst());
        for (int qubit : qubits) {
            if (ofQubit.get(qubit) != cluster) {
                return false;
            }
        }
        if (cluster == null) {
            List<Integer> own = new ArrayList<>(qubits);
            Collections.sort(own);
            Cluster fresh = new Cluster(own, new ArrayList<>(), new ArrayList<>());
            clusters.add(fresh);
            own.forEach(qubit -> ofQubit.put(qubit, fresh));
            cluster = fresh;
        }
        cluster.numbers().add(number);
        cluster.gates().add(gate);
        parameters |= !gate.parameters().isEmpty();
        return true;
    }

    /// Enters the derivatives by the parameters of all gates.
    ///
    /// @param state behind the layer
    /// @param adjoint the observable applied to the final state, taken back to the same place
    void derivatives(StateVector state, StateVector adjoint, List<List<Double>> result) {
        for (Cluster cluster : clusters) {
            if (cluster.gates().stream().allMatch(gate -> gate.parameters().isEmpty())) {
                continue;
            }
            Matrix common = CommonMatrix.of(adjoint, state, cluster.qubits());
            Matrix behind = Matrix.identity(common.dimension());
            for (int i = 0; i < cluster.gates().size(); i++) {
                GateInstruction gate = cluster.gates().get(i);
                Matrix own = onQubits(gate, gate.coreMatrix(), 1, cluster.qubits());
                List<Double> derivatives = new ArrayList<>();
                for (int p = 0; p < gate.parameters().size(); p++) {
                    Matrix derivative = onQubits(gate, Derivatives.ofCore(gate, p), 0, cluster.qubits());
                    Matrix a = behind.times(derivative.times(own.adjoint())).times(behind.adjoint());
                    derivatives.add(2 * overlap(a, common));
                }
                result.set(cluster.numbers().get(i), derivatives);
                behind = behind.times(own);
            }
        }
    }

    private static double overlap(Matrix a, Matrix common) {
        double sum = 0;
        for (int row = 0; row < a.dimension(); row++) {
            for (int column = 0; column < a.dimension(); column++) {
                sum += a.re(row, column) * common.re(row, column) - a.im(row, column) * common.im(row, column);
            }
        }
        return sum;
    }

    /// A core matrix under the gate's controls, on the qubits of a cluster.
    ///
    /// @param elsewhere the diagonal where the controls do not agree
    private static Matrix onQubits(GateInstruction gate, Matrix core, double elsewhere, List<Integer> qubits) {
        int dimension = 1 << qubits.size();
        double[] entries = new double[2 * dimension * dimension];
        List<Integer> targets = gate.coreTargets();
        for (int row = 0; row < dimension; row++) {
            boolean agrees = true;
            for (Control control : gate.allControls()) {
                agrees &= (row >> qubits.indexOf(control.qubit()) & 1) == (control.positive() ? 1 : 0);
            }
            if (!agrees) {
                entries[2 * (row * dimension + row)] = elsewhere;
                continue;
            }
            for (int small = 0; small < core.dimension(); small++) {
                int column = row;
                int smallRow = 0;
                for (int t = 0; t < targets.size(); t++) {
                    int bit = qubits.indexOf(targets.get(t));
                    column = column & ~(1 << bit) | (small >> t & 1) << bit;
                    smallRow |= (row >> bit & 1) << t;
                }
                int place = 2 * (row * dimension + column);
                entries[place] = core.re(smallRow, small);
                entries[place + 1] = core.im(smallRow, small);
            }
        }
        return Matrix.of(dimension, entries);
    }
}
