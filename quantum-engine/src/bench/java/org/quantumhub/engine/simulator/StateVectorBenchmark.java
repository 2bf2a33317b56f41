package org.quantumhub.engine.simulator;

import java.util.Map;
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

/// The state at the end of the circuits of the suite, on one thread, plans kept from run to run.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:+UseTransparentHugePages", "-Xmx2g"})
public class StateVectorBenchmark {
    @Param({"ghz", "qft", "ansatz", "qaoa", "volume", "grover"})
    public String circuit = "ghz";

    @Param({"12", "16", "20"})
    public int qubits = 12;

    @Param({"DOUBLE", "SINGLE"})
    public Precision precision = Precision.DOUBLE;

    private Circuit built = Circuit.builder(0, 0).build();

    @Setup
    public void build() {
        Map<String, Circuit> all = BenchmarkCircuits.all(qubits);
        built = all.getOrDefault(circuit, built);
        if (built.qubitCount() != qubits) {
            throw new IllegalArgumentException("There is no circuit " + circuit);
        }
    }

    /// Single precision lies outside the heap always, double where it does not fit on it.
    @Benchmark
    public double evolve() {
        RunOptions options = RunOptions.shots(0);
        if (precision == Precision.DOUBLE) {
            return BlockEngine.evolve(built, options, 1).probabilityAt(0);
        }
        try (OffHeapState state = BlockEngine.evolveOffHeap(qubits, built.instructions(), precision, options, 1)) {
            return state.probabilityAt(0);
        }
    }
}
