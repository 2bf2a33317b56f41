package org.quantumhub.engine.transpiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.circuit.CircuitProblem;

/// Places the qubits of a circuit on a device and brings partners of a gate together.
///
/// The first place is found greedily: the qubit with the most partners goes to a well-connected place, each next one
/// as near to its partners as there is room. Several starts are tried and the one with the fewest swaps is kept. A gate
/// between distant qubits is preceded by swaps along a shortest way; of the possible swaps the one is taken that helps
/// the gates to come most, the idea of SABRE (Li, Ding and Xie, 2019).
final class Router {

    private static final int LOOK_AHEAD = 20;
    private static final int STARTS = 8;

    private final Topology topology;
    private final List<Step> steps;
    private final int[] place;
    private final int[] resident;
    private final List<Step> routed = new ArrayList<>();
    private int swaps;

    /// A circuit on the qubits of the device.
    ///
    /// @param steps on physical qubits
    /// @param initial for each qubit of the circuit where it begins
    /// @param last for each qubit of the circuit where it ends
    record Routed(List<Step> steps, int[] initial, int[] last, int swaps) {}

    private Router(Topology topology, List<Step> steps, int[] initial) {
        this.topology = topology;
        this.steps = steps;
        this.place = initial.clone();
        this.resident = new int[topology.qubits()];
        Arrays.fill(resident, -1);
        for (int qubit = 0; qubit < place.length; qubit++) {
            resident[place[qubit]] = qubit;
        }
    }

    /// @throws CircuitException LIMIT_EXCEEDED when the device has too few connected qubits
    static Routed route(int qubits, List<Step> steps, Topology topology) {
        if (qubits > topology.qubits()) {
            throw new CircuitException(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has " + qubits + " qubits, the device " + topology.qubits() + ".",
                    0,
                    0,
                    "");
        }
        if (topology.isComplete()) {
            int[] identity = new int[qubits];
            Arrays.setAll(identity, i -> i);
            return new Routed(steps, identity, identity, 0);
        }
        int[][] partners = partners(qubits, steps);
        Routed best = null;
        for (int start : starts(topology)) {
            int[] initial = layout(partners, topology, start);
            if (initial.length == qubits) {
                Routed routed = new Router(topology, steps, initial).run(initial);
                if (best == null || routed.swaps() < best.swaps()) {
                    best = routed;
                }
            }
            if (best != null && best.swaps() == 0) {
                break;
            }
        }
        if (best == null) {
            throw new CircuitException(
                    CircuitProblem.LIMIT_EXCEEDED,
                    "The circuit has " + qubits + " qubits; no so many are connected on the device.",
                    0,
                    0,
                    "");
        }
        return best;
    }

    private static int[][] partners(int qubits, List<Step> steps) {
        int[][] partners = new int[qubits][qubits];
        for (Step step : steps) {
            if (step instanceof Step.ControlledZ gate) {
                partners[gate.first()][gate.second()]++;
                partners[gate.second()][gate.first()]++;
            }
        }
        return partners;
    }

    /// Places to begin with: the best connected ones, spread over the device.
    private static List<Integer> starts(Topology topology) {
        List<Integer> all = new ArrayList<>();
        for (int qubit = 0; qubit < topology.qubits(); qubit++) {
            all.add(qubit);
        }
        all.sort((a, b) -> Integer.compare(
                topology.neighbours(b).size(), topology.neighbours(a).size()));
        List<Integer> starts = new ArrayList<>();
        int stride = Math.max(1, all.size() / STARTS);
        for (int i = 0; i < all.size(); i += stride) {
            starts.add(all.get(i));
        }
        return starts;
    }

    /// @return an empty array when there is no room around this start
    private static int[] layout(int[][] partners, Topology topology, int start) {
        int qubits = partners.length;
        int[] place = new int[qubits];
        Arrays.fill(place, -1);
        boolean[] taken = new boolean[topology.qubits()];
        for (int placed = 0; placed < qubits; placed++) {
            int qubit = next(partners, place);
            int at = placed == 0 ? start : nearest(partners[qubit], place, taken, topology, start);
            if (at < 0) {
                return new int[0];
            }
            place[qubit] = at;
            taken[at] = true;
        }
        return place;
    }

