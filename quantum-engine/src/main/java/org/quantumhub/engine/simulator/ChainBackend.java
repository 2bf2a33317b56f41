package org.quantumhub.engine.simulator;

import java.util.BitSet;
import java.util.List;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// A matrix product state for [Histories].
final class ChainBackend implements Histories.Backend {
    private final MatrixProductSimulator.Chain prefix;
    private MatrixProductSimulator.Chain chain;
    private final Runnable check;
    private double discarded;
    private int widest;

    /// @param check run after each gate, for cancelling
    ChainBackend(MatrixProductSimulator.Chain prefix, Runnable check) {
        this.prefix = prefix;
        this.chain = prefix.copy();
        this.check = check;
        this.discarded = prefix.state.discarded();
        this.widest = prefix.state.widestBond();
    }

    /// The largest weight that was cut off in any history.
    double discarded() {
        return discarded;
    }

    int widestBond() {
        return widest;
    }

    @Override
    public void restart() {
        chain = prefix.copy();
    }

    @Override
    public void apply(GateInstruction gate) {
        chain.apply(gate);
        noteWidth();
    }

    private void noteWidth() {
        discarded = Math.max(discarded, chain.state.discarded());
        widest = Math.max(widest, chain.state.widestBond());
        check.run();
    }

    @Override
    public double probabilityOfOne(int qubit) {
        return chain.probabilityOfOne(qubit);
    }

    @Override
    public void collapse(int qubit, boolean outcome) {
        double[] projector = new double[8];
        projector[outcome ? 6 : 0] = 1;
        chain.applyNormalised(List.of(qubit), Matrix.of(2, projector));
    }

    @Override
    public void flip(int qubit) {
        chain.applyNormalised(List.of(qubit), Matrix.of(2, 0, 0, 1, 0, 1, 0, 0, 0));
    }

    @Override
    public double[] chances(Instruction.Noise noise) {
        double[] mixture = noise.channel().mixture();
        if (mixture.length > 0) {
            return mixture;
        }
        List<Matrix> kraus = noise.channel().kraus();
        double[] chances = new double[kraus.size()];
        for (int k = 0; k < chances.length; k++) {
            chances[k] = chain.copy().applyNormalised(noise.qubits(), kraus.get(k));
        }
        return chances;
    }

    @Override
    public void strike(Instruction.Noise noise, int operator, double chance) {
        chain.applyNormalised(noise.qubits(), noise.channel().kraus().get(operator));
        noteWidth();
    }

    @Override
    public void prepareDrawing() {
        chain.state.prepareSampling();
    }

    @Override
    public BitSet draw(Randomness random) {
        return chain.byQubit(chain.state.sample(random));
    }
}
