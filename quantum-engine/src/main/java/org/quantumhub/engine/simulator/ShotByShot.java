package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Runs circuits whose course depends on their own measurements, one shot after the other.
///
/// The gates before the first measurement are the same for every shot: they are run once, and each shot starts from a
/// copy of that state.
final class ShotByShot {
    /// A loop that measured data never end would otherwise hold a worker for good.
    private static final int MOST_TURNS = 1_000_000;

    private final Circuit circuit;
    private final RunOptions options;
    private final StateVector prefix;
    private final StateVector state;
    private final Map<GateInstruction, Operation> operations = new IdentityHashMap<>();
    private final BitSet bits = new BitSet();
    private final List<Instruction> rest;
    private int turns;

    ShotByShot(Circuit circuit, RunOptions options) {
        this.circuit = circuit;
        this.options = options;
        int start = 0;
        List<Instruction> all = circuit.instructions();
        while (start < all.size()
                && (all.get(start) instanceof GateInstruction || all.get(start) instanceof Instruction.Barrier)) {
            start++;
        }
        this.prefix = StateVectorSimulator.evolve(circuit.qubitCount(), all.subList(0, start), options)
                .inOrder();
        this.rest = all.subList(start, all.size());
        this.state = prefix.copy();
    }

    /// The outcomes of all shots.
    record Shots(Map<String, Integer> counts, List<String> memory) {}

    Shots run() {
        Map<BitSet, Integer> tally = new HashMap<>();
        List<BitSet> order = new ArrayList<>();
        for (int shot = 0; shot < options.shots(); shot++) {
            if (shot % 64 == 0) {
                options.cancellation().check();
                options.progress().reached(shot / (double) options.shots());
            }
            BitSet outcome = shot(shot);
            tally.merge(outcome, 1, Integer::sum);
            if (options.memory()) {
                order.add(outcome);
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        tally.forEach((outcome, count) -> counts.put(text(outcome), count));
        List<String> memory = order.stream().map(this::text).toList();
        return new Shots(Collections.unmodifiableMap(counts), memory);
    }

    private BitSet shot(int shot) {
        state.become(prefix);
        bits.clear();
        turns = 0;
        Randomness random = new Randomness(options.seed(), shot);
        all(rest, random);
        if (circuit.measured()) {
            return bits.get(0, circuit.clbitCount());
        }
        long index = new Sampler(state).draw(random.next());
        return BitSet.valueOf(new long[] {index});
    }

    private void all(List<Instruction> instructions, Randomness random) {
        for (Instruction instruction : instructions) {
            switch (instruction) {
                case GateInstruction gate -> PlainLoops.apply(state, operations.computeIfAbsent(gate, Operation::of));
                case Instruction.Measure measure -> bits.set(measure.clbit(), measure(measure.qubit(), random));
                case Instruction.Reset reset -> {
                    if (measure(reset.qubit(), random)) {
                        flip(reset.qubit());
                    }
                }
                case Instruction.Barrier ignored -> {}
                case Instruction.Conditional conditional ->
                    all(
                            conditional.condition().evaluate(bits::get) != 0
                                    ? conditional.then()
                                    : conditional.otherwise(),
                            random);
                case Instruction.Loop loop -> {
                    while (loop.condition().evaluate(bits::get) != 0) {
                        turn();
                        all(loop.body(), random);
                    }
                }
                case Instruction.Assign assign -> {
                    long value = assign.value().evaluate(bits::get);
                    for (int i = 0; i < assign.clbits().size(); i++) {
                        bits.set(assign.clbits().get(i), (value >> Math.min(i, 63) & 1) != 0);
                    }
                }
            }
        }
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

    /// Measures a qubit and projects the state on what was found.
    private boolean measure(int qubit, Randomness random) {
        int half = 1 << qubit;
        double one = 0;
        double all = 0;
        for (int i = 0; i < state.re.length; i++) {
            double probability = state.re[i] * state.re[i] + state.im[i] * state.im[i];
            all += probability;
            one += (i & half) != 0 ? probability : 0;
        }
        boolean outcome = random.next() * all < one;
        double scale = 1 / Math.sqrt(outcome ? one : all - one);
        for (int i = 0; i < state.re.length; i++) {
            double factor = ((i & half) != 0) == outcome ? scale : 0;
            state.re[i] *= factor;
            state.im[i] *= factor;
        }
        return outcome;
    }

    private void flip(int qubit) {
        int half = 1 << qubit;
        for (int i = 0; i < state.re.length; i++) {
            if ((i & half) == 0) {
                double x = state.re[i];
                double y = state.im[i];
                state.re[i] = state.re[i | half];
                state.im[i] = state.im[i | half];
                state.re[i | half] = x;
                state.im[i | half] = y;
            }
        }
    }

    private String text(BitSet outcome) {
        int length = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        return Readout.text(outcome, length);
    }
}
