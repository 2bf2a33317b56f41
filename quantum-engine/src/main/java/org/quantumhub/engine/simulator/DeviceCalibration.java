package org.quantumhub.engine.simulator;

import java.util.List;

/// What was measured of a device when it was last calibrated.
///
/// @param qubits one entry for each qubit
/// @param couplings the gates on pairs of qubits
public record DeviceCalibration(List<Qubit> qubits, List<Coupling> couplings) {
    public DeviceCalibration {
        qubits = List.copyOf(qubits);
        couplings = List.copyOf(couplings);
        for (Coupling coupling : couplings) {
            if (Math.max(coupling.first(), coupling.second()) >= qubits.size()) {
                throw new IllegalArgumentException("A coupling names a qubit beyond the " + qubits.size() + " known");
            }
        }
    }

    /// One qubit. Times in seconds; `Double.POSITIVE_INFINITY` for what does not decay.
    ///
    /// @param t1 relaxation time
    /// @param t2 dephasing time, at most twice t1
    /// @param gateError mean error of a gate on this qubit alone: 1 minus the average fidelity
    /// @param gateTime its duration
    /// @param falseOne the probability that a 0 is read as 1
    /// @param falseZero the probability that a 1 is read as 0
    public record Qubit(double t1, double t2, double gateError, double gateTime, double falseOne, double falseZero) {
        public Qubit {
            if (!(t1 > 0 && t2 > 0 && t2 <= 2 * t1 && gateTime >= 0)) {
                throw new IllegalArgumentException("0 < t2 <= 2 t1 and a duration of 0 or more were expected");
            }
            error(gateError);
            error(falseOne);
            error(falseZero);
        }
    }

    /// A gate on two qubits, in either order.
    public record Coupling(int first, int second, double gateError, double gateTime) {
        public Coupling {
            if (first < 0 || second < 0 || first == second || !(gateTime >= 0)) {
                throw new IllegalArgumentException("Two different qubits and a duration of 0 or more were expected");
            }
            error(gateError);
        }
    }

    private static void error(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("An error from 0 to 1 was expected, not " + value);
        }
    }
}
