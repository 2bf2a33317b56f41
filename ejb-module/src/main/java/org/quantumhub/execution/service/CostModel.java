package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.Simulator;
import org.quantumhub.engine.simulator.StateVectorSimulator;
import org.quantumhub.execution.EngineCalibrations.Calibration;

/// How long circuits take on this server: the engine's own cost model, times a factor that every start measures on a
/// few
/// circuits and writes into the database.
@ApplicationScoped
public class CostModel {

    private static final Logger LOG = System.getLogger(CostModel.class.getName());

    /// A machine this far from the one the engine was measured on is more likely disturbed than different.
    private static final double FARTHEST = 20;

    private static final int RUNS = 5;
    private static final double LEAST_SPREAD = 1.5;

    @Inject
    Heartbeat heartbeat;

    private final Simulator simulator = new StateVectorSimulator();
    private volatile Calibration calibration = new Calibration(1, 2);

    /// What the engine expects, in the time of this server.
    CostEstimate of(CostEstimate estimate) {
        return new CostEstimate(estimate.bytes(), estimate.seconds() * calibration.factor());
    }

    /// How far a single run may lie from what is expected, as a multiple: 1.5 or more.
    double spread() {
        return Math.max(LEAST_SPREAD, calibration.spread());
    }

    /// Measures, and remembers. Takes about a fifth of a second.
    void calibrate() {
        try {
            Calibration measured = measure();
            calibration = measured;
            heartbeat.calibrated(simulator.name(), measured);
            LOG.log(
                    Level.INFO,
                    "engine calibrated simulator={0} factor={1} spread={2}",
                    simulator.name(),
                    measured.factor(),
                    measured.spread());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "engine not calibrated: {0}", e.toString());
        }
    }

    /// The middle of the ratios of time taken to time expected; of each circuit the fastest run counts, because others
    /// can only disturb.
    private Calibration measure() {
        List<Double> ratios = new ArrayList<>();
        for (int qubits : new int[] {4, 8, 12, 16}) {
            Circuit circuit = layers(qubits);
            RunOptions options = RunOptions.shots(1000).withSeed(1);
            double fastest = Double.MAX_VALUE;
            for (int run = 0; run < RUNS; run++) {
                fastest = Math.min(fastest, simulator.run(circuit, options).seconds());
            }
            ratios.add(fastest / simulator.estimate(circuit, options.shots()).seconds());
        }
        Collections.sort(ratios);
        double middle = Math.sqrt(ratios.get(1) * ratios.get(2));
        double factor = Math.clamp(middle, 1 / FARTHEST, FARTHEST);
        double spread = Math.max(ratios.getLast() / middle, middle / ratios.getFirst());
        return new Calibration(factor, Math.clamp(spread, 1, FARTHEST));
    }

    private static Circuit layers(int qubits) {
        StringBuilder program = new StringBuilder("OPENQASM 3; include \"stdgates.inc\"; qubit[" + qubits + "] q;");
        for (int layer = 0; layer < 6; layer++) {
            for (int qubit = 0; qubit < qubits; qubit++) {
                program.append("rx(0.")
                        .append(layer + 1)
                        .append(") q[")
                        .append(qubit)
                        .append("];");
            }
            for (int qubit = layer % 2; qubit + 1 < qubits; qubit += 2) {
                program.append("cx q[")
                        .append(qubit)
                        .append("], q[")
                        .append(qubit + 1)
                        .append("];");
            }
        }
        return OpenQasm.parse(program.toString(), CircuitLimits.defaults());
    }
}