    /// The qubit with the most gates with those already placed, then with the most gates at all.
    private static int next(int[][] partners, int[] place) {
        int best = -1;
        long bestScore = -1;
        for (int qubit = 0; qubit < place.length; qubit++) {
            if (place[qubit] < 0) {
                long score = 0;
                for (int other = 0; other < place.length; other++) {
                    score += partners[qubit][other] * (place[other] >= 0 ? 1_000L : 1L);
                }
                if (score > bestScore) {
                    bestScore = score;
                    best = qubit;
                }
            }
        }
        return best;
    }

    private static int nearest(int[] partners, int[] place, boolean[] taken, Topology topology, int start) {
        int best = -1;
        long bestScore = Long.MAX_VALUE;
        for (int candidate = 0; candidate < topology.qubits(); candidate++) {
            if (taken[candidate] || topology.distance(start, candidate) >= Topology.UNREACHABLE) {
                continue;
            }
            long score = topology.distance(start, candidate);
            for (int other = 0; other < partners.length; other++) {
                if (place[other] >= 0) {
                    score += 100L * partners[other] * topology.distance(candidate, place[other]);
                }
            }
            if (score < bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best;
    }

    private Routed run(int[] initial) {
        for (int i = 0; i < steps.size(); i++) {
            switch (steps.get(i)) {
                case Step.Turn turn -> routed.add(new Step.Turn(place[turn.qubit()], turn.matrix()));
                case Step.Measure measure -> routed.add(new Step.Measure(place[measure.qubit()], measure.clbit()));
                case Step.Barrier barrier ->
                    routed.add(new Step.Barrier(
                            barrier.qubits().stream().map(q -> place[q]).toList()));
                case Step.ControlledZ gate -> {
                    bringTogether(gate, i);
                    routed.add(new Step.ControlledZ(place[gate.first()], place[gate.second()]));
                }
                case Step.Swap swap -> throw new IllegalStateException("only the router swaps: " + swap);
            }
        }
        return new Routed(routed, initial, place, swaps);
    }

    private void bringTogether(Step.ControlledZ gate, int index) {
        while (!topology.connects(place[gate.first()], place[gate.second()])) {
            int[] best = new int[0];
            long bestScore = Long.MAX_VALUE;
            for (int end : new int[] {gate.first(), gate.second()}) {
                int partner = end == gate.first() ? gate.second() : gate.first();
                int here = place[end];
                for (int there : topology.neighbours(here)) {
                    // a swap that does not shorten the way might never end
                    if (topology.distance(there, place[partner]) < topology.distance(here, place[partner])) {
                        swap(here, there);
                        long score = costAhead(index);
                        swap(here, there);
                        if (score < bestScore) {
                            bestScore = score;
                            best = new int[] {here, there};
                        }
                    }
                }
            }
            swap(best[0], best[1]);
            routed.add(new Step.Swap(best[0], best[1]));
            swaps++;
        }
    }

    /// How far apart the partners of the next gates are; the nearer the gate, the more it counts.
    private long costAhead(int index) {
        long cost = 0;
        int seen = 0;
        for (int i = index; i < steps.size() && seen < LOOK_AHEAD; i++) {
            if (steps.get(i) instanceof Step.ControlledZ gate) {
                cost += (long) (LOOK_AHEAD - seen) * topology.distance(place[gate.first()], place[gate.second()]);
                seen++;
            }
        }
        return cost;
    }

    private void swap(int a, int b) {
        int first = resident[a];
        int second = resident[b];
        resident[a] = second;
        resident[b] = first;
        if (first >= 0) {
            place[first] = b;
        }
        if (second >= 0) {
            place[second] = a;
        }
    }
}
