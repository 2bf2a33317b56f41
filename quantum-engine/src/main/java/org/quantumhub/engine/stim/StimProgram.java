package org.quantumhub.engine.stim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/// A Stim circuit in the few operations that tableau and frames know.
///
/// All other gates become `X`, `Z`, `H`, `S` and `CX`; measurements and resets in another basis, and those of products,
/// are turned to `Z` on one qubit and back.
final class StimProgram {
    enum Code {
        X,
        Z,
        H,
        S,
        S_INVERSE,
        CX,
        CZ,
        MEASURE,
        RESET,
        PAD,
        FEED_X,
        FEED_Z,
        FLIP_X,
        FLIP_Y,
        FLIP_Z,
        CHANNEL,
        CHANNEL_PAIR,
        CORRELATED,
        ELSE_CORRELATED,
        HERALD,
        DETECTOR,
        OBSERVABLE,
        LOOP
    }

    /// @param targets qubits (pairs for gates on two); record offsets; pairs of qubit and Pauli number for `CORRELATED`
    /// @param inverted for measurements, which outcomes are turned round
    /// @param chances for channels the probability of each Pauli operator but the identity, in the order X, Y, Z or IX,
    ///     IY, ... ZZ; for heralds that of I, X, Y and Z; else the first entry is the probability
    /// @param count for loops the number of turns, for observables the number
    record Op(Code code, int[] targets, boolean[] inverted, double[] chances, long count, List<Op> body) {}

    private static final int[] NONE = {};
    private static final boolean[] UPRIGHT = {};
    private static final double[] SURE = {};

    private final List<Op> ops = new ArrayList<>();
    private int farthest;

    private StimProgram() {}

    /// @param farthest how many measurements back anything looks
    record Compiled(List<Op> ops, int farthest) {}

    static Compiled compile(StimCircuit circuit) {
        StimProgram program = new StimProgram();
        List<Op> ops = program.body(circuit.instructions());
        return new Compiled(ops, program.farthest);
    }

    private List<Op> body(List<StimInstruction> instructions) {
        List<Op> outer = new ArrayList<>(ops);
        ops.clear();
        for (StimInstruction instruction : instructions) {
            switch (instruction) {
                case StimInstruction.Repeat repeat -> {
                    List<Op> inner = body(repeat.body());
                    ops.add(new Op(Code.LOOP, NONE, UPRIGHT, SURE, repeat.count(), inner));
                }
                case StimInstruction.Plain plain -> plain(plain);
            }
        }
        List<Op> result = List.copyOf(ops);
        ops.clear();
        ops.addAll(outer);
        return result;
    }

    private void add(Code code, int... targets) {
        ops.add(new Op(code, targets, UPRIGHT, SURE, 0, List.of()));
    }

    private void noise(Code code, int[] targets, double... chances) {
        ops.add(new Op(code, targets, UPRIGHT, chances, 0, List.of()));
    }

    private void plain(StimInstruction.Plain plain) {
        StimGates.Row row = StimGates.row(plain.name());
        double[] arguments = plain.arguments().isEmpty()
                ? SURE
                : plain.arguments().stream().mapToDouble(Double::doubleValue).toArray();
        switch (row.kind()) {
            case SINGLE -> unitary(row, indices(plain), 1);
            case PAIR -> pairs(plain, row);
            case MEASURE, MEASURE_RESET, RESET -> collapse(plain, row, arguments);
            case MEASURE_PAIR -> measurePairs(plain, row, arguments);
            case MEASURE_PRODUCT -> {
                for (List<StimTarget.Pauli> product : StimChecks.products(plain)) {
                    boolean inverted =
                            product.stream().filter(StimTarget.Pauli::inverted).count() % 2 != 0;
                    onProduct(product, last -> measure(new int[] {last}, new boolean[] {inverted}, arguments));
                }
            }
            case PHASE_PRODUCT -> {
                for (List<StimTarget.Pauli> product : StimChecks.products(plain)) {
                    boolean inverted =
                            product.stream().filter(StimTarget.Pauli::inverted).count() % 2 != 0;
                    boolean inverse = row.parts().contains("D") ^ inverted;
                    onProduct(product, last -> add(inverse ? Code.S_INVERSE : Code.S, last));
                }
            }
            case NOISE -> channel(plain, arguments);
            case NOISE_PAIR -> channelPair(plain, arguments);
            case CORRELATED -> correlated(plain, arguments);
            case HERALDED -> {
                double p = arguments[0] / 4;
                noise(
                        Code.HERALD,
                        indices(plain),
                        plain.name().equals("HERALDED_ERASE") ? new double[] {p, p, p, p} : arguments);
            }
            case ANNOTATION -> annotation(plain, arguments);
        }
    }

