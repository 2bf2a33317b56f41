package org.quantumhub.hardware.emulated.service;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.quantumhub.engine.simulator.DeviceCalibration;
import org.quantumhub.engine.simulator.DeviceCalibration.Coupling;
import org.quantumhub.engine.simulator.DeviceCalibration.Qubit;

/// What a calibration says of the qubits that a circuit uses. A qubit has its own figures where `qubits` names it by
/// the
/// device's number, and a pair where `pairs` does (`"3-8"`, the lower number first); what is not measured of it is as
/// the
/// figures of the whole device say, and what those do not tell is taken for perfect.
final class QubitFigures {

    private final DeviceCalibration calibration;

    private QubitFigures(DeviceCalibration calibration) {
        this.calibration = calibration;
    }

    /// @param document JSON object of a calibration
    /// @param labels the device's number of each qubit of the circuit
    static QubitFigures of(String document, List<Integer> labels) {
        try (JsonReader reader = Json.createReader(new StringReader(document))) {
            JsonObject device = reader.readObject();
            JsonObject own = object(device, "qubits");
            List<Qubit> qubits = labels.stream()
                    .map(label -> qubit(device, object(own, String.valueOf(label))))
                    .toList();
            List<Coupling> couplings = new ArrayList<>();
            for (int first = 0; first < labels.size(); first++) {
                for (int second = first + 1; second < labels.size(); second++) {
                    couplings.add(coupling(device, labels, first, second));
                }
            }
            return new QubitFigures(new DeviceCalibration(qubits, couplings));
        }
    }

    private static Qubit qubit(JsonObject device, JsonObject own) {
        double t1 = positive(own, device, "t1Seconds");
        // more than twice T1 is not possible, whatever a measurement says
        double t2 = Math.min(positive(own, device, "t2Seconds"), 2 * t1);
        JsonObject readout = object(own, "readout");
        JsonObject usual = object(device, "readout");
        return new Qubit(
                t1,
                t2,
                error(own, device, "oneQubitFidelity"),
                Math.max(0, number(own, device, "oneQubitGateSeconds", 0)),
                share(number(readout, usual, "oneForZero", 0)),
                share(number(readout, usual, "zeroForOne", 0)));
    }

    private static Coupling coupling(JsonObject device, List<Integer> labels, int first, int second) {
        int low = Math.min(labels.get(first), labels.get(second));
        int high = Math.max(labels.get(first), labels.get(second));
        JsonObject own = object(object(device, "pairs"), low + "-" + high);
        return new Coupling(
                first,
                second,
                error(own, device, "twoQubitFidelity"),
                Math.max(0, number(own, device, "twoQubitGateSeconds", 0)));
    }

    private static double positive(JsonObject own, JsonObject device, String name) {
        double value = number(own, device, name, Double.POSITIVE_INFINITY);
        return value > 0 ? value : Double.POSITIVE_INFINITY;
    }

    private static double error(JsonObject own, JsonObject device, String name) {
        return share(1 - number(own, device, name, 1));
    }

    private static double share(double value) {
        return Math.clamp(value, 0, 1);
    }

    private static double number(JsonObject own, JsonObject device, String name, double otherwise) {
        if (own.get(name) instanceof JsonNumber number) {
            return number.doubleValue();
        }
        return device.get(name) instanceof JsonNumber number ? number.doubleValue() : otherwise;
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    DeviceCalibration calibration() {
        return calibration;
    }

    /// The probability that a gate on these qubits is followed by one of the Pauli errors. The average fidelity of a
    /// gate
    /// with a depolarizing error p is 1 - 2p/3 on one qubit, and 1 - 4p/5 on two.
    double strike(List<Integer> qubits) {
        if (qubits.size() == 1) {
            return share(1.5 * calibration.qubits().get(qubits.getFirst()).gateError());
        }
        int low = Math.min(qubits.get(0), qubits.get(1));
        int high = Math.max(qubits.get(0), qubits.get(1));
        for (Coupling coupling : calibration.couplings()) {
            if (coupling.first() == low && coupling.second() == high) {
                return share(1.25 * coupling.gateError());
            }
        }
        return 0;
    }

    /// The probability that a 0 is read as 1.
    double falseOne(int qubit) {
        return calibration.qubits().get(qubit).falseOne();
    }

    /// The probability that a 1 is read as 0.
    double falseZero(int qubit) {
        return calibration.qubits().get(qubit).falseZero();
    }
}
