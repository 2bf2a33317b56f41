package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.circuit.ParameterisedCircuit;

/// Runs one circuit for many sets of parameters. The circuit is planned once.
public final class ParameterSets {
    private ParameterSets() {}

    /// The expectation of an observable for each set of values.
    ///
    /// @param sets values of the variables, in their order
    public static double[] expectations(ParameterisedCircuit circuit, List<double[]> sets, PauliSum observable) {
        double[] result = new double[sets.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = observable.expectation(StateVectorSimulator.state(circuit.bind(sets.get(i))));
        }
        return result;
    }

    /// The result of each set of values; set number k is run with the seed plus k.
    public static List<RunResult> run(
            Simulator simulator, ParameterisedCircuit circuit, List<double[]> sets, RunOptions options) {
        List<RunResult> results = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            options.cancellation().check();
            options.progress().reached(i / (double) sets.size());
            RunOptions own = options.withSeed(options.seed() + i).withProgress(Progress.IGNORED);
            results.add(simulator.run(circuit.bind(sets.get(i)), own));
        }
        return results;
    }
}
