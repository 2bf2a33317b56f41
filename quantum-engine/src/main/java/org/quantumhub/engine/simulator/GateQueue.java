package org.quantumhub.engine.simulator;

import java.util.Arrays;

/// Gates that wait to be carried out, with the order they must keep.
///
/// A gate may go before others that wait as long as it commutes with them by their looks: it must not touch a bit
/// that a waiting gate mixes, nor mix one that a waiting gate reads.
final class GateQueue {
    /// Looks at the waiting gates in order and takes some.
    interface Visitor {
        /// Whether the gate, which is free to go, is taken.
        boolean takes(Fusible gate, int index);
    }

    private final Fusible[] gates;
    private final boolean[] done;
    private int first;
    private int left;

    GateQueue(Fusible[] gates) {
        this.gates = gates;
        this.done = new boolean[this.gates.length];
        this.left = this.gates.length;
    }

    boolean isEmpty() {
        return left == 0;
    }

    int left() {
        return left;
    }

    /// Offers every gate that is free to go, given that those offered before and not taken stay.
    void visit(Visitor visitor) {
        long mixed = 0;
        long read = 0;
        for (int i = first; i < gates.length && mixed != -1L; i++) {
            if (done[i]) {
                continue;
            }
            Fusible gate = gates[i];
            boolean free = (gate.all() & mixed) == 0 && (gate.mixed & read) == 0;
            if (!free || !visitor.takes(gate, i)) {
                mixed |= gate.mixed;
                read |= gate.read;
            }
        }
    }

    void finish(int index) {
        done[index] = true;
        left--;
        while (first < done.length && done[first]) {
            first++;
        }
    }

    Fusible get(int index) {
        return gates[index];
    }

    /// How many waiting gates come before each bit is mixed or controls something again; larger is later.
    int[] nextUse() {
        int[] next = new int[64];
        Arrays.fill(next, Integer.MAX_VALUE);
        long seen = 0;
        for (int i = first; i < gates.length && seen != -1L; i++) {
            if (!done[i] && !gates[i].diagonal()) {
                for (long bits = gates[i].all() & ~seen; bits != 0; bits &= bits - 1) {
                    next[Long.numberOfTrailingZeros(bits)] = i;
                }
                seen |= gates[i].all();
            }
        }
        return next;
    }
}
