package org.quantumhub.execution.service;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Matrix;
import org.quantumhub.engine.circuit.Observable;
import org.quantumhub.engine.circuit.ParameterisedCircuit;
import org.quantumhub.engine.circuit.ResultRequest;
import org.quantumhub.engine.circuit.ResultRequest.Statistic;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.engine.simulator.DensityMatrixSimulator;
import org.quantumhub.engine.simulator.NoiseModel;
import org.quantumhub.engine.simulator.RequestedResults;
import org.quantumhub.engine.simulator.ResultValue;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVector;
import org.quantumhub.engine.simulator.StateVectorSimulator;

/// What a program asks for beyond counts, answered by the engine in the order and the form in which Braket tells it: of
/// several qubits the first one named is the most significant, and complex numbers are pairs.
final class RequestedValues {

    /// Numbers that all answers of a job come to.
    private static final long MOST_NUMBERS = 1_000_000;

    private RequestedValues() {}

    /// Refuses what cannot be answered, before anything runs.
    ///
    /// @param backend which of the hub's simulators is to run it
    /// @throws CircuitException UNSUPPORTED or LIMIT_EXCEEDED
    static void check(Circuit circuit, int shots, String backend) {
        if (circuit.resultRequests().isEmpty()) {
            return;
        }
        if (backend.equals(Simulators.STABILIZER) || backend.equals(Simulators.MATRIX_PRODUCT)) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "'%s' counts shots; what result pragmas ask for is answered by '%s'.",
                    backend,
                    Simulators.STATE_VECTOR);
        }
        RequestedResults.check(circuit);
        long numbers = 0;
        for (ResultRequest request : circuit.resultRequests()) {
            numbers += numbers(request, circuit.qubitCount(), shots);
            if (numbers > MOST_NUMBERS) {
                throw CircuitException.of(
                        CircuitProblem.LIMIT_EXCEEDED,
                        "What the result pragmas ask for comes to more than %d numbers with '%s'.",
                        MOST_NUMBERS,
                        request.word());
            }
        }
    }

    private static long numbers(ResultRequest request, int all, int shots) {
        return switch (request) {
            case ResultRequest.State ignored -> power(all + 1);
            case ResultRequest.Density density -> power(2 * width(density.qubits(), all) + 1);
            case ResultRequest.Probability probability -> power(width(probability.qubits(), all));
            case ResultRequest.Amplitude amplitude -> 2L * amplitude.states().size();
            case ResultRequest.OfObservable of ->
                (long) of.observables().size() * (of.statistic() == Statistic.SAMPLE ? shots : 1);
            case ResultRequest.Gradient gradient -> gradient.terms().size();
        };
    }

    private static int width(List<Integer> qubits, int all) {
        return qubits.isEmpty() ? all : qubits.size();
    }

    private static long power(int exponent) {
        return exponent > 40 ? Long.MAX_VALUE / 2 : 1L << exponent;
    }

    /// One more state: a vector, or a density matrix where noise or resets leave no vector.
    static CostEstimate estimate(Circuit circuit) {
        return RequestedResults.needsDensityMatrix(circuit)
                ? new DensityMatrixSimulator(NoiseModel.NONE).estimate(circuit, 0)
                : new StateVectorSimulator().estimate(circuit, 0);
    }

    /// The answers as a JSON array.
    ///
    /// @param inputs the values that the program was given
    /// @param open the same program with other values; asked only where a gradient is wanted
    static String json(
            Circuit circuit, Map<String, Double> inputs, Function<double[], Circuit> open, RunOptions options) {
        boolean sloped = circuit.resultRequests().stream().anyMatch(ResultRequest.Gradient.class::isInstance);
        List<ResultValue> values;
        if (sloped) {
            List<String> names = List.copyOf(inputs.keySet());
            double[] point = names.stream().mapToDouble(inputs::get).toArray();
            values = RequestedResults.of(ParameterisedCircuit.fittedTo(names, open), point, options);
        } else {
            values = RequestedResults.of(circuit, NoiseModel.NONE, options);
        }
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (int i = 0; i < values.size(); i++) {
            add(array, circuit.resultRequests().get(i), values.get(i), circuit.qubitCount());
        }
        return array.build().toString();
    }

    private static void add(JsonArrayBuilder array, ResultRequest request, ResultValue value, int all) {
        if (request instanceof ResultRequest.OfObservable of) {
            for (int i = 0; i < of.observables().size(); i++) {
                Observable observable = of.observables().get(i);
                JsonObjectBuilder json = named(request)
                        .add("observable", names(observable))
                        .add("targets", Json.createArrayBuilder(targets(observable)));
                switch (value) {
                    case ResultValue.Numbers numbers ->
                        json.add("value", numbers.values().get(i));
                    case ResultValue.Samples samples ->
                        json.add(
                                "value",
                                Json.createArrayBuilder(samples.values().get(i)));
                    default -> throw new IllegalStateException("an observable has numbers");
                }
                array.add(json);
            }
            return;
        }
        JsonObjectBuilder json = named(request);
        switch (value) {
            case ResultValue.State state -> json.add("value", amplitudes(state.amplitudes(), all));
            case ResultValue.Density density -> density(json, request, density, all);
            case ResultValue.Probabilities probabilities -> probabilities(json, request, probabilities, all);
            case ResultValue.Amplitudes amplitudes -> {
                JsonObjectBuilder byState = Json.createObjectBuilder();
                ((ResultRequest.Amplitude) request).states().forEach(state -> {
                    ResultValue.Amplitude amplitude =
                            Objects.requireNonNull(amplitudes.values().get(state));
                    byState.add(new StringBuilder(state).reverse().toString(), pair(amplitude.re(), amplitude.im()));
                });
                json.add("value", byState);
            }
            case ResultValue.Gradient gradient -> {
                JsonObjectBuilder slopes = Json.createObjectBuilder();
                gradient.derivatives().forEach(slopes::add);
                json.add(
                        "value",
                        Json.createObjectBuilder()
                                .add("expectation", gradient.value())
                                .add("gradient", slopes));
            }
            case ResultValue.Numbers ignored -> throw new IllegalStateException("numbers belong to observables");
            case ResultValue.Samples ignored -> throw new IllegalStateException("samples belong to observables");
        }
        array.add(json);
    }

    private static JsonObjectBuilder named(ResultRequest request) {
        return Json.createObjectBuilder().add("type", request.word().toUpperCase(Locale.ROOT));
    }

    private static void density(JsonObjectBuilder json, ResultRequest request, ResultValue.Density density, int all) {
        boolean whole = request.qubits().isEmpty();
        Matrix matrix = density.matrix();
        int size = matrix.dimension();
        int bits = Integer.numberOfTrailingZeros(size);
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (int row = 0; row < size; row++) {
            JsonArrayBuilder entries = Json.createArrayBuilder();
            for (int column = 0; column < size; column++) {
                int r = whole ? turned(row, bits) : row;
                int c = whole ? turned(column, bits) : column;
                entries.add(pair(matrix.re(r, c), matrix.im(r, c)));
            }
            rows.add(entries);
        }
        targets(json, density.qubits(), whole, all).add("value", rows);
    }

    private static void probabilities(
            JsonObjectBuilder json, ResultRequest request, ResultValue.Probabilities probabilities, int all) {
        boolean whole = request.qubits().isEmpty();
        int size = probabilities.values().size();
        int bits = Integer.numberOfTrailingZeros(size);
        JsonArrayBuilder values = Json.createArrayBuilder();
        IntStream.range(0, size).forEach(i -> values.add(probabilities.values().get(whole ? turned(i, bits) : i)));
        targets(json, probabilities.qubits(), whole, all).add("value", values);
    }

    /// Named qubits were turned round when the program was read; all of them together stand in the hub's order.
    private static JsonObjectBuilder targets(JsonObjectBuilder json, List<Integer> qubits, boolean whole, int all) {
        List<Integer> order = new ArrayList<>(qubits);
        if (!whole) {
            Collections.reverse(order);
        }
        return json.add(
                "targets",
                Json.createArrayBuilder(whole ? IntStream.range(0, all).boxed().toList() : order));
    }

    private static JsonArrayBuilder amplitudes(StateVector state, int all) {
        JsonArrayBuilder values = Json.createArrayBuilder();
        for (int i = 0; i < 1 << all; i++) {
            int basis = turned(i, all);
            values.add(pair(state.re(basis), state.im(basis)));
        }
        return values;
    }

    private static int turned(int place, int bits) {
        return bits == 0 ? place : Integer.reverse(place) >>> (Integer.SIZE - bits);
    }

    private static JsonArrayBuilder names(Observable observable) {
        JsonArrayBuilder names = Json.createArrayBuilder();
        observable.factors().forEach(factor -> names.add(factor.name()));
        return names;
    }

    private static List<Integer> targets(Observable observable) {
        List<Integer> targets = new ArrayList<>();
        observable.factors().forEach(factor -> targets.addAll(factor.qubits().reversed()));
        return targets;
    }

    private static JsonArrayBuilder pair(double re, double im) {
        return Json.createArrayBuilder().add(re).add(im);
    }
}
