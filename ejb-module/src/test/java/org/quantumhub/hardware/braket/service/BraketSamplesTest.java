package org.quantumhub.hardware.braket.service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.service.DeviceResult;

/// Reads every document in a folder of real ones: results (`*-results*.json`) and capabilities (`*-capabilities.json`).
/// Runs where `hub.samples.braket` names the folder; what the repository needs of their shapes is in the other tests.
@EnabledIfSystemProperty(named = "hub.samples.braket", matches = ".+")
class BraketSamplesTest {

    @TestFactory
    List<DynamicTest> every_document_is_read() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("hub.samples.braket", "")))) {
            List<DynamicTest> tests = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> read(file)))
                    .toList();
            assertThat(tests).isNotEmpty();
            return tests;
        }
    }

    private static void read(Path file) throws IOException {
        String text = Files.readString(file);
        if (String.valueOf(file.getFileName()).contains("capabilities")) {
            capabilities(text);
        } else {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                result(reader.readObject());
            }
        }
    }

    private static void capabilities(String text) {
        Learned device = new BraketDevice(text)
                .learned("arn:aws:braket:eu-north-1::device/qpu/some/device", "device", "IQM", "QPU", "ONLINE", 0);
        assertThat(device.qubits()).isPositive();
        assertThat(device.maxShots()).isGreaterThanOrEqualTo(device.minShots());
        assertThat(device.windows()).isNotNull();
        BraketSets.limits(text);
        new AnalogLimits(text).check(org.quantumhub.hardware.service.AnalogProgram.read(AnalogDocuments.PROGRAM));
    }

    private static void result(JsonObject document) {
        int shots = document.getJsonObject("taskMetadata").getInt("shots");
        if (BraketResult.schema(document).contains("analog")) {
            DeviceResult result = AnalogResult.of(document);
            assertThat(result.memory())
                    .hasSize(document.getJsonArray("measurements").size());
            assertThat(result.counts().keySet()).allMatch(atoms -> atoms.matches("[gre]+"));
            return;
        }
        DeviceResult result = new BraketResult(circuit(document), shots, 7).read(document);
        int counted = result.counts().values().stream().mapToInt(count -> count).sum();
        assertThat(counted).isEqualTo(shots);
        assertThat(result.seconds()).isPositive();
        int asked = document.containsKey("resultTypes")
                ? document.getJsonArray("resultTypes").size()
                : 0;
        assertThat(result.values()).hasSize(asked);
        assertThat(counted > 0 || asked > 0).isTrue();
    }

    /// The program that was run, with the values it was given.
    private static Circuit circuit(JsonObject document) {
        JsonObject action = document.getJsonObject("additionalMetadata").getJsonObject("action");
        if (!action.getString("source", "").startsWith("OPENQASM")) {
            // an older form of programs, or none: the qubits that were measured are all that is known
            return Circuit.builder(document.getJsonArray("measuredQubits").size(), 0)
                    .build();
        }
        Map<String, Double> inputs = new HashMap<>();
        if (action.get("inputs") instanceof JsonObject values) {
            values.forEach((name, value) -> inputs.put(name, ((JsonNumber) value).doubleValue()));
        }
        return OpenQasm.parse(action.getString("source"), CircuitLimits.defaults(), inputs);
    }
}
