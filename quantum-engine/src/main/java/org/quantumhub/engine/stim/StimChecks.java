package org.quantumhub.engine.stim;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Checks one instruction, and says what it adds to the size of the circuit.
final class StimChecks {
    private static final double ROUNDING = 1e-9;

    private final StimInstruction.Plain plain;
    private final StimGates.Row row;
    private final long measured;

    /// @param measured how many measurements come before
    StimChecks(StimInstruction.Plain plain, StimGates.Row row, long measured) {
        this.plain = plain;
        this.row = row;
        this.measured = measured;
    }

    private CircuitException refused(CircuitProblem code, String message) {
        return new CircuitException(code, plain.name() + ": " + message, 0, 0, "");
    }

    StimCircuit.Size size() {
        int highest = -1;
        for (StimTarget target : plain.targets()) {
            highest = switch (target) {
                case StimTarget.Qubit qubit -> Math.max(highest, qubit.index());
                case StimTarget.Pauli pauli -> Math.max(highest, pauli.index());
                case StimTarget.Record back -> {
                    if (-back.offset() > measured) {
                        throw refused(
                                CircuitProblem.INDEX_OUT_OF_RANGE,
                                back + " lies before the first measurement; there are " + measured + ".");
                    }
                    yield highest;
                }
                case StimTarget.Combiner ignored -> highest;
            };
        }
        long measurements = 0;
        long detectors = 0;
        long observables = 0;
        switch (row.kind()) {
            case SINGLE, RESET -> qubitsOnly(false);
            case NOISE -> {
                qubitsOnly(false);
                probabilities();
            }
            case NOISE_PAIR -> {
                qubitsOnly(false);
                pairs();
                probabilities();
            }
            case PAIR -> feedbackOrPairs();
            case MEASURE, MEASURE_RESET -> {
                qubitsOnly(true);
                probabilities();
                measurements = plain.targets().size();
            }
            case HERALDED -> {
                qubitsOnly(false);
                probabilities();
                measurements = plain.targets().size();
            }
            case MEASURE_PAIR -> {
                qubitsOnly(true);
                pairs();
                probabilities();
                measurements = plain.targets().size() / 2;
            }
            case MEASURE_PRODUCT -> {
                probabilities();
                measurements = products(plain).size();
            }
            case PHASE_PRODUCT -> products(plain);
            case CORRELATED -> {
                probabilities();
                for (StimTarget target : plain.targets()) {
                    if (!(target instanceof StimTarget.Pauli)) {
                        throw refused(CircuitProblem.SYNTAX, "Pauli targets such as X3 were expected.");
                    }
                }
            }
            case ANNOTATION -> {
                switch (plain.name()) {
                    case "MPAD" -> {
                        probabilities();
                        pads();
                        measurements = plain.targets().size();
                        highest = -1;
                    }
                    case "DETECTOR" -> {
                        recordsOnly();
                        detectors = 1;
                    }
                    case "OBSERVABLE_INCLUDE" -> {
                        recordsOnly();
                        observables = observable() + 1;
                    }
                    case "QUBIT_COORDS" -> qubitsOnly(false);
                    default -> {
                        if (!plain.targets().isEmpty()) {
                            throw refused(CircuitProblem.WRONG_ARITY, "it takes no targets.");
                        }
                    }
                }
            }
        }
        long operations = Math.max(1, plain.targets().size());
        return new StimCircuit.Size(highest + 1, measurements, detectors, observables, operations);
    }

    private void qubitsOnly(boolean invertible) {
        for (StimTarget target : plain.targets()) {
            if (!(target instanceof StimTarget.Qubit qubit) || qubit.inverted() && !invertible) {
                throw refused(CircuitProblem.SYNTAX, "qubits were expected, but found " + target + ".");
            }
        }
    }

    private void pairs() {
        List<StimTarget> targets = plain.targets();
        if (targets.size() % 2 != 0) {
            throw refused(
                    CircuitProblem.WRONG_ARITY, "its targets come in pairs, but " + targets.size() + " are given.");
        }
        for (int i = 0; i < targets.size(); i += 2) {
            if (targets.get(i) instanceof StimTarget.Qubit a
                    && targets.get(i + 1) instanceof StimTarget.Qubit b
                    && a.index() == b.index()) {
                throw refused(CircuitProblem.DUPLICATE_QUBIT, "the pair names qubit " + a.index() + " twice.");
            }
        }
    }

