package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.ClassicalRegister;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;

/// What goes wrong after which gate, and while reading out.
///
/// A channel on one qubit strikes each qubit of the gate; a channel on two strikes gates on exactly two. Rules are
/// applied in the order in which they were added.
public final class NoiseModel {
    /// No noise at all.
    public static final NoiseModel NONE = new NoiseModel(List.of(), new double[2], new double[0][]);

    /// @param gate a name of the gate table, or empty for every gate
    /// @param qubits the number of qubits the gate must have, or 0 for any
    /// @param on the qubits it must act on, in any order; empty for any
    private record Rule(String gate, int qubits, List<Integer> on, Channel channel) {
        boolean applies(String name, List<Integer> operands) {
            return (gate.isEmpty() ? qubits == operands.size() : gate.equals(name))
                    && (on.isEmpty() || on.size() == operands.size() && operands.containsAll(on));
        }
    }

    private final List<Rule> rules;
    /// The probabilities of reading 1 for 0 and 0 for 1.
    private final double[] misreading;
    /// The same for each qubit that has its own.
    private final double[][] ownMisreading;

    private NoiseModel(List<Rule> rules, double[] misreading, double[][] ownMisreading) {
        this.rules = rules;
        this.misreading = misreading;
        this.ownMisreading = ownMisreading;
    }

    /// The noise of a device: after each gate its qubits relax for as long as it takes, and what its error is larger
    /// than that explains becomes depolarization; readout as calibrated. Pairs without a coupling get the mean error of
    /// all couplings, since a simulator runs gates there that the device could not.
    public static NoiseModel of(DeviceCalibration calibration) {
        List<Rule> rules = new ArrayList<>();
        List<DeviceCalibration.Qubit> qubits = calibration.qubits();
        double[][] misreading = new double[qubits.size()][];
        for (int q = 0; q < qubits.size(); q++) {
            DeviceCalibration.Qubit qubit = qubits.get(q);
            Channel relaxation = relaxation(qubit, qubit.gateTime());
            double rest = qubit.gateError() - error(relaxation);
            rules.add(new Rule("", 1, List.of(q), relaxation));
            if (rest > 0) {
                // The average error of depolarization is 2/3 of its probability on one qubit, 4/5 on two.
                rules.add(new Rule("", 1, List.of(q), Channel.depolarizing(Math.min(1, 1.5 * rest))));
            }
            misreading[q] = new double[] {qubit.falseOne(), qubit.falseZero()};
        }
        for (DeviceCalibration.Coupling coupling : calibration.couplings()) {
            pair(calibration, coupling, rules);
        }
        uncoupled(calibration, rules);
        return new NoiseModel(List.copyOf(rules), new double[2], misreading);
    }

    private static void uncoupled(DeviceCalibration calibration, List<Rule> rules) {
        List<DeviceCalibration.Coupling> couplings = calibration.couplings();
        if (couplings.isEmpty()) {
            return;
        }
        double error = couplings.stream()
                .mapToDouble(DeviceCalibration.Coupling::gateError)
                .average()
                .orElse(0);
        double time = couplings.stream()
                .mapToDouble(DeviceCalibration.Coupling::gateTime)
                .average()
                .orElse(0);
        for (int a = 0; a < calibration.qubits().size(); a++) {
            for (int b = a + 1; b < calibration.qubits().size(); b++) {
                int first = a;
                int second = b;
                boolean coupled = couplings.stream()
                        .anyMatch(c ->
                                Math.min(c.first(), c.second()) == first && Math.max(c.first(), c.second()) == second);
                if (!coupled) {
                    pair(calibration, new DeviceCalibration.Coupling(a, b, error, time), rules);
                }
            }
        }
    }

    private static void pair(DeviceCalibration calibration, DeviceCalibration.Coupling coupling, List<Rule> rules) {
        Channel first = relaxation(calibration.qubits().get(coupling.first()), coupling.gateTime());
        Channel second = relaxation(calibration.qubits().get(coupling.second()), coupling.gateTime());
        List<Integer> on = List.of(coupling.first(), coupling.second());
        rules.add(new Rule("", 2, on, Channel.both(first, second)));
        double both = first.entanglementFidelity() * second.entanglementFidelity();
        double rest = coupling.gateError() - (1 - (4 * both + 1) / 5);
        if (rest > 0) {
            rules.add(new Rule("", 2, on, Channel.depolarizingPair(Math.min(1, 1.25 * rest))));
        }
    }

