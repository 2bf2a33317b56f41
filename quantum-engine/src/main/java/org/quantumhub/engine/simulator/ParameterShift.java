package org.quantumhub.engine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.GateInstruction;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.ParameterisedCircuit;

/// Derivatives of an expectation from expectations at shifted parameters alone, as they can be measured on a device.
///
/// An expectation is a trigonometric polynomial in each parameter. For rotations on their own its only frequency is 1,
/// and
/// two shifts by a quarter turn give the derivative; for all other gates of the table its frequencies are among 1/2, 1,
/// 3/2
/// and 2, and eight shifts do (Wierichs, Izaac, Wang, Lin, arXiv 2107.12390, equation 9).
public final class ParameterShift {
    private static final Set<String> ROTATIONS = Set.of("rx", "ry", "rz", "p", "u", "rxx", "ryy", "rzz", "rzx");
    private static final int FREQUENCIES = 4;

    private ParameterShift() {}

    /// One of the shifts that make up a derivative.
    ///
    /// @param shift what is added to the parameter
    /// @param weight what the expectation there is multiplied with
    record Term(double shift, double weight) {}

    static List<Term> terms(GateInstruction gate) {
        if (gate.controls().isEmpty() && ROTATIONS.contains(gate.gate().name())) {
            return List.of(new Term(Math.PI / 2, 0.5), new Term(-Math.PI / 2, -0.5));
        }
        List<Term> terms = new ArrayList<>();
        for (int m = 1; m <= 2 * FREQUENCIES; m++) {
            double x = (2 * m - 1) * Math.PI / (2 * FREQUENCIES);
            double sine = Math.sin(x / 2);
            // In units in which the lowest frequency is 1 the parameter is half as large.
            double weight = (m % 2 == 1 ? 1 : -1) / (4 * FREQUENCIES * sine * sine) / 2;
            terms.add(new Term(2 * x, weight));
        }
        return terms;
    }

    /// The derivatives by every parameter of every gate.
    ///
    /// @throws org.quantumhub.engine.circuit.CircuitException UNSUPPORTED when the circuit measures, resets or branches
    public static List<List<Double>> of(Circuit circuit, PauliSum observable) {
        AdjointGradient.gates(circuit);
        List<List<Double>> derivatives = new ArrayList<>();
        for (int i = 0; i < circuit.instructions().size(); i++) {
            if (!(circuit.instructions().get(i) instanceof GateInstruction gate)) {
                continue;
            }
            List<Double> own = new ArrayList<>();
            for (int p = 0; p < gate.parameters().size(); p++) {
                double sum = 0;
                for (Term term : terms(gate)) {
                    sum += term.weight()
                            * observable.expectation(StateVectorSimulator.state(shifted(circuit, i, p, term.shift())));
                }
                own.add(sum);
            }
            derivatives.add(own);
        }
        return derivatives;
    }

    /// The derivatives by the variables of a circuit, at some values of theirs.
    public static double[] of(ParameterisedCircuit circuit, double[] values, PauliSum observable) {
        return circuit.byVariable(of(circuit.bind(values), observable));
    }

    private static Circuit shifted(Circuit circuit, int place, int parameter, double shift) {
        CircuitBuilder builder = Circuit.builder(circuit.qubitCount(), 0);
        for (int i = 0; i < circuit.instructions().size(); i++) {
            Instruction instruction = circuit.instructions().get(i);
            if (i == place && instruction instanceof GateInstruction gate) {
                List<Double> parameters = new ArrayList<>(gate.parameters());
                parameters.set(parameter, parameters.get(parameter) + shift);
                instruction = new GateInstruction(gate.gate(), parameters, gate.controls(), gate.targets());
            }
            builder.add(instruction);
        }
        return builder.build();
    }
}