    /// A measurement may stand for the qubit that controls.
    private void feedbackOrPairs() {
        pairs();
        List<StimTarget> targets = plain.targets();
        for (int i = 0; i < targets.size(); i++) {
            StimTarget target = targets.get(i);
            boolean control = switch (plain.name()) {
                case "CX", "CY" -> i % 2 == 0;
                case "XCZ", "YCZ" -> i % 2 == 1;
                case "CZ" -> true;
                default -> false;
            };
            boolean qubit = target instanceof StimTarget.Qubit plainQubit && !plainQubit.inverted();
            if (!qubit && !(control && target instanceof StimTarget.Record)) {
                throw refused(CircuitProblem.SYNTAX, "qubits were expected, but found " + target + ".");
            }
        }
    }

    private void probabilities() {
        double sum = 0;
        boolean none = plain.name().equals("I_ERROR") || plain.name().equals("II_ERROR");
        for (double argument : plain.arguments()) {
            if (!(argument >= 0 && argument <= 1)) {
                throw refused(
                        CircuitProblem.INVALID_VALUE, "a probability from 0 to 1 was expected, not " + argument + ".");
            }
            sum += argument;
        }
        if (sum > 1 + ROUNDING && !none) {
            throw refused(CircuitProblem.INVALID_VALUE, "its probabilities come to more than 1.");
        }
    }

    private void recordsOnly() {
        for (StimTarget target : plain.targets()) {
            if (target instanceof StimTarget.Pauli) {
                throw refused(
                        CircuitProblem.UNSUPPORTED,
                        "only measurements can be included; Pauli targets have no outcome in a sample.");
            }
            if (!(target instanceof StimTarget.Record)) {
                throw refused(CircuitProblem.SYNTAX, "measurements such as rec[-1] were expected.");
            }
        }
    }

    private long observable() {
        double index = plain.arguments().getFirst();
        if (index != Math.rint(index) || index < 0 || index >= StimReader.mostObservables()) {
            throw refused(
                    CircuitProblem.INVALID_VALUE,
                    "an observable is numbered 0 to " + (StimReader.mostObservables() - 1) + ".");
        }
        return (long) index;
    }

    private void pads() {
        for (StimTarget target : plain.targets()) {
            if (!(target instanceof StimTarget.Qubit bit) || bit.index() > 1 || bit.inverted()) {
                throw refused(CircuitProblem.SYNTAX, "its targets are 0 and 1.");
            }
        }
    }

    /// The products of an instruction: Pauli targets joined by `*`.
    static List<List<StimTarget.Pauli>> products(StimInstruction.Plain plain) {
        List<List<StimTarget.Pauli>> products = new ArrayList<>();
        boolean joined = false;
        for (StimTarget target : plain.targets()) {
            if (target instanceof StimTarget.Combiner) {
                if (joined || products.isEmpty()) {
                    throw new CircuitException(
                            CircuitProblem.SYNTAX, plain.name() + ": a '*' stands between two factors.", 0, 0, "");
                }
                joined = true;
                continue;
            }
            if (!(target instanceof StimTarget.Pauli pauli)) {
                throw new CircuitException(
                        CircuitProblem.SYNTAX, plain.name() + ": products such as X1*Z2 were expected.", 0, 0, "");
            }
            if (!joined) {
                products.add(new ArrayList<>());
            }
            products.getLast().add(pauli);
            joined = false;
        }
        if (joined) {
            throw new CircuitException(
                    CircuitProblem.SYNTAX, plain.name() + ": a factor was expected after '*'.", 0, 0, "");
        }
        for (List<StimTarget.Pauli> product : products) {
            if (StimReader.repeats(product.stream().map(StimTarget.Pauli::index).toList())) {
                throw new CircuitException(
                        CircuitProblem.DUPLICATE_QUBIT, plain.name() + ": a product names a qubit twice.", 0, 0, "");
            }
        }
        return products;
    }
}
