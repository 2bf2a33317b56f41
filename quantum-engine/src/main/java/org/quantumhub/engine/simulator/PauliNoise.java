package org.quantumhub.engine.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Channel;

/// A channel that applies one of the products of Pauli operators, each with its probability.
final class PauliNoise {
    private static final int SHOTS = 64;

    /// The probabilities of the products but the identity, added up. Two bits of the place for each qubit say which.
    private final double[] reached;
    private final double any;

    private PauliNoise(double[] chances) {
        reached = new double[chances.length];
        double sum = 0;
        for (int i = 1; i < chances.length; i++) {
            sum += chances[i];
            reached[i] = sum;
        }
        any = Math.min(1, sum);
    }

    /// Null for channels that are no mixture of Pauli operators.
    static @Nullable PauliNoise of(Channel channel) {
        double[] chances = channel.pauliProbabilities();
        return chances.length == 0 ? null : new PauliNoise(chances);
    }

    /// Strikes 64 shots. Which shot is next is drawn from a geometric distribution, so that rare noise costs little.
    void strike(List<Integer> qubits, long[] x, long[] z, Randomness random) {
        for (int shot = next(-1, any, random); shot < SHOTS; shot = next(shot, any, random)) {
            int product = drawn(random.next() * any);
            for (int i = 0; i < qubits.size(); i++) {
                int letter = product >> 2 * i & 3;
                x[qubits.get(i)] ^= letter == 1 || letter == 2 ? 1L << shot : 0;
                z[qubits.get(i)] ^= letter >= 2 ? 1L << shot : 0;
            }
        }
    }

    /// Strikes a single shot.
    void strike(List<Integer> qubits, Tableau tableau, Randomness random) {
        double place = random.next();
        if (place >= any) {
            return;
        }
        int product = drawn(place);
        for (int i = 0; i < qubits.size(); i++) {
            int letter = product >> 2 * i & 3;
            if (letter == 1 || letter == 2) {
                tableau.flip(qubits.get(i));
            }
            if (letter >= 2) {
                tableau.flipPhase(qubits.get(i));
            }
        }
    }

    private int drawn(double place) {
        for (int i = 1; i < reached.length; i++) {
            if (place < reached[i]) {
                return i;
            }
        }
        return reached.length - 1;
    }

    private static int next(int shot, double chance, Randomness random) {
        if (chance <= 0) {
            return SHOTS;
        }
        if (chance >= 1) {
            return shot + 1;
        }
        double skipped = Math.floor(Math.log1p(-random.next()) / Math.log1p(-chance));
        return (int) Math.min(SHOTS, shot + 1 + skipped);
    }

    /// A word in which each bit is 1 with some probability.
    static long chosen(double chance, Randomness random) {
        long word = 0;
        for (int shot = next(-1, chance, random); shot < SHOTS; shot = next(shot, chance, random)) {
            word |= 1L << shot;
        }
        return word;
    }
}
