package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.redfx.strange.Complex;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Cr;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.local.SimpleQuantumExecutionEnvironment;

/// The same circuits on this engine and on Strange (`org.redfx:strange`), the other simulator in pure Java.
///
/// Before anything is measured the probabilities of both are compared. Phases are written with the phase gate, because
/// Strange's rotation about Z (0.1.3) turns both basis states alike.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class StrangeBenchmark {
    private static final double TOLERANCE = 1e-6;

    @Param({"ghz", "fourier", "ansatz"})
    public String circuit = "ghz";

    @Param({"4", "6", "8", "10"})
    public int qubits = 4;

    private Circuit built = Circuit.builder(0, 0).build();

    @Setup
    public void build() {
        built = switch (circuit) {
            case "ghz" -> chain();
            case "fourier" -> fourier();
            case "ansatz" -> ansatz();
            default -> throw new IllegalArgumentException("There is no circuit " + circuit);
        };
        compare();
    }

    private Circuit chain() {
        CircuitBuilder builder = Circuit.builder(qubits, 0).gate("ry", List.of(0.4), 0);
        for (int q = 0; q + 1 < qubits; q++) {
            builder.gate("cx", q, q + 1);
        }
        return builder.build();
    }

    private Circuit fourier() {
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int q = 0; q < qubits; q++) {
            builder.gate("ry", List.of(0.3 + 0.1 * q), q);
        }
        for (int j = qubits - 1; j >= 0; j--) {
            builder.gate("h", j);
            for (int k = j - 1; k >= 0; k--) {
                builder.gate("cp", List.of(Math.PI / (1L << j - k)), k, j);
            }
        }
        return builder.build();
    }

    private Circuit ansatz() {
        CircuitBuilder builder = Circuit.builder(qubits, 0);
        for (int layer = 0; layer < 3; layer++) {
            for (int q = 0; q < qubits; q++) {
                builder.gate("ry", List.of(0.2 + 0.3 * q + layer), q).gate("p", List.of(0.5 + 0.2 * q), q);
            }
            for (int q = 0; q + 1 < qubits; q++) {
                builder.gate("cx", q, q + 1);
            }
        }
        return builder.build();
    }

    /// A step for each gate, as a program of Strange's is written.
    private Program program() {
        List<Step> steps = new ArrayList<>();
        for (Instruction instruction : built.instructions()) {
            GateInstruction gate = (GateInstruction) instruction;
            steps.add(new Step(translated(gate)));
        }
        return new Program(qubits, steps.toArray(Step[]::new));
    }

    private static Gate translated(GateInstruction gate) {
        List<Integer> on = gate.targets();
        return switch (gate.gate().name()) {
            case "h" -> new Hadamard(on.get(0));
            case "ry" -> new RotationY(gate.parameters().getFirst(), on.get(0));
            case "p" -> new R(gate.parameters().getFirst(), on.get(0));
            case "cx" -> new Cnot(on.get(0), on.get(1));
            case "cp" -> new Cr(on.get(0), on.get(1), gate.parameters().getFirst());
            default ->
                throw new IllegalArgumentException(
                        "Strange has no " + gate.gate().name());
        };
    }

    private void compare() {
        StateVector ours = StateVectorSimulator.state(built);
        Complex[] theirs = strange();
        double worst = 0;
        for (int i = 0; i < theirs.length; i++) {
            worst = Math.max(worst, Math.abs(ours.probability(i) - theirs[i].abssqr()));
        }
        if (!(worst < TOLERANCE)) {
            throw new IllegalStateException("The probabilities differ by " + worst);
        }
    }

    @Benchmark
    public StateVector engine() {
        return StateVectorSimulator.state(built);
    }

    @Benchmark
    public Complex[] strange() {
        return new SimpleQuantumExecutionEnvironment().runProgram(program()).getProbability();
    }
}
