package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.billing.PriceComponents;
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
    void a_device_of_atoms_is_analog() {
        Learned aquila = new BraketDevice(AnalogDocuments.CAPABILITIES)
                .learned(
                        "arn:aws:braket:us-east-1::device/qpu/quera/Aquila", "Aquila", "QuEra", "QPU", "RETIRED", null);
        assertThat(aquila.paradigm()).isEqualTo(Paradigm.ANALOG);
        assertThat(aquila.status()).isEqualTo(BackendStatus.RETIRED);
        assertThat(aquila.calibration()).isNull();
    }

    /// Amazon's price list: by the minute, counted in milliseconds, three seconds at least.
    @ParameterizedTest
    @CsvSource({"0.075, 0.00125, 0.00375", "0.275, 0.00458333333333, 0.01375", "0, 0, 0"})
    void a_simulator_is_paid_by_time(String perMinute, BigDecimal perSecond, BigDecimal least) {
        PriceComponents price = simulatorAsks(perMinute, "minute").price();
        assertThat(price).isNotNull().satisfies(found -> {
            assertThat(found.perSecond()).isEqualByComparingTo(perSecond);
            assertThat(found.minimumCost()).isEqualByComparingTo(least);
            assertThat(found.perShot()).isZero();
            assertThat(found.taskFee()).isZero();
        });
    }

    /// Amounts that nobody asks for, units that are not known, and those that the other kind of device is paid by.
    @ParameterizedTest
    @CsvSource({"-1, shot", "1e30, shot", "0.01, minute", "0.01, furlong"})
    void what_a_device_cannot_cost_is_no_price(String amount, String unit) {
        assertThat(learned(asks(amount, unit)).price()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-1, minute", "1e30, minute", "0.01, shot", "0.01, fortnight"})
    void what_a_simulator_cannot_cost_is_no_price(String amount, String unit) {
        assertThat(simulatorAsks(amount, unit).price()).isNull();
    }

    private static Learned simulatorAsks(String amount, String unit) {
        return new BraketDevice(asks(amount, unit))
                .learned(
                        "arn:aws:braket:::device/quantum-simulator/amazon/sv1",
                        "SV1",
                        "Amazon Braket",
                        "SIMULATOR",
                        "ONLINE",
                        null);
    }

    private static String asks(String amount, String unit) {
        return "{\"service\": {\"deviceCost\": {\"price\": " + amount + ", \"unit\": \"" + unit + "\"}}}";
    }
}
