package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Observable;
import org.quantumhub.engine.circuit.ParameterisedCircuit;
import org.quantumhub.engine.circuit.ResultRequest;
import org.quantumhub.engine.circuit.ResultRequest.Statistic;

/// Answers what a circuit asks for beyond counts.
///
/// Everything but samples is exact: read off the state vector, or off the density matrix when there is noise or a qubit
/// is reset. Samples are drawn with the shots and the seed of the run. Measurements at the end are left out.
public final class RequestedResults {
    private static final int MOST_PROBABILITY_QUBITS = 20;

    private final Circuit circuit;
    private final NoiseModel noise;
    private final RunOptions options;
    private final boolean pure;
    private @Nullable StateVector state;
    private @Nullable DensityMatrix matrix;

    private RequestedResults(Circuit circuit, NoiseModel noise, RunOptions options) {
        this.circuit = withoutMeasurements(circuit);
        this.noise = noise;
        this.options = options;
        this.pure = !isMixed(circuit, noise);
    }

    /// The answers to [Circuit#resultRequests()], in order.
    ///
    /// @param noise what strikes behind the gates, beside the noise in the circuit itself
    /// @throws CircuitException UNSUPPORTED for amplitudes of a circuit with noise or resets, for anything of a circuit
    ///     whose course depends on outcomes, and for gradients, which need the variables; LIMIT_EXCEEDED for what is
    /// too
    ///     large
    public static List<ResultValue> of(Circuit circuit, NoiseModel noise, RunOptions options) {
        check(circuit, noise);
        RequestedResults results = new RequestedResults(circuit, noise, options);
        return circuit.resultRequests().stream().map(results::answer).toList();
    }

    /// Refuses what [#of(Circuit, NoiseModel, RunOptions)] or its sibling for variables would refuse, before anything
    /// is
    /// allocated.
    ///
    /// @throws CircuitException UNSUPPORTED or LIMIT_EXCEEDED
    public static void check(Circuit circuit) {
        check(circuit, NoiseModel.NONE);
    }

    /// Whether the answers are read off a density matrix, because noise or resets leave no state vector.
    public static boolean needsDensityMatrix(Circuit circuit) {
        return isMixed(circuit, NoiseModel.NONE);
    }

    private static boolean isMixed(Circuit circuit, NoiseModel noise) {
        return Readout.of(noise.applied(withoutMeasurements(circuit))) == null;
    }

    private static void check(Circuit circuit, NoiseModel noise) {
        if (Readout.ignoringResets(circuit) == null) {
            throw unsupported(
                    "What is asked for depends on the outcome of a measurement in the middle of the circuit.");
        }
        boolean mixed = isMixed(circuit, noise);
        for (ResultRequest request : circuit.resultRequests()) {
            int asked = request.qubits().isEmpty()
                    ? circuit.qubitCount()
                    : request.qubits().size();
            switch (request) {
                case ResultRequest.State ignored -> refuseMixed(mixed);
                case ResultRequest.Amplitude ignored -> refuseMixed(mixed);
                case ResultRequest.Gradient ignored -> refuseMixed(mixed);
                case ResultRequest.Density ignored ->
                    refuseMore(asked, PartialTrace.MOST_QUBITS, "A density matrix of %d qubits was asked for");
                case ResultRequest.Probability ignored ->
                    refuseMore(asked, MOST_PROBABILITY_QUBITS, "Probabilities of %d qubits were asked for");
                case ResultRequest.OfObservable of ->
                    of.observables().stream()
                            .filter(observable -> mixed && of.statistic() != Statistic.SAMPLE)
                            .forEach(observable -> refuseMore(
                                    observable.qubits().size(),
                                    PartialTrace.MOST_QUBITS,
                                    "An observable of %d qubits was asked for, with noise"));
            }
        }
    }

    private static void refuseMixed(boolean mixed) {
        if (mixed) {
            throw unsupported(
                    "There are neither amplitudes nor gradients where there is noise or a reset; a density matrix there is.");
        }
    }

