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
    /// 1,024 shots at once, fewer when fewer are asked for: gates are looked up once for all of them, and the frames of
    /// some
    /// thousand qubits fit into the second-level cache.
    private static final int MOST_WORDS = 16;

    /// What a gate on three qubits has.
    private static final int MOST_GENERATORS = 6;

    private final Circuit circuit;
    private final Map<Instruction, CliffordMap> maps;
    private final Map<Channel, PauliNoise> noises;
    private final NoiseModel model;
    private final RunOptions options;
    private final List<Boolean> reference = new ArrayList<>();
    private final int words;

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
        this.words = Math.clamp((options.shots() + 63) / 64, 1, MOST_WORDS);
    }

    List<BitSet> sample() {
        runReference();
        List<BitSet> outcomes = new ArrayList<>(options.shots());
        int width = 64 * words;
        for (int first = 0; first < options.shots(); first += width) {
            options.cancellation().check();
            options.progress().reached(first / (double) options.shots());
            long[][] bits = batch(first / width);
            for (int shot = 0; shot < Math.min(width, options.shots() - first); shot++) {
                BitSet outcome = new BitSet(bits.length);
                for (int bit = 0; bit < bits.length; bit++) {
                    if ((bits[bit][shot >> 6] >>> shot & 1) != 0) {
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

    /// The classical bits of a batch of shots, a row for each bit.
    private long[][] batch(int number) {
        Randomness random = new Randomness(options.seed(), number);
        int qubits = circuit.qubitCount();
        long[][] x = new long[qubits][words];
        long[][] z = new long[qubits][words];
        for (long[] row : z) {
            randomise(row, random);
        }
        long[][] bits = new long[circuit.measured() ? circuit.clbitCount() + circuit.scratchCount() : qubits][words];
        long[][] spare = new long[MOST_GENERATORS][words];
        int measurement = 0;
        for (Instruction instruction : circuit.instructions()) {
            options.cancellation().check();
            switch (instruction) {
                case GateInstruction gate -> propagate(maps.get(gate), x, z, spare);
                case Instruction.Measure measure -> {
                    int q = measure.qubit();
                    read(q, x[q], reference.get(measurement++), bits[measure.clbit()], random);
                    randomise(z[q], random);
                }
                case Instruction.Reset reset -> {
                    Arrays.fill(x[reset.qubit()], 0);
                    randomise(z[reset.qubit()], random);
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
            read(q, x[q], reference.get(measurement++), bits[q], random);
        }
        return bits;
    }

    /// Exclusive or with what is there: random either way.
    private static void randomise(long[] row, Randomness random) {
        for (int w = 0; w < row.length; w++) {
            row[w] ^= random.nextBits();
        }
    }

    /// Where frames differ from the reference outcome, and where they are misread: zeros and ones have chances of their
    /// own.
    private void read(int qubit, long[] frames, boolean reference, long[] into, Randomness random) {
        for (int w = 0; w < words; w++) {
            into[w] = frames[w] ^ (reference ? -1L : 0);
        }
        if (model.misreads()) {
            long[] ones = PauliNoise.chosen(model.falseOne(qubit), words, random);
            long[] zeros = PauliNoise.chosen(model.falseZero(qubit), words, random);
            for (int w = 0; w < words; w++) {
                into[w] ^= ones[w] & ~into[w] | zeros[w] & into[w];
            }
        }
    }

    /// Signs do not matter to a frame, so the images of the generators are simply added up.
    ///
    /// @param spare rows that change places with those of the qubits
    private static void propagate(@Nullable CliffordMap map, long[][] x, long[][] z, long[][] spare) {
        if (map == null) {
            return;
        }
        int[] on = map.qubits();
        int size = on.length;
        for (int b = 0; b < 2 * size; b++) {
            boolean begun = false;
            for (int g = 0; g < 2 * size; g++) {
                if ((map.images()[1 << g] >> b & 1) != 0) {
                    add(g < size ? x[on[g]] : z[on[g - size]], spare[b], begun);
                    begun = true;
                }
            }
        }
        for (int a = 0; a < size; a++) {
            long[] oldX = x[on[a]];
            long[] oldZ = z[on[a]];
            x[on[a]] = spare[a];
            z[on[a]] = spare[a + size];
            spare[a] = oldX;
            spare[a + size] = oldZ;
        }
    }

    private static void add(long[] frames, long[] to, boolean begun) {
        if (!begun) {
            System.arraycopy(frames, 0, to, 0, to.length);
            return;
        }
        for (int w = 0; w < to.length; w++) {
            to[w] ^= frames[w];
        }
    }
}
