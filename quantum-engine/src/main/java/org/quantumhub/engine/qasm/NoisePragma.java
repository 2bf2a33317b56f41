package org.quantumhub.engine.qasm;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import org.quantumhub.engine.circuit.Channel;
import org.quantumhub.engine.circuit.CircuitProblem;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// Braket's noise pragmas, such as `noise depolarizing(0.1) q[0]` and `noise kraus([[...]], [[...]]) q[0]`.
///
/// The first qubit of a pair is Braket's most significant bit; for the named channels on two qubits it makes no
/// difference.
final class NoisePragma {
    private NoisePragma() {}

    /// A channel by its name and parameters.
    static Channel named(Token at, String name, List<Double> parameters) {
        int expected = switch (name) {
            case "pauli_channel" -> 3;
            case "generalized_amplitude_damping" -> 2;
            case "bit_flip",
                    "phase_flip",
                    "depolarizing",
                    "amplitude_damping",
                    "phase_damping",
                    "two_qubit_depolarizing",
                    "two_qubit_dephasing" -> 1;
            default -> throw at.problem(CircuitProblem.UNKNOWN_NAME, "There is no noise called '" + name + "'.");
        };
        if (parameters.size() != expected) {
            throw at.problem(
                    CircuitProblem.WRONG_PARAMETERS,
                    "The noise '" + name + "' takes " + expected + " parameters, but " + parameters.size()
                            + " were given.");
        }
        double p = parameters.getFirst();
        try {
            return switch (name) {
                case "bit_flip" -> Channel.bitFlip(p);
                case "phase_flip" -> Channel.phaseFlip(p);
                case "depolarizing" -> Channel.depolarizing(p);
                case "amplitude_damping" -> Channel.amplitudeDamping(p);
                case "phase_damping" -> Channel.phaseDamping(p);
                case "two_qubit_depolarizing" -> Channel.depolarizingPair(p);
                case "two_qubit_dephasing" -> Channel.dephasingPair(p);
                case "pauli_channel" -> Channel.pauli(p, parameters.get(1), parameters.get(2));
                default -> Channel.generalizedAmplitudeDamping(p, parameters.get(1));
            };
        } catch (IllegalArgumentException e) {
            throw at.problem(CircuitProblem.INVALID_VALUE, "The noise '" + name + "' cannot be: " + e.getMessage());
        }
    }

    /// A channel by its operators.
    static Channel kraus(Token at, List<Matrix> operators) {
        try {
            return Channel.of(operators);
        } catch (IllegalArgumentException e) {
            throw at.problem(CircuitProblem.INVALID_VALUE, e.getMessage() + ".");
        }
    }

    /// The pragma that makes the same noise.
    static String text(Instruction.Noise noise, IntFunction<String> name) {
        Channel channel = noise.channel();
        StringBuilder text = new StringBuilder("#pragma braket noise ").append(channel.name());
        StringJoiner arguments = new StringJoiner(", ", "(", ")");
        if (channel.name().equals("kraus")) {
            channel.kraus().forEach(operator -> arguments.add(matrix(operator)));
        } else {
            channel.parameters().forEach(parameter -> arguments.add(parameter.toString()));
        }
        StringJoiner qubits = new StringJoiner(", ", " ", "");
        for (int qubit : new ArrayList<>(noise.qubits()).reversed()) {
            qubits.add(name.apply(qubit));
        }
        return text.append(arguments).append(qubits).toString();
    }

    /// `[[a+bim, ...], ...]`, as the unitary pragma has it too.
    static String matrix(Matrix matrix) {
        StringJoiner rows = new StringJoiner(", ", "[", "]");
        for (int row = 0; row < matrix.dimension(); row++) {
            StringJoiner cells = new StringJoiner(", ", "[", "]");
            for (int column = 0; column < matrix.dimension(); column++) {
                double im = matrix.im(row, column);
                cells.add(matrix.re(row, column) + (im < 0 || 1 / im < 0 ? "-" : "+") + Math.abs(im) + "im");
            }
            rows.add(cells.toString());
        }
        return rows.toString();
    }
}
