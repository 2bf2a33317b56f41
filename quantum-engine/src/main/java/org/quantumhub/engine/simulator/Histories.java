package org.quantumhub.engine.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Runs circuits whose course is decided by chance: by what they measure, and by what noise does to them.
///
/// Shots with the same history (the same outcomes and the same noise so far) have the same state, so they are run
/// together. Where a choice divides them, the largest part goes on, and the others are put off: they run the circuit
/// again from the start with their history given. This needs the memory of one state, and as many runs as there are
/// histories, never more than shots. Each shot draws from a stream of its own, whoever runs it.
///
/// Noise as trajectories: Dalibard, Castin, Mølmer, "Wave-function approach to dissipative processes in quantum optics"
/// (1992).
final class Histories {
    /// A loop that measured data never end would otherwise hold a worker for good.
    private static final int MOST_TURNS = 1_000_000;

    /// A state that can be run again and again.
    interface Backend {
        /// Goes back to the state after the gates before the first choice.
        void restart();

        void apply(GateInstruction gate);

        double probabilityOfOne(int qubit);

        /// Projects on an outcome and scales the state back to weight 1.
        void collapse(int qubit, boolean outcome);

        void flip(int qubit);

        /// The probabilities of the operators of a channel.
        double[] chances(Instruction.Noise noise);

        /// Applies one operator of a channel and scales the state back to weight 1.
        void strike(Instruction.Noise noise, int operator, double chance);

        /// Gets ready for [#draw].
        void prepareDrawing();

        /// Draws the bits of all qubits.
        BitSet draw(Randomness random);
    }

    private record Task(int[] shots, int[] history) {}

    private final Circuit circuit;
    private final RunOptions options;
    private final NoiseModel noise;
    private final Backend backend;
    private final List<Instruction> rest;
    private final Randomness[] streams;
    private final BitSet[] outcomes;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private final BitSet bits = new BitSet();
    private int[] shots = {};
    private int[] history = {};
    private final List<Integer> choices = new ArrayList<>();
    private int turns;
    private int runs;

    /// @param noise for its readout errors; its channels must already be in the circuit
    /// @param prefix how many instructions the backend has already carried out
    Histories(Circuit circuit, int prefix, NoiseModel noise, RunOptions options, Backend backend) {
        this.circuit = circuit;
        this.options = options;
        this.noise = noise;
        this.backend = backend;
        this.rest =
                circuit.instructions().subList(prefix, circuit.instructions().size());
        this.streams = new Randomness[options.shots()];
        Arrays.setAll(streams, shot -> new Randomness(options.seed(), shot));
        this.outcomes = new BitSet[options.shots()];
    }

    /// How many gates stand before anything is decided by chance.
    static int prefix(Circuit circuit) {
        int prefix = 0;
        List<Instruction> all = circuit.instructions();
        while (prefix < all.size()
                && (all.get(prefix) instanceof GateInstruction || all.get(prefix) instanceof Instruction.Barrier)) {
            prefix++;
        }
        return prefix;
    }

    /// The outcomes of all shots.
    ///
    /// @param runs how many different histories there were
    record Shots(Map<String, Integer> counts, List<String> memory, int runs) {}

    Shots run() {
        int[] all = new int[options.shots()];
        Arrays.setAll(all, i -> i);
        if (all.length > 0) {
            waiting.push(new Task(all, new int[0]));
        }
        int done = 0;
        while (!waiting.isEmpty()) {
            options.cancellation().check();
            options.progress().reached(done / (double) options.shots());
            done += finish(waiting.pop());
        }
        int length = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        Map<BitSet, Integer> tally = new HashMap<>();
        for (BitSet outcome : outcomes) {
            tally.merge(outcome, 1, Integer::sum);
        }
        Map<String, Integer> counts = new TreeMap<>();
        Map<BitSet, String> texts = new HashMap<>();
        tally.forEach((outcome, count) -> {
            String text = Readout.text(outcome, length);
            texts.put(outcome, text);
            counts.put(text, count);
        });
        List<String> memory = new ArrayList<>();
        for (int shot = 0; options.memory() && shot < outcomes.length; shot++) {
            memory.add(texts.getOrDefault(outcomes[shot], ""));
        }
        return new Shots(Collections.unmodifiableMap(counts), Collections.unmodifiableList(memory), runs);
    }

    /// Runs the shots of a task until those that stay together are done.
    private int finish(Task task) {
        runs++;
        shots = task.shots();
        history = task.history();
        choices.clear();
        bits.clear();
        turns = 0;
        backend.restart();
        all(rest);
        if (circuit.measured()) {
            BitSet outcome = bits.get(0, circuit.clbitCount());
            for (int shot : shots) {
                outcomes[shot] = outcome;
            }
        } else {
            backend.prepareDrawing();
            for (int shot : shots) {
                outcomes[shot] = misread(backend.draw(streams[shot]), streams[shot]);
            }
        }
        return shots.length;
    }

