package org.quantumhub.engine.circuit;

import java.util.List;
import java.util.Locale;

/// What a program asks for beyond counts, as Braket's `result` pragmas say it.
///
/// Of several qubits the first is the least significant bit, here as everywhere; Braket names the most significant one
/// first.
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

    /// A product with its coefficient.
    record Term(double coefficient, Observable observable) {}

    /// The mean of a sum of observables and its derivatives by inputs of the program; by all when none are named.
    record Gradient(List<Term> terms, List<String> parameters) implements ResultRequest {
        public Gradient {
            terms = List.copyOf(terms);
            parameters = List.copyOf(parameters);
        }
    }

    /// The word that Braket has for it.
    default String word() {
        return switch (this) {
            case State ignored -> "state_vector";
            case Density ignored -> "density_matrix";
            case Probability ignored -> "probability";
            case Amplitude ignored -> "amplitude";
            case OfObservable of -> of.statistic().name().toLowerCase(Locale.ROOT);
            case Gradient ignored -> "adjoint_gradient";
        };
    }

    /// Whether it can only be computed, and not be found by shots.
    default boolean isExact() {
        return switch (this) {
            case State ignored -> true;
            case Density ignored -> true;
            case Amplitude ignored -> true;
            case Gradient ignored -> true;
            case Probability ignored -> false;
            case OfObservable ignored -> false;
        };
    }

    /// The qubits it names, observable by observable.
    default List<Integer> qubits() {
        return switch (this) {
            case State ignored -> List.of();
            case Density density -> density.qubits();
            case Probability probability -> probability.qubits();
            case Amplitude ignored -> List.of();
            case OfObservable of ->
                of.observables().stream().flatMap(o -> o.qubits().stream()).toList();
            case Gradient gradient ->
                gradient.terms().stream()
                        .flatMap(term -> term.observable().qubits().stream())
                        .toList();
        };
    }
}
