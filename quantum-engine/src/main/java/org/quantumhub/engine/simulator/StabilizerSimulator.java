package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// Runs circuits of Clifford gates, measurements and resets on thousands of qubits.
///
/// One run of the tableau gives a reference outcome. All shots then follow as differences from it: a Pauli frame per
/// shot, 64 of them to a word (Gidney, "Stim: a fast stabilizer circuit simulator", arXiv 2103.02202). Circuits whose
/// course depends on outcomes run a tableau for each shot.
///
/// Noise of Pauli operators (bit and phase flips, depolarization) strikes the frames, and readout errors the outcomes;
/// noise that is no mixture of Pauli operators, such as amplitude damping, is refused.
///
/// Memory is n^2 / 2 bytes; a gate costs n / 64 steps for the reference and shots / 64 for the frames.
public final class StabilizerSimulator implements Simulator {
    private static final int MOST_TURNS = 100_000;

    private final NoiseModel noise;

    /// Without noise but that of the circuit itself.
    public StabilizerSimulator() {
        this(NoiseModel.NONE);
    }

    /// @param noise what strikes behind the gates and misreads
    public StabilizerSimulator(NoiseModel noise) {
        this.noise = noise;
    }

    @Override
    public String name() {
        return "stabilizer";
    }

    @Override
    public long memoryBytes(Circuit circuit) {
        long n = circuit.qubitCount();
        return n * n / 2 + 64 * n;
    }

    @Override
    public void check(Circuit circuit) {
        clifford(noise.applied(circuit));
    }

    @Override
    public CostEstimate estimate(Circuit circuit, int shots) {
        double gates = circuit.instructions().size();
        return new CostEstimate(
                memoryBytes(circuit), gates * (circuit.qubitCount() / 64.0 + 1 + shots / 64.0) * 50e-9 + shots * 1e-7);
    }

    /// Whether every gate of a circuit is a Clifford gate on at most three qubits, and all noise a mixture of Pauli
    /// operators.
    public static boolean supports(Circuit circuit) {
        return noises(circuit.instructions(), new IdentityHashMap<>()) == null
                && maps(circuit.instructions(), new IdentityHashMap<>(), new HashMap<>()) == null;
    }

    /// Fills in what the channels come to; the first channel that is no mixture of Pauli operators, or null.
    private static @Nullable Channel noises(List<Instruction> instructions, Map<Channel, PauliNoise> noises) {
        for (Instruction instruction : instructions) {
            Channel culprit = null;
            switch (instruction) {
                case Instruction.Noise struck -> {
                    if (!noises.containsKey(struck.channel())) {
                        PauliNoise pauli = PauliNoise.of(struck.channel());
                        if (pauli == null) {
                            return struck.channel();
                        }
                        noises.put(struck.channel(), pauli);
                    }
                }
                case Instruction.Conditional conditional -> {
                    culprit = noises(conditional.then(), noises);
                    culprit = culprit == null ? noises(conditional.otherwise(), noises) : culprit;
                }
                case Instruction.Loop loop -> culprit = noises(loop.body(), noises);
                default -> {}
            }
            if (culprit != null) {
                return culprit;
            }
        }
        return null;
    }

    /// What two instructions have in common when they are the same gate at different places.
    private record Kind(String gate, List<Double> parameters, List<Boolean> controls) {}

    private record KnownMap(@Nullable CliffordMap map) {}

    /// Fills in the maps of all gates; the first gate that has none, or null.
    private static @Nullable GateInstruction maps(
            List<Instruction> instructions, Map<Instruction, CliffordMap> maps, Map<Kind, KnownMap> known) {
        for (Instruction instruction : instructions) {
            GateInstruction culprit = null;
            switch (instruction) {
                case GateInstruction gate -> {
                    CliffordMap map = map(gate, known);
                    if (map == null) {
                        return gate;
                    }
                    maps.put(gate, map);
                }
                case Instruction.Conditional conditional -> {
                    culprit = maps(conditional.then(), maps, known);
                    culprit = culprit == null ? maps(conditional.otherwise(), maps, known) : culprit;
                }
                case Instruction.Loop loop -> culprit = maps(loop.body(), maps, known);
                default -> {}
            }
            if (culprit != null) {
                return culprit;
            }
        }
        return null;
    }

    private static @Nullable CliffordMap map(GateInstruction gate, Map<Kind, KnownMap> known) {
        if (!gate.gate().isStandard()) {
            return CliffordMap.of(gate);
        }
        List<Boolean> controls =
                gate.controls().stream().map(control -> control.positive()).toList();
        Kind kind = new Kind(gate.gate().name(), gate.parameters(), controls);
        CliffordMap map = known.computeIfAbsent(kind, k -> new KnownMap(CliffordMap.of(gate)))
                .map();
        int[] qubits = gate.qubits().stream().mapToInt(Integer::intValue).toArray();
        return map == null ? null : map.on(qubits);
    }

    private record Clifford(Map<Channel, PauliNoise> noises, Map<Instruction, CliffordMap> maps) {}

