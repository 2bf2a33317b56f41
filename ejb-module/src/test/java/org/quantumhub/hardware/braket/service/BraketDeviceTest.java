package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.Technology;

/// Capabilities of devices in the forms that vendors give them, in documents written for this test.
class BraketDeviceTest {

    private static final String SQUARE = """
            {"service": {"executionWindows": [{"executionDay": "Weekdays", "windowStartHour": "11:00", "windowEndHour": "23:59:59"}],
                         "shotsRange": [1, 20000], "deviceCost": {"price": 0.00145, "unit": "shot"}, "getTaskPollIntervalMillis": 200},
             "action": {"braket.ir.openqasm.program": {}},
             "paradigm": {"qubitCount": 3, "nativeGateSet": ["cz", "prx", "measure_ff"],
               "connectivity": {"fullyConnected": false, "connectivityGraph": {"1": ["2"], "2": ["1", "3"], "3": ["2"]}}},
             "standardized": {
               "oneQubitProperties": {
                 "1": {"T1": {"value": 4e-5, "unit": "S"}, "T2": {"value": 1e-5, "unit": "S"},
                   "oneQubitFidelity": [
                     {"fidelityType": {"name": "SIMULTANEOUS_RANDOMIZED_BENCHMARKING"}, "fidelity": 0.999},
                     {"fidelityType": {"name": "READOUT_ERROR_0_TO_1"}, "fidelity": 0.01},
                     {"fidelityType": {"name": "READOUT_ERROR_1_TO_0"}, "fidelity": 0.02}]},
                 "2": {"T1": {"value": 6e-5, "unit": "S"}, "oneQubitFidelity": []}},
               "twoQubitProperties": {"2-1": {"twoQubitGateFidelity": [
                 {"gateName": "CZ", "fidelity": 0.995}, {"gateName": "Two_Qubit_Clifford", "fidelity": 0.999}]}}}}""";

    private static Learned learned(String capabilities) {
        return new BraketDevice(capabilities)
                .learned("arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet", "Garnet", "IQM", "QPU", "ONLINE", 5);
    }

    private static JsonObject calibration(Learned device) {
        try (JsonReader reader = Json.createReader(new StringReader(String.valueOf(device.calibration())))) {
            return reader.readObject();
        }
    }

    @Test
    void limits_gates_windows_pairs_and_price_are_learned() {
        Learned device = learned(SQUARE);
        assertThat(device.qubits()).isEqualTo(3);
        assertThat(device.maxShots()).isEqualTo(20_000);
        assertThat(device.gateSet()).isEqualTo("{cz,prx,measure_ff}");
        assertThat(device.connectivityMap()).isEqualTo("[[1,2],[2,3]]");
        assertThat(device.windows()).contains("WEEKDAYS", "11:00", "23:59:59");
        assertThat(device.pollIntervalMillis()).isEqualTo(200);
        assertThat(device.technology()).isEqualTo(Technology.SUPERCONDUCTING);
        assertThat(device.price()).isNotNull().satisfies(price -> {
            assertThat(price.perShot()).isEqualByComparingTo("0.00145");
            assertThat(price.taskFee()).isEqualByComparingTo("0.30");
        });
    }

    @Test
    void a_calibration_has_medians_and_the_figures_of_each_qubit_and_pair() {
        JsonObject calibration = calibration(learned(SQUARE));
        assertThat(calibration.getJsonNumber("t1Seconds").doubleValue()).isEqualTo(5e-5);
        JsonObject first = calibration.getJsonObject("qubits").getJsonObject("1");
        assertThat(first.getJsonNumber("oneQubitFidelity").doubleValue()).isEqualTo(0.999);
        assertThat(first.getJsonObject("readout").getJsonNumber("zeroForOne").doubleValue())
                .isEqualTo(0.02);
        assertThat(calibration.getJsonObject("qubits").getJsonObject("2").keySet())
                .containsExactly("t1Seconds");
        assertThat(calibration
                        .getJsonObject("pairs")
                        .getJsonObject("1-2")
                        .getJsonNumber("twoQubitFidelity")
                        .doubleValue())
                .isEqualTo(0.995);
    }

    @Test
    void a_document_inside_a_text_and_means_without_single_qubits_are_read() {
        String means = """
                {"service": {"shotsRange": [100, 5000], "deviceCost": {"price": 0.08, "unit": "shot"}},
                 "paradigm": {"qubitCount": 36, "connectivity": {"fullyConnected": true, "connectivityGraph": {}}},
                 "provider": {"fidelity": {"1Q": {"mean": 0.9998}, "2Q": {"mean": 0.99}, "spam": {"mean": 0.995}}}}""";
        Learned device = learned(Json.createValue(means).toString());
        assertThat(device.minShots()).isEqualTo(100);
        assertThat(device.connectivityMap()).isEqualTo("[]");
        JsonObject calibration = calibration(device);
        assertThat(calibration.getJsonNumber("twoQubitFidelity").doubleValue()).isEqualTo(0.99);
        assertThat(calibration).doesNotContainKey("qubits");
    }

    @Test
    void a_device_of_atoms_is_analog_and_what_is_paid_by_time_has_no_price_by_shot() {
        Learned aquila = new BraketDevice(AnalogDocuments.CAPABILITIES)
                .learned(
                        "arn:aws:braket:us-east-1::device/qpu/quera/Aquila", "Aquila", "QuEra", "QPU", "RETIRED", null);
        assertThat(aquila.paradigm()).isEqualTo(Paradigm.ANALOG);
        assertThat(aquila.status()).isEqualTo(BackendStatus.RETIRED);
        assertThat(aquila.calibration()).isNull();
        Learned simulator = new BraketDevice(
                        "{\"service\": {\"deviceCost\": {\"price\": 0.075, \"unit\": \"minute\"}}}")
                .learned(
                        "arn:aws:braket:::device/quantum-simulator/amazon/sv1",
                        "SV1",
                        "Amazon Braket",
                        "SIMULATOR",
                        "ONLINE",
                        null);
        assertThat(simulator.price()).isNull();
        assertThat(learned("{\"service\": {\"deviceCost\": {\"price\": -1, \"unit\": \"shot\"}}}")
                        .price())
                .isNull();
        assertThat(learned("{\"service\": {\"deviceCost\": {\"price\": 1e30, \"unit\": \"shot\"}}}")
                        .price())
                .isNull();
    }
}