    private static int[] indices(StimInstruction.Plain plain) {
        List<StimTarget> targets = plain.targets();
        int[] indices = new int[targets.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = ((StimTarget.Qubit) targets.get(i)).index();
        }
        return indices;
    }

    /// The steps of a gate, for all its targets at once where these do not meet.
    private void unitary(StimGates.Row row, int[] targets, int arity) {
        int width = targets.length == arity || row.parts().size() == 1 || apart(targets) ? targets.length : arity;
        for (int from = 0; from < targets.length; from += width) {
            if (row.name().equals("CZ")) {
                add(Code.CZ, part(targets, from, width, 2, 0, 1));
                continue;
            }
            for (String step : row.parts()) {
                int first = step.charAt(1) - '0';
                if (step.charAt(0) == 'C') {
                    add(Code.CX, part(targets, from, width, arity, first, 1 - first));
                } else {
                    add(code(step.charAt(0)), part(targets, from, width, arity, first));
                }
            }
        }
    }

    private static boolean apart(int[] targets) {
        Set<Integer> seen = new HashSet<>();
        for (int target : targets) {
            if (!seen.add(target)) {
                return false;
            }
        }
        return true;
    }

    private static Code code(char letter) {
        return switch (letter) {
            case 'X' -> Code.X;
            case 'Z' -> Code.Z;
            case 'H' -> Code.H;
            case 'S' -> Code.S;
            default -> Code.S_INVERSE;
        };
    }

    private static int[] part(int[] targets, int from, int width, int arity, int... operands) {
        int[] result = new int[width / arity * operands.length];
        int at = 0;
        for (int group = from; group < from + width; group += arity) {
            for (int operand : operands) {
                result[at++] = targets[group + operand];
            }
        }
        return result;
    }

    private void pairs(StimInstruction.Plain plain, StimGates.Row row) {
        if (plain.targets().stream().allMatch(StimTarget.Qubit.class::isInstance)) {
            unitary(row, indices(plain), 2);
            return;
        }
        for (int i = 0; i < plain.targets().size(); i += 2) {
            StimTarget first = plain.targets().get(i);
            StimTarget second = plain.targets().get(i + 1);
            if (first instanceof StimTarget.Qubit a && second instanceof StimTarget.Qubit b) {
                unitary(row, new int[] {a.index(), b.index()}, 2);
                continue;
            }
            StimTarget.Record control = (StimTarget.Record) (first instanceof StimTarget.Record ? first : second);
            StimTarget target = first instanceof StimTarget.Record ? second : first;
            farthest = Math.max(farthest, -control.offset());
            // Two measurements change nothing but a phase.
            if (target instanceof StimTarget.Qubit qubit) {
                if (!row.name().equals("CZ")) {
                    add(Code.FEED_X, control.offset(), qubit.index());
                }
                if (!row.name().equals("CX") && !row.name().equals("XCZ")) {
                    add(Code.FEED_Z, control.offset(), qubit.index());
                }
            }
        }
    }

    private void collapse(StimInstruction.Plain plain, StimGates.Row row, double[] arguments) {
        int[] qubits = indices(plain);
        boolean[] inverted = new boolean[qubits.length];
        Set<Integer> seen = new HashSet<>();
        boolean apart = true;
        for (int i = 0; i < qubits.length; i++) {
            inverted[i] = ((StimTarget.Qubit) plain.targets().get(i)).inverted();
            apart &= seen.add(qubits[i]);
        }
        int width = apart ? qubits.length : 1;
        for (int from = 0; from < qubits.length; from += width) {
            int[] some = Arrays.copyOfRange(qubits, from, from + width);
            boolean[] turned = Arrays.copyOfRange(inverted, from, from + width);
            toBasis(row.parts().getFirst().charAt(0), some);
            if (row.kind() != StimGates.Kind.RESET) {
                measure(some, turned, arguments);
            }
            if (row.kind() != StimGates.Kind.MEASURE) {
                add(Code.RESET, some);
            }
            fromBasis(row.parts().getFirst().charAt(0), some);
        }
    }

    private void toBasis(char basis, int[] qubits) {
        if (basis == 'Y') {
            add(Code.S_INVERSE, qubits);
        }
        if (basis != 'Z') {
            add(Code.H, qubits);
        }
    }

    private void fromBasis(char basis, int[] qubits) {
        if (basis != 'Z') {
            add(Code.H, qubits);
        }
        if (basis == 'Y') {
            add(Code.S, qubits);
        }
    }