    /// What the noise and the gates of a circuit come to, or why they come to nothing here.
    private static Clifford clifford(Circuit circuit) {
        // By identity: comparing channels number by number would take longer than what they do.
        Map<Channel, PauliNoise> noises = new IdentityHashMap<>();
        Channel channel = noises(circuit.instructions(), noises);
        if (channel != null) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "The noise '%s' is no mixture of Pauli operators, which is all that the stabilizer simulator takes.",
                    channel.name());
        }
        Map<Instruction, CliffordMap> maps = new IdentityHashMap<>();
        GateInstruction culprit = maps(circuit.instructions(), maps, new HashMap<>());
        if (culprit != null) {
            throw CircuitException.of(
                    CircuitProblem.UNSUPPORTED,
                    "Gate '%s' is not a Clifford gate, which is all that the stabilizer simulator takes.",
                    culprit.displayName());
        }
        return new Clifford(noises, maps);
    }

    @Override
    public RunResult run(Circuit given, RunOptions options) {
        long start = System.nanoTime();
        Circuit circuit = noise.applied(given);
        Clifford clifford = clifford(circuit);
        Map<Channel, PauliNoise> noises = clifford.noises();
        Map<Instruction, CliffordMap> maps = clifford.maps();
        boolean straight = circuit.instructions().stream()
                .noneMatch(i -> i instanceof Instruction.Conditional
                        || i instanceof Instruction.Loop
                        || i instanceof Instruction.Assign);
        List<BitSet> outcomes = straight
                ? new PauliFrames(circuit, maps, noises, noise, options).sample()
                : shotByShot(circuit, maps, noises, options);
        return result(circuit, options, outcomes, noises, straight, start);
    }

    private RunResult result(
            Circuit circuit,
            RunOptions options,
            List<BitSet> outcomes,
            Map<Channel, PauliNoise> noises,
            boolean straight,
            long start) {
        int length = circuit.measured() ? circuit.clbitCount() : circuit.qubitCount();
        Map<BitSet, Integer> tally = new HashMap<>();
        outcomes.forEach(outcome -> tally.merge(outcome, 1, Integer::sum));
        Map<String, Integer> counts = new TreeMap<>();
        tally.forEach((outcome, count) -> counts.put(Readout.text(outcome, length), count));
        List<String> memory = options.memory()
                ? outcomes.stream()
                        .map(outcome -> Readout.text(outcome, length))
                        .toList()
                : List.of();
        options.progress().reached(1);
        return new RunResult(
                Collections.unmodifiableMap(counts),
                options.probabilities() ? Outcomes.frequencies(counts, options.shots()) : Map.of(),
                false,
                false,
                memory,
                options.seed(),
                options.shots(),
                (System.nanoTime() - start) * 1e-9,
                name(),
                "Stabilizer tableau of " + circuit.qubitCount() + " qubits: all gates are Clifford gates"
                        + (noises.isEmpty() ? "" : ", all noise is made of Pauli operators")
                        + (straight ? "." : "; every shot was run by itself."));
    }

    private List<BitSet> shotByShot(
            Circuit circuit, Map<Instruction, CliffordMap> maps, Map<Channel, PauliNoise> noises, RunOptions options) {
        List<BitSet> outcomes = new ArrayList<>();
        for (int shot = 0; shot < options.shots(); shot++) {
            options.cancellation().check();
            Randomness random = new Randomness(options.seed(), shot);
            Tableau tableau = new Tableau(circuit.qubitCount());
            BitSet bits = new BitSet();
            OneShot run = new OneShot(tableau, bits, random, maps, noises, noise, options);
            run.all(circuit.instructions());
            if (!circuit.measured()) {
                for (int q = 0; q < circuit.qubitCount(); q++) {
                    bits.set(q, run.read(q));
                }
            } else {
                bits = bits.get(0, circuit.clbitCount());
            }
            outcomes.add(bits);
        }
        return outcomes;
    }

    /// A shot whose course may depend on what it measures.
    private static final class OneShot {
        private final Tableau tableau;
        private final BitSet bits;
        private final Randomness random;
        private final Map<Instruction, CliffordMap> maps;
        private final Map<Channel, PauliNoise> noises;
        private final NoiseModel model;
        private final RunOptions options;
        private int turns;

        OneShot(
                Tableau tableau,
                BitSet bits,
                Randomness random,
                Map<Instruction, CliffordMap> maps,
                Map<Channel, PauliNoise> noises,
                NoiseModel model,
                RunOptions options) {
            this.tableau = tableau;
            this.bits = bits;
            this.random = random;
            this.maps = maps;
            this.noises = noises;
            this.model = model;
            this.options = options;
        }

        private boolean measure(int qubit) {
            return tableau.measure(qubit, () -> random.next() < 0.5);
        }

        /// Measures, and sometimes misreads.
        boolean read(int qubit) {
            boolean outcome = measure(qubit);
            if (!model.misreads()) {
                return outcome;
            }
            double chance = outcome ? model.falseZero(qubit) : model.falseOne(qubit);
            return outcome ^ random.next() < chance;
        }

        void all(List<Instruction> instructions) {
            for (Instruction instruction : instructions) {
                switch (instruction) {
                    case GateInstruction gate -> {
                        CliffordMap map = maps.get(gate);
                        if (map != null) {
                            tableau.apply(map);
                        }
                    }
                    case Instruction.Measure measure -> bits.set(measure.clbit(), read(measure.qubit()));
                    case Instruction.Reset reset -> {
                        if (measure(reset.qubit())) {
                            tableau.flip(reset.qubit());
                        }
                    }
                    case Instruction.Barrier ignored -> {}
                    case Instruction.Noise struck -> {
                        PauliNoise strikes = noises.get(struck.channel());
                        if (strikes != null) {
                            strikes.strike(struck.qubits(), tableau, random);
                        }
                    }
                    case Instruction.Conditional conditional ->
                        all(
                                conditional.condition().evaluate(bits::get) != 0
                                        ? conditional.then()
                                        : conditional.otherwise());
                    case Instruction.Loop loop -> {
                        while (loop.condition().evaluate(bits::get) != 0) {
                            options.cancellation().check();
                            if (++turns > MOST_TURNS) {
                                throw CircuitException.of(
                                        CircuitProblem.LIMIT_EXCEEDED,
                                        "A loop ran more than %d turns in one shot.",
                                        MOST_TURNS);
                            }
                            all(loop.body());
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
    }
}
