package org.quantumhub.engine.simulator;

import java.util.List;
import java.util.Map;
import org.quantumhub.engine.circuit.Matrix;

/// The answer to a [ResultRequest][org.quantumhub.engine.circuit.ResultRequest], of the same order of qubits.
public sealed interface ResultValue {
    /// All amplitudes.
    record State(StateVector amplitudes) implements ResultValue {}

    /// A density matrix; the first qubit is the least significant bit.
    record Density(List<Integer> qubits, Matrix matrix) implements ResultValue {
        public Density {
            qubits = List.copyOf(qubits);
        }
    }

    /// Probabilities by basis state of the qubits, the first qubit being the least significant bit of the place.
    record Probabilities(List<Integer> qubits, List<Double> values) implements ResultValue {
        public Probabilities {
            qubits = List.copyOf(qubits);
            values = List.copyOf(values);
        }
    }

    /// A complex number.
    record Amplitude(double re, double im) {}

    /// Amplitudes by basis state, as it was written in the request.
    record Amplitudes(Map<String, Amplitude> values) implements ResultValue {
        public Amplitudes {
            values = Map.copyOf(values);
        }
    }

    /// A mean or a variance for each observable.
    record Numbers(List<Double> values) implements ResultValue {
        public Numbers {
            values = List.copyOf(values);
        }
    }

    /// For each observable an eigenvalue for each shot, in order.
    record Samples(List<List<Double>> values) implements ResultValue {
        public Samples {
            values = values.stream().map(List::copyOf).toList();
        }
    }

    /// A mean and its derivatives by inputs of the program.
    record Gradient(double value, Map<String, Double> derivatives) implements ResultValue {
        public Gradient {
            derivatives = Map.copyOf(derivatives);
        }
    }
}
