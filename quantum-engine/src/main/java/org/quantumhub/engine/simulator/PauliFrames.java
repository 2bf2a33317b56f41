package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Samples a Clifford circuit: shots are kept as the Pauli operators by which they differ from a reference shot.
///
/// A frame flips an outcome of the reference where it has an X at the measured qubit. A Z on a qubit that was just
/// prepared or measured changes nothing that can be seen, so frames get one there at random: what it becomes under the
/// gates that follow is exactly the freedom that open outcomes have. Noise of Pauli operators is multiplied into the
/// frames of the shots that it strikes.
final class PauliFrames {
    private static final int SHOTS_PER_WORD = 64;

    private final Circuit circuit;
    private final Map<Instruction, CliffordMap> maps;
    private final Map<Channel, PauliNoise> noises;
    private final NoiseModel model;
    private final RunOptions options;
    private final List<Boolean> reference = new ArrayList<>();

    /// @param noises what each channel of the circuit comes to
    /// @param model says how measurements are misread
    PauliFrames(
            Circuit circuit,
            Map<Instruction, CliffordMap> maps,
            Map<Channel, PauliNoise> noises,
            NoiseModel model,
            RunOptions options) {
        this.circuit = circuit;
        this.maps = maps;
        this.noises = noises;
        this.model = model;
        this.options = options;
    }

    List<BitSet> sample() {
        runReference();
        List<BitSet> outcomes = new ArrayList<>(options.shots());
        for (int first = 0; first < options.shots(); first += SHOTS_PER_WORD) {
            options.cancellation().check();
            options.progress().reached(first / (double) options.shots());
            long[] bits = batch(first / SHOTS_PER_WORD);
            for (int shot = 0; shot < Math.min(SHOTS_PER_WORD, options.shots() - first); shot++) {
                BitSet outcome = new BitSet(bits.length);
                for (int bit = 0; bit < bits.length; bit++) {
                    if ((bits[bit] >>> shot & 1) != 0) {
                        outcome.set(bit);
                    }
                }
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    /// The reference takes 0 wherever it has the choice; resets count as measurements whose outcome is undone.
    private void runReference() {
        Tableau tableau = new Tableau(circuit.qubitCount());
        List<Instruction> instructions = circuit.instructions();
        int last = last(instructions);
        for (Instruction instruction : instructions.subList(0, last)) {
            options.cancellation().check();
            switch (instruction) {
                case GateInstruction gate -> {
                    CliffordMap map = maps.get(gate);
                    if (map != null) {
                        tableau.apply(map);
                    }
                }
                case Instruction.Measure measure -> reference.add(tableau.measure(measure.qubit(), () -> false));
                case Instruction.Reset reset -> {
                    if (tableau.measure(reset.qubit(), () -> false)) {
                        tableau.flip(reset.qubit());
                    }
                }
                default -> {}
            }
        }
        FinalMeasurements end = new FinalMeasurements(tableau);
        for (Instruction instruction : instructions.subList(last, instructions.size())) {
            options.cancellation().check();
            if (instruction instanceof Instruction.Measure measure) {
                reference.add(end.measure(measure.qubit(), () -> false));
            }
        }
        if (!circuit.measured()) {
            for (int q = 0; q < circuit.qubitCount(); q++) {
                reference.add(end.measure(q, () -> false));
            }
        }
    }

    /// Where those instructions begin that change nothing for a measurement behind them.
    private static int last(List<Instruction> instructions) {
        int last = instructions.size();
        while (last > 0
                && !(instructions.get(last - 1) instanceof GateInstruction)
                && !(instructions.get(last - 1) instanceof Instruction.Reset)) {
            last--;
        }
        return last;
    }

    /// The classical bits of 64 shots, one word for each bit.
    private long[] batch(int number) {
        Randomness random = new Randomness(options.seed(), number);
        int qubits = circuit.qubitCount();
        long[] x = new long[qubits];
        long[] z = new long[qubits];
        for (int q = 0; q < qubits; q++) {
            z[q] = random.nextBits();
        }
        long[] bits = new long[circuit.measured() ? circuit.clbitCount() + circuit.scratchCount() : qubits];
        int measurement = 0;
        for (Instruction instruction : circuit.instructions()) {
            switch (instruction) {
                case GateInstruction gate -> propagate(maps.get(gate), x, z);
                case Instruction.Measure measure -> {
                    int q = measure.qubit();
                    bits[measure.clbit()] = read(q, x[q] ^ (reference.get(measurement++) ? -1L : 0), random);
                    z[q] ^= random.nextBits();
                }
                case Instruction.Reset reset -> {
                    x[reset.qubit()] = 0;
                    z[reset.qubit()] = random.nextBits();
                }
                case Instruction.Noise noise -> {
                    PauliNoise strikes = noises.get(noise.channel());
                    if (strikes != null) {
                        strikes.strike(noise.qubits(), x, z, random);
                    }
                }
                default -> {}
            }
        }
        if (circuit.measured()) {
            return Arrays.copyOf(bits, circuit.clbitCount());
        }
        for (int q = 0; q < qubits; q++) {
            bits[q] = read(q, x[q] ^ (reference.get(measurement++) ? -1L : 0), random);
        }
        return bits;
    }

    /// Flips what is misread: zeros and ones have chances of their own.
    private long read(int qubit, long outcomes, Randomness random) {
        if (!model.misreads()) {
            return outcomes;
        }
        long ones = PauliNoise.chosen(model.falseOne(qubit), random);
        long zeros = PauliNoise.chosen(model.falseZero(qubit), random);
        return outcomes ^ (ones & ~outcomes | zeros & outcomes);
    }

    /// Signs do not matter to a frame, so the images of the generators are simply added up.
    private static void propagate(@Nullable CliffordMap map, long[] x, long[] z) {
        if (map == null) {
            return;
        }
        int size = map.qubits().length;
        long[] out = new long[2 * size];
        for (int g = 0; g < 2 * size; g++) {
            long frames = g < size ? x[map.qubits()[g]] : z[map.qubits()[g - size]];
            int image = map.images()[1 << g];
            for (int b = 0; b < 2 * size; b++) {
                out[b] ^= (image >> b & 1) != 0 ? frames : 0;
            }
        }
        for (int a = 0; a < size; a++) {
            x[map.qubits()[a]] = out[a];
            z[map.qubits()[a]] = out[a + size];
        }
    }
}
