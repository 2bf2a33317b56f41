package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quantumhub.engine.circuit.GateInstruction;

/// What goes wrong after which gate, and while reading out.
///
/// A channel on one qubit strikes each qubit of the gate; a channel on two strikes gates on exactly two. Rules are
/// applied in the order in which they were added.
public final class NoiseModel {
    /// No noise at all.
    public static final NoiseModel NONE = new NoiseModel(List.of(), 0, 0);

    /// @param gate a name of the gate table, or empty for every gate
    /// @param qubits the number of qubits the gate must have, or 0 for any
    private record Rule(String gate, int qubits, Channel channel) {}

    private final List<Rule> rules;
    private final double falseOne;
    private final double falseZero;

    private NoiseModel(List<Rule> rules, double falseOne, double falseZero) {
        this.rules = rules;
        this.falseOne = falseOne;
        this.falseZero = falseZero;
    }

    /// Noise after every gate of one name.
    public NoiseModel after(String gate, Channel channel) {
        return with(new Rule(gate.toLowerCase(Locale.ROOT), 0, channel));
    }

    /// Noise after every gate on so many qubits.
    public NoiseModel afterGatesOn(int qubits, Channel channel) {
        return with(new Rule("", qubits, channel));
    }

    /// Errors of the measurement itself.
    ///
    /// @param oneForZero the probability that a 0 is read as 1
    /// @param zeroForOne the probability that a 1 is read as 0
    public NoiseModel withReadout(double oneForZero, double zeroForOne) {
        if (!(oneForZero >= 0 && oneForZero <= 1 && zeroForOne >= 0 && zeroForOne <= 1)) {
            throw new IllegalArgumentException("Probabilities from 0 to 1 were expected");
        }
        return new NoiseModel(rules, oneForZero, zeroForOne);
    }

    private NoiseModel with(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new NoiseModel(List.copyOf(more), falseOne, falseZero);
    }

    double falseOne() {
        return falseOne;
    }

    double falseZero() {
        return falseZero;
    }

    /// A channel and the qubits it strikes.
    record Strike(Channel channel, List<Integer> qubits) {}

    List<Strike> after(GateInstruction gate) {
        List<Strike> strikes = new ArrayList<>();
        List<Integer> qubits = gate.qubits();
        String name = gate.named().gate().name();
        for (Rule rule : rules) {
            boolean applies = rule.gate().isEmpty()
                    ? rule.qubits() == qubits.size()
                    : rule.gate().equals(name);
            if (applies && rule.channel().qubits() == 1) {
                qubits.forEach(qubit -> strikes.add(new Strike(rule.channel(), List.of(qubit))));
            } else if (applies && qubits.size() == 2) {
                strikes.add(new Strike(rule.channel(), qubits));
            }
        }
        return strikes;
    }
}