    private static Channel relaxation(DeviceCalibration.Qubit qubit, double time) {
        return Channel.thermalRelaxation(qubit.t1(), qubit.t2(), time);
    }

    /// 1 minus the average fidelity of a channel on one qubit.
    private static double error(Channel channel) {
        return 1 - (2 * channel.entanglementFidelity() + 1) / 3;
    }

    /// Noise after every gate of one name.
    public NoiseModel after(String gate, Channel channel) {
        return with(new Rule(gate.toLowerCase(Locale.ROOT), 0, List.of(), channel));
    }

    /// Noise after every gate of one name on some qubits, in any order.
    public NoiseModel after(String gate, List<Integer> qubits, Channel channel) {
        return with(new Rule(gate.toLowerCase(Locale.ROOT), 0, List.copyOf(qubits), channel));
    }

    /// Noise after every gate on so many qubits.
    public NoiseModel afterGatesOn(int qubits, Channel channel) {
        return with(new Rule("", qubits, List.of(), channel));
    }

    /// Errors of the measurement itself.
    ///
    /// @param oneForZero the probability that a 0 is read as 1
    /// @param zeroForOne the probability that a 1 is read as 0
    public NoiseModel withReadout(double oneForZero, double zeroForOne) {
        if (!(oneForZero >= 0 && oneForZero <= 1 && zeroForOne >= 0 && zeroForOne <= 1)) {
            throw new IllegalArgumentException("Probabilities from 0 to 1 were expected");
        }
        return new NoiseModel(rules, new double[] {oneForZero, zeroForOne}, ownMisreading);
    }

    private NoiseModel with(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new NoiseModel(List.copyOf(more), misreading, ownMisreading);
    }

    boolean misreads() {
        return misreading[0] + misreading[1] > 0 || Arrays.stream(ownMisreading).anyMatch(own -> own[0] + own[1] > 0);
    }

    double falseOne(int qubit) {
        return qubit < ownMisreading.length ? ownMisreading[qubit][0] : misreading[0];
    }

    double falseZero(int qubit) {
        return qubit < ownMisreading.length ? ownMisreading[qubit][1] : misreading[1];
    }

    /// The circuit with this noise behind its gates, where conditions lead too. Errors of reading are not in it.
    public Circuit applied(Circuit circuit) {
        if (rules.isEmpty()) {
            return circuit;
        }
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), circuit.clbitCount());
        for (ClassicalRegister register : circuit.registers()) {
            builder.register(register.name(), register.size());
        }
        builder.scratch(circuit.scratchCount());
        circuit.requests().forEach(builder::request);
        circuit.resultRequests().forEach(builder::request);
        applied(circuit.instructions()).forEach(builder::add);
        return builder.build();
    }

    private List<Instruction> applied(List<Instruction> instructions) {
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : instructions) {
            switch (instruction) {
                case GateInstruction gate -> {
                    result.add(gate);
                    result.addAll(after(gate));
                }
                case Instruction.Conditional conditional ->
                    result.add(new Instruction.Conditional(
                            conditional.condition(), applied(conditional.then()), applied(conditional.otherwise())));
                case Instruction.Loop loop -> result.add(new Instruction.Loop(loop.condition(), applied(loop.body())));
                default -> result.add(instruction);
            }
        }
        return result;
    }

    private List<Instruction> after(GateInstruction gate) {
        List<Instruction> strikes = new ArrayList<>();
        List<Integer> qubits = gate.qubits();
        String name = gate.named().gate().name();
        for (Rule rule : rules) {
            if (!rule.applies(name, qubits)) {
                continue;
            }
            if (rule.channel().qubits() == 1) {
                qubits.forEach(qubit -> strikes.add(new Instruction.Noise(rule.channel(), List.of(qubit))));
            } else if (qubits.size() == 2) {
                strikes.add(new Instruction.Noise(rule.channel(), rule.on().isEmpty() ? qubits : rule.on()));
            }
        }
        return strikes;
    }
}
