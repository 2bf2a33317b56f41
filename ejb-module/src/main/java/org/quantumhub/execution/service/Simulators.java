package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.simulator.AutoSimulator;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.engine.simulator.DensityMatrixSimulator;
import org.quantumhub.engine.simulator.MatrixProductSimulator;
import org.quantumhub.engine.simulator.NoiseModel;
import org.quantumhub.engine.simulator.Simulator;
import org.quantumhub.engine.simulator.StabilizerSimulator;
import org.quantumhub.engine.simulator.StateVectorSimulator;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceType;

/// The engine's simulators by the slugs under which the catalogue offers them. A backend of another name that runs on
/// the engine is a state vector.
@ApplicationScoped
public class Simulators {

    static final String STATE_VECTOR = "hub-statevector";
    static final String DENSITY_MATRIX = "hub-density-matrix";
    static final String STABILIZER = "hub-stabilizer";
    static final String MATRIX_PRODUCT = "hub-mps";
    static final String AUTO = "hub-auto";

    /// Amazon's simulator of mixed states, of which only the time is estimated.
    private static final String BRAKET_DENSITY_MATRIX = "dm1";

    private static final int MOST_BONDS = 256;

    /// Whoever chooses the chain by name reads in the result what was cut off; more than this is no answer.
    private static final double MOST_DISCARDED = 1e-3;

    @Inject
    ExecutionConfig config;

    private final Simulator stateVector = new StateVectorSimulator();
    private Map<String, Simulator> bySlug = Map.of();

    @PostConstruct
    void build() {
        Simulator densityMatrix = new DensityMatrixSimulator(NoiseModel.NONE);
        bySlug = Map.of(
                STATE_VECTOR,
                stateVector,
                DENSITY_MATRIX,
                densityMatrix,
                BRAKET_DENSITY_MATRIX,
                densityMatrix,
                STABILIZER,
                new StabilizerSimulator(),
                MATRIX_PRODUCT,
                new MatrixProductSimulator(MOST_BONDS, MOST_DISCARDED),
                AUTO,
                new AutoSimulator(largestStateVector()));
    }

    /// Sixteen bytes for each of the 2^n amplitudes have to fit into what a lane may take.
    private int largestStateVector() {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(config.stateBytesPerLane() / 16);
    }

    Simulator of(String slug) {
        return bySlug.getOrDefault(slug, stateVector);
    }

    /// What a run takes at a provider's own simulator: no memory here, and as long as ours would for the same, which is
    /// the
    /// best guess there is. Devices are not simulated: of them nothing is expected.
    CostEstimate elsewhere(Backend backend, @Nullable Circuit circuit, int shots) {
        return circuit == null || backend.deviceType() != DeviceType.SIMULATOR
                ? new CostEstimate(0, 0)
                : new CostEstimate(0, estimate(backend.slug(), circuit, shots).seconds());
    }

    /// What a run takes: a second state where a program asks for more than counts.
    CostEstimate estimate(String slug, Circuit circuit, int shots) {
        CostEstimate run = of(slug).estimate(circuit, shots);
        if (circuit.resultRequests().isEmpty()) {
            return run;
        }
        CostEstimate answers = RequestedValues.estimate(circuit);
        return new CostEstimate(Math.max(run.bytes(), answers.bytes()), run.seconds() + answers.seconds());
    }

    /// The backend of this hub that takes a circuit too large for a state vector, as a sentence.
    static String adviceFor(Circuit circuit) {
        try {
            new StabilizerSimulator().check(circuit);
            return " All its gates are Clifford gates: '" + STABILIZER + "' takes it.";
        } catch (CircuitException notClifford) {
            return " '" + MATRIX_PRODUCT + "' takes circuits of any width that entangle little.";
        }
    }
}
