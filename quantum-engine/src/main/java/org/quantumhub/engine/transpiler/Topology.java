package org.quantumhub.engine.transpiler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Which qubits of a device can take part in one gate.
public final class Topology {

    /// What is further away than any device is large.
    static final int UNREACHABLE = 1_000_000;

    private final int qubits;
    private final boolean complete;
    private final List<List<Integer>> neighbours;
    private final int[][] distances;

    private Topology(int qubits, boolean complete, List<List<Integer>> neighbours) {
        this.qubits = qubits;
        this.complete = complete;
        this.neighbours = neighbours;
        this.distances = complete ? new int[0][] : distances(neighbours);
    }

    /// Every qubit reaches every other one, as in an ion trap.
    public static Topology complete(int qubits) {
        return new Topology(qubits, true, List.of());
    }

    /// Only the given pairs, in either direction.
    ///
    /// @param pairs pairs of different qubits from 0 to qubits - 1
    /// @throws IllegalArgumentException for any other pair
    public static Topology of(int qubits, List<int[]> pairs) {
        List<List<Integer>> neighbours = new ArrayList<>();
        for (int i = 0; i < qubits; i++) {
            neighbours.add(new ArrayList<>());
        }
        for (int[] pair : pairs) {
            if (pair.length != 2
                    || pair[0] == pair[1]
                    || Math.min(pair[0], pair[1]) < 0
                    || Math.max(pair[0], pair[1]) >= qubits) {
                throw new IllegalArgumentException(
                        "A pair of different qubits below " + qubits + " was expected: " + Arrays.toString(pair));
            }
            link(neighbours, pair[0], pair[1]);
            link(neighbours, pair[1], pair[0]);
        }
        return new Topology(qubits, false, neighbours);
    }

    private static void link(List<List<Integer>> neighbours, int from, int to) {
        if (!neighbours.get(from).contains(to)) {
            neighbours.get(from).add(to);
        }
    }

    private static int[][] distances(List<List<Integer>> neighbours) {
        int[][] distances = new int[neighbours.size()][neighbours.size()];
        for (int start = 0; start < distances.length; start++) {
            int[] from = distances[start];
            Arrays.fill(from, UNREACHABLE);
            from[start] = 0;
            Deque<Integer> open = new ArrayDeque<>(List.of(start));
            while (!open.isEmpty()) {
                int here = open.remove();
                for (int next : neighbours.get(here)) {
                    if (from[next] == UNREACHABLE) {
                        from[next] = from[here] + 1;
                        open.add(next);
                    }
                }
            }
        }
        return distances;
    }

    public int qubits() {
        return qubits;
    }

    public boolean isComplete() {
        return complete;
    }

    public boolean connects(int first, int second) {
        return distance(first, second) == 1;
    }

    /// Steps from one qubit to another.
    int distance(int first, int second) {
        if (complete) {
            return first == second ? 0 : 1;
        }
        return distances[first][second];
    }

    List<Integer> neighbours(int qubit) {
        return neighbours.get(qubit);
    }
}