    private static void refuseMore(int qubits, int most, String what) {
        if (qubits > most) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED, what + "; at most %d qubits are written out.", qubits, most);
        }
    }

    /// The same for values of the variables, by which gradients are taken.
    public static List<ResultValue> of(ParameterisedCircuit open, double[] values, RunOptions options) {
        Circuit circuit = open.bind(values);
        check(circuit, NoiseModel.NONE);
        List<ResultValue> answers = new ArrayList<>();
        RequestedResults results = new RequestedResults(circuit, NoiseModel.NONE, options);
        for (ResultRequest request : circuit.resultRequests()) {
            answers.add(
                    request instanceof ResultRequest.Gradient gradient
                            ? gradient(open, circuit, values, gradient)
                            : results.answer(request));
        }
        return List.copyOf(answers);
    }

    private static Circuit withoutMeasurements(Circuit circuit) {
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), 0);
        for (Instruction instruction : circuit.instructions()) {
            if (!(instruction instanceof Instruction.Measure)) {
                builder.add(instruction);
            }
        }
        return builder.build();
    }

    private static CircuitException unsupported(String message) {
        return CircuitException.of(CircuitProblem.UNSUPPORTED, "%s", message);
    }

    private StateVector state() {
        StateVector known = state;
        if (known == null) {
            known = StateVectorSimulator.state(circuit).inOrder();
            state = known;
        }
        return known;
    }

    private DensityMatrix matrix() {
        DensityMatrix known = matrix;
        if (known == null) {
            known = new DensityMatrixSimulator(noise).state(circuit);
            matrix = known;
        }
        return known;
    }

    private ResultValue answer(ResultRequest request) {
        options.cancellation().check();
        return switch (request) {
            case ResultRequest.State ignored -> new ResultValue.State(state());
            case ResultRequest.Density density -> density(orAll(density.qubits()));
            case ResultRequest.Probability probability -> probabilities(orAll(probability.qubits()));
            case ResultRequest.Amplitude amplitude -> amplitudes(amplitude.states());
            case ResultRequest.OfObservable of ->
                of.statistic() == Statistic.SAMPLE
                        ? samples(of.observables())
                        : new ResultValue.Numbers(of.observables().stream()
                                .map(observable -> statistic(of.statistic(), observable))
                                .toList());
            case ResultRequest.Gradient ignored ->
                throw unsupported(
                        "A gradient is taken by the inputs of a program, which have all been given values here.");
        };
    }

    private List<Integer> orAll(List<Integer> qubits) {
        return qubits.isEmpty()
                ? IntStream.range(0, circuit.qubitCount()).boxed().toList()
                : qubits;
    }

    private ResultValue density(List<Integer> qubits) {
        return new ResultValue.Density(qubits, pure ? PartialTrace.of(state(), qubits) : matrix().reduced(qubits));
    }

    private ResultValue probabilities(List<Integer> qubits) {
        double[] sums = new double[1 << qubits.size()];
        for (long basis = 0; basis < 1L << circuit.qubitCount(); basis++) {
            int place = 0;
            for (int i = 0; i < qubits.size(); i++) {
                place |= (int) (basis >>> qubits.get(i) & 1) << i;
            }
            sums[place] += pure ? state().probability(basis) : matrix().probability(basis);
        }
        return new ResultValue.Probabilities(qubits, Arrays.stream(sums).boxed().toList());
    }

    private ResultValue amplitudes(List<String> states) {
        Map<String, ResultValue.Amplitude> values = new LinkedHashMap<>();
        for (String text : states) {
            long basis = Long.parseLong(text, 2);
            values.put(text, new ResultValue.Amplitude(state().re(basis), state().im(basis)));
        }
        return new ResultValue.Amplitudes(values);
    }

    private double statistic(Statistic statistic, Observable observable) {
        if (pure) {
            return statistic == Statistic.EXPECTATION
                    ? Observables.expectation(state(), observable)
                    : Observables.variance(state(), observable);
        }
        double mean = matrix().expectation(observable);
        return statistic == Statistic.EXPECTATION
                ? mean
                : Math.max(0, matrix().expectation(squared(observable)) - mean * mean);
    }

    private static Observable squared(Observable observable) {
        return new Observable(observable.factors().stream()
                .map(factor ->
                        new Observable.Factor("hermitian", factor.matrix().times(factor.matrix()), factor.qubits()))
                .toList());
    }

    private ResultValue samples(List<Observable> observables) {
        if (options.shots() == 0) {
            throw unsupported("Samples were asked for, but no shots.");
        }
        Simulator simulator = pure ? new StateVectorSimulator() : new DensityMatrixSimulator(noise);
        List<List<Double>> values = new ArrayList<>();
        for (Observable observable : observables) {
            double[] samples = Observables.samples(simulator, circuit, observable, options);
            values.add(Arrays.stream(samples).boxed().toList());
        }
        return new ResultValue.Samples(values);
    }

    private static ResultValue gradient(
            ParameterisedCircuit open, Circuit circuit, double[] values, ResultRequest.Gradient request) {
        for (String name : request.parameters()) {
            if (!open.variables().contains(name)) {
                throw unsupported("A gradient by '" + name + "' was asked for, which is no variable of the circuit.");
            }
        }
        PauliSum sum = PauliProducts.sum(circuit.qubitCount(), request.terms());
        AdjointGradient.ByVariable gradient = AdjointGradient.of(open, values, sum);
        Map<String, Double> derivatives = new LinkedHashMap<>();
        for (int i = 0; i < open.variables().size(); i++) {
            String name = open.variables().get(i);
            if (request.parameters().isEmpty() || request.parameters().contains(name)) {
                derivatives.put(name, gradient.derivatives()[i]);
            }
        }
        return new ResultValue.Gradient(gradient.value(), derivatives);
    }
}
