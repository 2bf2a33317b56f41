package org.quantumhub.engine.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Channel;

/// A channel that applies one of the products of Pauli operators, each with its probability.
final class PauliNoise {
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

    /// Strikes as many shots as the rows of the frames have bits. Which shot is next is drawn from a geometric
    /// distribution, so that rare noise costs little.
    void strike(List<Integer> qubits, long[][] x, long[][] z, Randomness random) {
        int shots = 64 * x[qubits.getFirst()].length;
        for (int shot = next(-1, any, shots, random); shot < shots; shot = next(shot, any, shots, random)) {
            int product = drawn(random.next() * any);
            for (int i = 0; i < qubits.size(); i++) {
                int letter = product >> 2 * i & 3;
                x[qubits.get(i)][shot >> 6] ^= letter == 1 || letter == 2 ? 1L << shot : 0;
                z[qubits.get(i)][shot >> 6] ^= letter >= 2 ? 1L << shot : 0;
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

    private static int next(int shot, double chance, int shots, Randomness random) {
        if (chance <= 0) {
            return shots;
        }
        if (chance >= 1) {
            return shot + 1;
        }
        double skipped = Math.floor(Math.log1p(-random.next()) / Math.log1p(-chance));
        return (int) Math.min(shots, shot + 1 + skipped);
    }

    /// Words in which each bit is 1 with some probability.
    static long[] chosen(double chance, int words, Randomness random) {
        long[] bits = new long[words];
        int shots = 64 * words;
        for (int shot = next(-1, chance, shots, random); shot < shots; shot = next(shot, chance, shots, random)) {
            bits[shot >> 6] |= 1L << shot;
        }
        return bits;
    }
}