    private BitSet misread(BitSet outcome, Randomness random) {
        for (int qubit = 0; noise.misreads() && qubit < circuit.qubitCount(); qubit++) {
            boolean one = outcome.get(qubit);
            if (random.next() < (one ? noise.falseZero(qubit) : noise.falseOne(qubit))) {
                outcome.flip(qubit);
            }
        }
        return outcome;
    }

    /// Divides the shots at hand by a choice; those that stay have made the one that is returned.
    private int choose(double[] chances) {
        int place = choices.size();
        int choice = place < history.length ? history[place] : divide(chances);
        choices.add(choice);
        return choice;
    }

    private int divide(double[] chances) {
        int[] chosen = new int[shots.length];
        int[] sizes = new int[chances.length];
        double sum = Arrays.stream(chances).sum();
        for (int i = 0; i < shots.length; i++) {
            chosen[i] = pick(chances, streams[shots[i]].next() * sum);
            sizes[chosen[i]]++;
        }
        int largest = 0;
        for (int c = 1; c < sizes.length; c++) {
            largest = sizes[c] > sizes[largest] ? c : largest;
        }
        int[] together = shots;
        for (int c = 0; c < sizes.length && sizes[largest] < together.length; c++) {
            if (sizes[c] == 0) {
                continue;
            }
            int[] part = new int[sizes[c]];
            for (int i = 0, at = 0; i < together.length; i++) {
                if (chosen[i] == c) {
                    part[at++] = together[i];
                }
            }
            if (c == largest) {
                shots = part;
            } else {
                int[] past = new int[choices.size() + 1];
                Arrays.setAll(past, i -> i < choices.size() ? choices.get(i) : -1);
                past[past.length - 1] = c;
                waiting.push(new Task(part, past));
            }
        }
        return largest;
    }

    private static int pick(double[] chances, double place) {
        int last = 0;
        double reached = 0;
        for (int c = 0; c < chances.length; c++) {
            if (chances[c] > 0) {
                last = c;
                reached += chances[c];
                if (place < reached) {
                    return c;
                }
            }
        }
        return last;
    }

    private void all(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            switch (instruction) {
                case GateInstruction gate -> backend.apply(gate);
                case Instruction.Measure measure -> {
                    boolean outcome = measure(measure.qubit());
                    bits.set(measure.clbit(), outcome ^ misread(measure.qubit(), outcome));
                }
                case Instruction.Reset reset -> {
                    if (measure(reset.qubit())) {
                        backend.flip(reset.qubit());
                    }
                }
                case Instruction.Noise struck -> {
                    double[] chances = backend.chances(struck);
                    int operator = choose(chances);
                    backend.strike(struck, operator, chances[operator]);
                }
                case Instruction.Barrier ignored -> {}
                case Instruction.Conditional conditional ->
                    all(
                            conditional.condition().evaluate(bits::get) != 0
                                    ? conditional.then()
                                    : conditional.otherwise());
                case Instruction.Loop loop -> {
                    while (loop.condition().evaluate(bits::get) != 0) {
                        turn();
                        all(loop.body());
                    }
                }
                case Instruction.Assign assign -> assign(assign, bits);
            }
        }
    }

    /// Stores a computed number into some bits.
    static void assign(Instruction.Assign assign, BitSet bits) {
        long value = assign.value().evaluate(bits::get);
        for (int i = 0; i < assign.clbits().size(); i++) {
            bits.set(assign.clbits().get(i), (value >> Math.min(i, 63) & 1) != 0);
        }
    }

    private boolean measure(int qubit) {
        double one = Math.clamp(backend.probabilityOfOne(qubit), 0.0, 1.0);
        boolean outcome = choose(new double[] {1 - one, one}) == 1;
        backend.collapse(qubit, outcome);
        return outcome;
    }

    private boolean misread(int qubit, boolean outcome) {
        double wrong = outcome ? noise.falseZero(qubit) : noise.falseOne(qubit);
        return wrong > 0 && choose(new double[] {1 - wrong, wrong}) == 1;
    }

    private void turn() {
        if (++turns % 1024 == 0) {
            options.cancellation().check();
        }
        if (turns > MOST_TURNS) {
            throw CircuitException.of(
                    CircuitProblem.LIMIT_EXCEEDED, "A loop ran more than %d turns in one shot.", MOST_TURNS);
        }
    }
}
