package org.quantumhub.engine.circuit;

import java.util.List;

/// What a program asks for beyond counts, as Braket's `result` pragmas say it.
public sealed interface ResultRequest {
    /// All amplitudes.
    record State() implements ResultRequest {}

    /// The density matrix of some qubits; of all when none are named.
    record Density(List<Integer> qubits) implements ResultRequest {
        public Density {
            qubits = List.copyOf(qubits);
        }
    }

    /// The probabilities of the basis states of some qubits; of all when none are named.
    record Probability(List<Integer> qubits) implements ResultRequest {
        public Probability {
            qubits = List.copyOf(qubits);
        }
    }

    /// The amplitudes of some basis states, written with the highest qubit at the left.
    record Amplitude(List<String> states) implements ResultRequest {
        public Amplitude {
            states = List.copyOf(states);
        }
    }

    /// What is asked about an observable.
    enum Statistic {
        EXPECTATION,
        VARIANCE,
        SAMPLE
    }

    /// A statistic of an observable. Where no qubit is named, of one such observable for each qubit.
    record OfObservable(Statistic statistic, List<Observable> observables) implements ResultRequest {
        public OfObservable {
            observables = List.copyOf(observables);
        }
    }
}
