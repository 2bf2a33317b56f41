package org.quantumhub.engine.simulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps plans of circuits that were run before.
///
/// A plan depends on the shapes of the gates (what they mix and read), not on their numbers: a circuit whose angles
/// change from run to run is planned once. The plans used longest ago are forgotten.
final class Plans {
    /// Plans of all circuits of this process.
    static final Plans SHARED = new Plans(1 << 20);

    /// A plan's key is about as long as the plan is large.
    private final long mostWords;

    private final Map<Key, List<Sweep>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long words;
    private long made;

    /// @param mostWords bound for the sum of the lengths of all keys
    Plans(long mostWords) {
        this.mostWords = mostWords;
    }

    /// The sweeps of a program, from memory or made now.
    List<Sweep> of(int qubits, Block.Shape shape, Fusible[] program) {
        Key key = Key.of(qubits, shape, program);
        synchronized (kept) {
            List<Sweep> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        List<Sweep> plan = SweepPlanner.plan(qubits, shape, program);
        synchronized (kept) {
            made++;
            if (key.words.length <= mostWords / 4 && kept.put(key, plan) == null) {
                words += key.words.length;
            }
            while (words > mostWords) {
                Key eldest = kept.keySet().iterator().next();
                words -= eldest.words.length;
                kept.remove(eldest);
            }
        }
        return plan;
    }

    /// How many plans had to be made.
    long made() {
        synchronized (kept) {
            return made;
        }
    }

    private static final class Key {
        private final long[] words;
        private final int hash;

        private Key(long[] words) {
            this.words = words;
            this.hash = Arrays.hashCode(words);
        }

        static Key of(int qubits, Block.Shape shape, Fusible[] program) {
            int length = 1;
            for (Fusible gate : program) {
                length += 4 + gate.masks.length;
            }
            long[] words = new long[length];
            words[0] = qubits | (long) shape.laneBits() << 8 | (long) shape.bits() << 16;
            int at = 1;
            for (Fusible gate : program) {
                long targets = gate.targets.length;
                for (int target : gate.targets) {
                    targets = targets * 61 + target;
                }
                words[at++] = gate.masks.length << 2 | (gate.permutation ? 2 : 0) | (gate.constant != 0 ? 1 : 0);
                words[at++] = targets;
                words[at++] = gate.controlMask;
                words[at++] = gate.controlValue;
                for (long mask : gate.masks) {
                    words[at++] = mask;
                }
            }
            return new Key(words);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && hash == that.hash && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
