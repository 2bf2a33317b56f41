package org.quantumhub.engine.transpiler;

import static java.lang.Math.PI;

import java.util.List;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitBuilder;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.engine.circuit.Matrix;

/// Writes steps as gates of one family.
///
/// Turns of a qubit are multiplied until a gate with another qubit comes, then written as few pulses. A turn about Z
/// that is left over costs nothing: it waits as a *frame* and changes the phases of what follows (McKay and others,
/// "Efficient Z gates for quantum computing", 2017). Frames pass controlled-Z and ZZ unchanged, change places in an
/// iSWAP, and turn the axes of a Mølmer-Sørensen gate; a measurement does not see them.
final class NativeWriter {

    private static final double NOTHING = 1e-10;

    private final NativeGates family;
    private final CircuitBuilder circuit;
    private final Matrix[] pending;

    NativeWriter(NativeGates family, int qubits, int clbits) {
        this.family = family;
        this.circuit = Circuit.builder(qubits, clbits);
        this.pending = new Matrix[qubits];
        java.util.Arrays.fill(pending, Matrix.identity(2));
    }

    CircuitBuilder circuit() {
        return circuit;
    }

    void write(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Turn turn -> turn(turn.qubit(), turn.matrix());
                case Step.ControlledZ gate -> controlledZ(gate.first(), gate.second());
                case Step.Swap swap -> swap(swap.first(), swap.second());
                case Step.Measure measure -> {
                    flush(measure.qubit());
                    circuit.measure(measure.qubit(), measure.clbit());
                }
                case Step.Barrier barrier -> {
                    barrier.qubits().forEach(this::flush);
                    circuit.add(new Instruction.Barrier(barrier.qubits()));
                }
            }
        }
        for (int qubit = 0; qubit < pending.length; qubit++) {
            flush(qubit);
        }
    }

    /// The angle of the turn about Z that a qubit still owes at the end.
    double frame(int qubit) {
        Turns.Angles angles = Turns.Angles.of(pending[qubit]);
        return angles.left() + angles.right();
    }

    private void turn(int qubit, Matrix matrix) {
        pending[qubit] = matrix.times(pending[qubit]);
    }

    private void swap(int first, int second) {
        if (family == NativeGates.RX_RZ_ISWAP) {
            // iSWAP is a swap, a controlled-Z and two S gates
            flush(first);
            flush(second);
            iswap(first, second);
            turn(first, Matrix.phases(0, -PI / 2));
            turn(second, Matrix.phases(0, -PI / 2));
            controlledZ(first, second);
            return;
        }
        for (int i = 0; i < 3; i++) {
            int target = i % 2 == 0 ? second : first;
            turn(target, Turns.H);
            controlledZ(first, second);
            turn(target, Turns.H);
        }
    }

    private void controlledZ(int first, int second) {
        switch (family) {
            case PRX_CZ, RX_RZ_CZ, RX_RY_RZ_CZ -> {
                flush(first);
                flush(second);
                circuit.gate("cz", first, second);
            }
            case GPI_ZZ -> {
                flush(first);
                flush(second);
                circuit.gate("rzz", List.of(PI / 2), first, second);
                turn(first, Turns.rz(-PI / 2));
                turn(second, Turns.rz(-PI / 2));
            }
            case GPI_MS -> controlledZByMs(first, second);
            case RX_RZ_ISWAP -> controlledZByIswap(first, second);
        }
    }

    private void controlledZByMs(int first, int second) {
        turn(first, Turns.H);
        turn(second, Turns.H);
        flush(first);
        flush(second);
        circuit.gate("ms", List.of(wrap(-frame(first)), wrap(-frame(second)), PI / 2), first, second);
        turn(first, Turns.rz(-PI / 2).times(Turns.H));
        turn(second, Turns.rz(-PI / 2).times(Turns.H));
    }

    /// Two iSWAPs with a quarter turn between them leave a turn about Z and Y together.
    private void controlledZByIswap(int first, int second) {
        turn(second, Turns.rx(-PI / 2));
        flush(first);
        flush(second);
        iswap(first, second);
        turn(first, Turns.rx(PI / 2));
        flush(first);
        flush(second);
        iswap(first, second);
        turn(first, Turns.Z);
        turn(second, Turns.rx(PI / 2).times(Turns.Z));
        turn(first, Turns.rz(PI / 2));
        turn(second, Turns.rz(PI / 2));
    }

    private void iswap(int first, int second) {
        circuit.gate("iswap", first, second);
        Matrix frame = pending[first];
        pending[first] = pending[second];
        pending[second] = frame;
    }

    /// Writes what has gathered on a qubit, up to a frame.
    private void flush(int qubit) {
        Turns.Angles a = Turns.Angles.of(pending[qubit]);
        double left = a.left();
        double middle = a.middle();
        double right = a.right();
        if (middle < NOTHING) {
            pending[qubit] = Turns.rz(left + right);
            return;
        }
        switch (family) {
            case PRX_CZ -> {
                circuit.gate("prx", List.of(middle, wrap(PI / 2 - right)), qubit);
                pending[qubit] = Turns.rz(left + right);
            }
            case GPI_MS, GPI_ZZ -> pending[qubit] = Turns.rz(pulses(qubit, left, middle, right));
            case RX_RZ_CZ, RX_RZ_ISWAP -> {
                rz(qubit, right);
                circuit.gate("rx", List.of(PI / 2), qubit);
                rz(qubit, middle + PI);
                circuit.gate("rx", List.of(PI / 2), qubit);
                pending[qubit] = Turns.rz(left + PI);
            }
            case RX_RY_RZ_CZ -> {
                rz(qubit, right);
                circuit.gate("ry", List.of(middle), qubit);
                pending[qubit] = Turns.rz(left);
            }
        }
    }

    /// @return the frame that is left
    private double pulses(int qubit, double left, double middle, double right) {
        if (Math.abs(middle - PI) < NOTHING) {
            circuit.gate("gpi", List.of(wrap(PI / 2 - right)), qubit);
            return left + right;
        }
        if (Math.abs(middle - PI / 2) < NOTHING) {
            circuit.gate("gpi2", List.of(wrap(PI / 2 - right)), qubit);
            return left + right;
        }
        circuit.gate("gpi2", List.of(wrap(-right)), qubit);
        circuit.gate("gpi2", List.of(wrap(-(middle + PI + right))), qubit);
        return left + right + middle + 2 * PI;
    }

    private void rz(int qubit, double angle) {
        double wrapped = wrap(angle);
        if (Math.abs(wrapped) > NOTHING) {
            circuit.gate("rz", List.of(wrapped), qubit);
        }
    }

    /// The same angle between -pi and pi.
    private static double wrap(double angle) {
        return Math.IEEEremainder(angle, 2 * PI);
    }
}
