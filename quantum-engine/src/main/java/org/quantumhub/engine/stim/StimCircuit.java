package org.quantumhub.engine.stim;

import java.util.List;
import java.util.Locale;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;

/// A circuit in Stim's language: Clifford gates, noise, measurements, detectors and logical observables.
///
/// ```java
/// StimCircuit circuit = StimCircuit.parse("X_ERROR(0.1) 0\nM 0\nDETECTOR rec[-1]", StimCircuit.LIMITS);
/// long events = StimSampler.of(circuit).detectors(100_000, 7).total();
/// ```
public final class StimCircuit {
    /// Codes of some size have thousands of qubits, and rounds by the million.
    public static final CircuitLimits LIMITS = CircuitLimits.defaults()
            .withMaxQubits(100_000)
            .withMaxOperations(100_000_000)
            .withMaxSourceBytes(16 << 20)
            .withMaxParseMillis(5000);

    private final List<StimInstruction> instructions;
    private final Size size;

    /// What a circuit comes to, its loops carried out.
    ///
    /// @param qubits one more than the highest qubit named
    /// @param operations gates, measurements and noise, counted by target
    record Size(int qubits, long measurements, long detectors, long observables, long operations) {
        static final Size NONE = new Size(0, 0, 0, 0, 0);

        Size plus(Size other) {
            return new Size(
                    Math.max(qubits, other.qubits),
                    sum(measurements, other.measurements),
                    sum(detectors, other.detectors),
                    Math.max(observables, other.observables),
                    sum(operations, other.operations));
        }

        Size times(long count) {
            return new Size(
                    qubits,
                    product(measurements, count),
                    product(detectors, count),
                    observables,
                    product(operations, count));
        }

        private static long sum(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }

        private static long product(long a, long b) {
            return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
        }
    }

    StimCircuit(List<StimInstruction> instructions, Size size) {
        this.instructions = List.copyOf(instructions);
        this.size = size;
    }

    /// Reads a circuit.
    ///
    /// @throws CircuitException with line, column and what was expected when the text is refused
    public static StimCircuit parse(String source, CircuitLimits limits) {
        return new StimReader(source, limits).read();
    }

    /// Takes over a circuit of Clifford gates, measurements and resets.
    ///
    /// @throws CircuitException UNSUPPORTED, naming the instruction, for what Stim cannot say
    public static StimCircuit of(Circuit circuit) {
        return new StimTranslation(circuit).circuit();
    }

    List<StimInstruction> instructions() {
        return instructions;
    }

    public int qubitCount() {
        return size.qubits();
    }

    /// Measurements of one shot, loops carried out.
    public long measurementCount() {
        return size.measurements();
    }

    /// Detectors of one shot, loops carried out.
    public long detectorCount() {
        return size.detectors();
    }

    /// Logical observables: one more than the highest one named.
    public long observableCount() {
        return size.observables();
    }

    /// Gates, noise and measurements of one shot, loops carried out, counted by target.
    public long operationCount() {
        return size.operations();
    }

    /// The circuit as text that [#parse] reads back to the same circuit.
    public String write() {
        StringBuilder text = new StringBuilder();
        write(instructions, "", text);
        return text.toString();
    }

    private static void write(List<StimInstruction> instructions, String indent, StringBuilder text) {
        for (StimInstruction instruction : instructions) {
            text.append(indent);
            switch (instruction) {
                case StimInstruction.Repeat repeat -> {
                    text.append("REPEAT ").append(repeat.count()).append(" {\n");
                    write(repeat.body(), indent + "    ", text);
                    text.append(indent).append("}\n");
                }
                case StimInstruction.Plain plain -> write(plain, text);
            }
        }
    }

    private static void write(StimInstruction.Plain plain, StringBuilder text) {
        text.append(plain.name());
        if (!plain.tag().isEmpty()) {
            text.append('[').append(plain.tag()).append(']');
        }
        if (!plain.arguments().isEmpty()) {
            text.append('(');
            for (int i = 0; i < plain.arguments().size(); i++) {
                text.append(i == 0 ? "" : ", ").append(number(plain.arguments().get(i)));
            }
            text.append(')');
        }
        boolean glued = true;
        for (StimTarget target : plain.targets()) {
            boolean combiner = target instanceof StimTarget.Combiner;
            text.append(combiner || !glued ? "" : " ").append(target);
            glued = !combiner;
        }
        text.append('\n');
    }

    private static String number(double value) {
        // A negative zero keeps its sign, so that what is written reads back as the same.
        return value == Math.rint(value) && Math.abs(value) < 1e15 && 1 / value != Double.NEGATIVE_INFINITY
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StimCircuit that && instructions.equals(that.instructions);
    }

    @Override
    public int hashCode() {
        return instructions.hashCode();
    }

    @Override
    public String toString() {
        return write();
    }
}
