package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Control;
import org.quantumhub.engine.circuit.Gate;
import org.quantumhub.engine.circuit.GateInstruction;

/// The circuits that simulators are usually compared by, for any number of qubits.
final class BenchmarkCircuits {
    private static final int LAYERS = 4;

    private final int qubits;
    private final Random random = new Random(1);

    private BenchmarkCircuits(int qubits) {
        this.qubits = qubits;
    }

    /// All circuits by name.
    static Map<String, Circuit> all(int qubits) {
        BenchmarkCircuits circuits = new BenchmarkCircuits(qubits);
        Map<String, Circuit> all = new LinkedHashMap<>();
        all.put("ghz", circuits.chain());
        all.put("qft", circuits.fourier());
        all.put("ansatz", circuits.ansatz());
        all.put("qaoa", circuits.qaoa());
        all.put("volume", circuits.volume());
        all.put("grover", circuits.grover());
        return all;
    }

    private CircuitBuilder start() {
        return Circuit.builder(qubits, 0);
    }

    private Circuit chain() {
        CircuitBuilder builder = start().gate("h", 0);
        for (int q = 0; q + 1 < qubits; q++) {
            builder.gate("cx", q, q + 1);
        }
        return builder.build();
    }

    private Circuit fourier() {
        CircuitBuilder builder = start();
        for (int q = 0; q < qubits; q++) {
            builder.gate("ry", List.of(0.3 + 0.1 * q), q);
        }
        for (int j = qubits - 1; j >= 0; j--) {
            builder.gate("h", j);
            for (int k = j - 1; k >= 0; k--) {
                builder.gate("cp", List.of(Math.PI / (1L << j - k)), k, j);
            }
        }
        for (int q = 0; q < qubits / 2; q++) {
            builder.gate("swap", q, qubits - 1 - q);
        }
        return builder.build();
    }

    private Circuit ansatz() {
        CircuitBuilder builder = start();
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int q = 0; q < qubits; q++) {
                builder.gate("ry", List.of(random.nextDouble(6)), q).gate("rz", List.of(random.nextDouble(6)), q);
            }
            for (int q = 0; q + 1 < qubits; q++) {
                builder.gate("cx", q, q + 1);
            }
        }
        return builder.build();
    }

    private Circuit qaoa() {
        CircuitBuilder builder = start();
        for (int q = 0; q < qubits; q++) {
            builder.gate("h", q);
        }
        for (int layer = 0; layer < 3; layer++) {
            for (int q = 0; q < qubits; q++) {
                builder.gate("rzz", List.of(0.4), q, (q + 1) % qubits);
                builder.gate("rzz", List.of(0.4), q, (q + qubits / 3) % qubits);
            }
            for (int q = 0; q < qubits; q++) {
                builder.gate("rx", List.of(0.7), q);
            }
        }
        return builder.build();
    }

    /// Ten layers of random gates on random pairs.
    private Circuit volume() {
        CircuitBuilder builder = start();
        List<Integer> order = new ArrayList<>();
        for (int q = 0; q < qubits; q++) {
            order.add(q);
        }
        for (int layer = 0; layer < 10; layer++) {
            Collections.shuffle(order, random);
            for (int q = 0; q + 1 < qubits; q += 2) {
                int a = order.get(q);
                int b = order.get(q + 1);
                for (int round = 0; round < 3; round++) {
                    turn(builder, a);
                    turn(builder, b);
                    builder.gate("cx", a, b);
                }
                turn(builder, a);
                turn(builder, b);
            }
        }
        return builder.build();
    }

    private void turn(CircuitBuilder builder, int qubit) {
        builder.gate("u", List.of(random.nextDouble(3), random.nextDouble(6), random.nextDouble(6)), qubit);
    }

    private Circuit grover() {
        CircuitBuilder builder = start();
        Gate z = Gate.find("z").orElseThrow();
        List<Control> controls = new ArrayList<>();
        for (int q = 0; q + 1 < qubits; q++) {
            controls.add(Control.on(q));
        }
        GateInstruction oracle = new GateInstruction(z, List.of(), controls, List.of(qubits - 1));
        everywhere(builder, "h");
        for (int round = 0; round < LAYERS; round++) {
            builder.add(oracle);
            everywhere(builder, "h");
            everywhere(builder, "x");
            builder.add(oracle);
            everywhere(builder, "x");
            everywhere(builder, "h");
        }
        return builder.build();
    }

    private void everywhere(CircuitBuilder builder, String gate) {
        for (int q = 0; q < qubits; q++) {
            builder.gate(gate, q);
        }
    }
}