    private void measure(int[] qubits, boolean[] inverted, double[] arguments) {
        ops.add(new Op(Code.MEASURE, qubits, inverted, arguments, 0, List.of()));
    }

    private void measurePairs(StimInstruction.Plain plain, StimGates.Row row, double[] arguments) {
        char basis = row.parts().getFirst().charAt(0);
        for (int i = 0; i < plain.targets().size(); i += 2) {
            StimTarget.Qubit a = (StimTarget.Qubit) plain.targets().get(i);
            StimTarget.Qubit b = (StimTarget.Qubit) plain.targets().get(i + 1);
            List<StimTarget.Pauli> product = List.of(
                    new StimTarget.Pauli(basis, a.index(), false), new StimTarget.Pauli(basis, b.index(), false));
            boolean[] inverted = {a.inverted() ^ b.inverted()};
            onProduct(product, last -> measure(new int[] {last}, inverted, arguments));
        }
    }

    /// Turns a product of Pauli operators into Z on one qubit, does something there, and turns back.
    private void onProduct(List<StimTarget.Pauli> product, IntConsumer action) {
        for (StimTarget.Pauli factor : product) {
            toBasis(factor.letter(), new int[] {factor.index()});
        }
        int last = product.getLast().index();
        for (int i = 0; i + 1 < product.size(); i++) {
            add(Code.CX, product.get(i).index(), last);
        }
        action.accept(last);
        for (int i = product.size() - 2; i >= 0; i--) {
            add(Code.CX, product.get(i).index(), last);
        }
        for (StimTarget.Pauli factor : product) {
            fromBasis(factor.letter(), new int[] {factor.index()});
        }
    }

    private void channel(StimInstruction.Plain plain, double[] arguments) {
        int[] qubits = indices(plain);
        switch (plain.name()) {
            case "X_ERROR" -> noise(Code.FLIP_X, qubits, arguments);
            case "Y_ERROR" -> noise(Code.FLIP_Y, qubits, arguments);
            case "Z_ERROR" -> noise(Code.FLIP_Z, qubits, arguments);
            case "DEPOLARIZE1" -> noise(Code.CHANNEL, qubits, even(arguments[0], 3));
            case "PAULI_CHANNEL_1" -> noise(Code.CHANNEL, qubits, arguments);
            default -> {}
        }
    }

    private void channelPair(StimInstruction.Plain plain, double[] arguments) {
        switch (plain.name()) {
            case "DEPOLARIZE2" -> noise(Code.CHANNEL_PAIR, indices(plain), even(arguments[0], 15));
            case "PAULI_CHANNEL_2" -> noise(Code.CHANNEL_PAIR, indices(plain), arguments);
            default -> {}
        }
    }

    private static double[] even(double total, int parts) {
        double[] chances = new double[parts];
        Arrays.fill(chances, total / parts);
        return chances;
    }

    private void correlated(StimInstruction.Plain plain, double[] arguments) {
        int[] targets = new int[2 * plain.targets().size()];
        for (int i = 0; i < plain.targets().size(); i++) {
            StimTarget.Pauli pauli = (StimTarget.Pauli) plain.targets().get(i);
            targets[2 * i] = pauli.index();
            targets[2 * i + 1] = pauli.letter() - 'X' + 1;
        }
        noise(plain.name().equals("E") ? Code.CORRELATED : Code.ELSE_CORRELATED, targets, arguments);
    }

    private void annotation(StimInstruction.Plain plain, double[] arguments) {
        switch (plain.name()) {
            case "MPAD" -> {
                boolean[] ones = new boolean[plain.targets().size()];
                for (int i = 0; i < ones.length; i++) {
                    ones[i] = ((StimTarget.Qubit) plain.targets().get(i)).index() == 1;
                }
                ops.add(new Op(Code.PAD, new int[ones.length], ones, arguments, 0, List.of()));
            }
            case "DETECTOR", "OBSERVABLE_INCLUDE" -> {
                int[] offsets = plain.targets().stream()
                        .mapToInt(target -> ((StimTarget.Record) target).offset())
                        .toArray();
                for (int offset : offsets) {
                    farthest = Math.max(farthest, -offset);
                }
                boolean detector = plain.name().equals("DETECTOR");
                ops.add(new Op(
                        detector ? Code.DETECTOR : Code.OBSERVABLE,
                        offsets,
                        UPRIGHT,
                        SURE,
                        detector ? 0 : (long) arguments[0],
                        List.of()));
            }
            default -> {}
        }
    }
}
