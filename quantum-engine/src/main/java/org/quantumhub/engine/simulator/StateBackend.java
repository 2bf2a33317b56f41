package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// A state vector for [Histories]. Gates wait until something has to be known, and are then carried out together; noise
/// whose probabilities do not depend on the state waits with them.
final class StateBackend implements Histories.Backend {
    /// From here on a few gates at once are worth a plan.
    private static final int FEWEST_PLANNED = 14;

    private static final int FEWEST_TOGETHER = 4;

    private final StateVector prefix;
    private final StateVector state;
    private final RunOptions options;
    private final List<Operation> pending = new ArrayList<>();
    private final Map<GateInstruction, Operation> operations = new IdentityHashMap<>();
    private final Map<Channel, double[]> mixtures = new IdentityHashMap<>();
    private @Nullable Sampler sampler;

    StateBackend(Circuit circuit, int prefix, RunOptions options) {
        this.options = options;
        this.prefix = StateVectorSimulator.evolve(
                        circuit.qubitCount(), circuit.instructions().subList(0, prefix), options)
                .inOrder();
        this.state = this.prefix.copy();
    }

    @Override
    public void restart() {
        pending.clear();
        sampler = null;
        state.become(prefix);
    }

    @Override
    public void apply(GateInstruction gate) {
        pending.add(operations.computeIfAbsent(gate, Operation::of));
    }

    private void carryOut() {
        boolean planned = pending.size() >= FEWEST_TOGETHER && state.qubits >= FEWEST_PLANNED;
        if (planned && BlockEngine.available()) {
            BlockEngine.advance(state, pending, options);
        } else {
            for (Operation operation : pending) {
                options.cancellation().check();
                PlainLoops.apply(state, operation);
            }
        }
        pending.clear();
    }

    @Override
    public double probabilityOfOne(int qubit) {
        carryOut();
        int half = 1 << qubit;
        double zero = 0;
        double one = 0;
        for (int block = 0; block < state.re.length; block += 2 * half) {
            for (int i = block; i < block + half; i++) {
                zero += state.re[i] * state.re[i] + state.im[i] * state.im[i];
                int j = i + half;
                one += state.re[j] * state.re[j] + state.im[j] * state.im[j];
            }
        }
        return one / (zero + one);
    }

    @Override
    public void collapse(int qubit, boolean outcome) {
        int half = 1 << qubit;
        double one = probabilityOfOne(qubit);
        double scale = 1 / Math.sqrt(outcome ? one : 1 - one);
        for (int i = 0; i < state.re.length; i++) {
            double factor = ((i & half) != 0) == outcome ? scale : 0;
            state.re[i] *= factor;
            state.im[i] *= factor;
        }
    }

    @Override
    public void flip(int qubit) {
        int half = 1 << qubit;
        for (int block = 0; block < state.re.length; block += 2 * half) {
            for (int i = block; i < block + half; i++) {
                double x = state.re[i];
                double y = state.im[i];
                state.re[i] = state.re[i + half];
                state.im[i] = state.im[i + half];
                state.re[i + half] = x;
                state.im[i + half] = y;
            }
        }
    }

    @Override
    public double[] chances(Instruction.Noise noise) {
        double[] mixture = mixtures.computeIfAbsent(noise.channel(), Channel::mixture);
        if (mixture.length > 0) {
            return mixture;
        }
        carryOut();
        List<Matrix> kraus = noise.channel().kraus();
        Matrix reduced = PartialTrace.of(state, noise.qubits());
        double[] chances = new double[kraus.size()];
        for (int k = 0; k < chances.length; k++) {
            Matrix weighted = kraus.get(k).adjoint().times(kraus.get(k)).times(reduced);
            for (int i = 0; i < weighted.dimension(); i++) {
                chances[k] += weighted.re(i, i);
            }
            chances[k] = Math.max(0, chances[k]);
        }
        return chances;
    }

    @Override
    public void strike(Instruction.Noise noise, int operator, double chance) {
        Matrix matrix = noise.channel().kraus().get(operator).scaled(1 / Math.sqrt(chance), 0);
        int[] targets = noise.qubits().stream().mapToInt(Integer::intValue).toArray();
        Operation operation = Operation.of(targets, matrix);
        if (!operation.isIdentity()) {
            pending.add(operation);
        }
    }

    @Override
    public void prepareDrawing() {
        carryOut();
        sampler = new Sampler(state);
    }

    @Override
    public BitSet draw(Randomness random) {
        Sampler ready = sampler;
        if (ready == null) {
            throw new IllegalStateException("Not prepared");
        }
        return BitSet.valueOf(new long[] {ready.draw(random.next())});
    }
}
