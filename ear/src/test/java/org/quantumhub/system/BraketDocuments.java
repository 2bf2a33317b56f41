package org.quantumhub.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Map;

/// What the stub of Braket tells of its two devices and its simulator.
final class BraketDocuments {

    private BraketDocuments() {}

    static final int MOST_EXECUTABLES = 3;

    /// The device of neutral atoms, with the limits that programs are held against.
    private static final String AQUILA = """
            {"service": {"executionWindows": [{"executionDay": "Everyday", "windowStartHour": "00:00", "windowEndHour": "23:59"}],
                         "shotsRange": [1, 1000], "deviceCost": {"price": 0.01, "unit": "shot"}, "getTaskPollIntervalMillis": 200},
             "action": {"braket.ir.ahs.program": {"actionType": "braket.ir.ahs.program", "version": ["1"]}},
             "paradigm": {"qubitCount": 256,
               "lattice": {"area": {"width": 7.5e-5, "height": 7.6e-5},
                 "geometry": {"spacingRadialMin": 4e-6, "spacingVerticalMin": 4e-6, "positionResolution": 1e-7, "numberSitesMax": 256}},
               "rydberg": {"c6Coefficient": 5.42e-24, "rydbergGlobal": {"rabiFrequencyRange": [0.0, 1.58e7],
                 "rabiFrequencySlewRateMax": 2.5e14, "detuningRange": [-1.25e8, 1.25e8], "detuningSlewRateMax": 2.5e15,
                 "phaseRange": [-99.0, 99.0], "timeDeltaMin": 5e-8, "timeMin": 0.0, "timeMax": 4e-6}}}}""";

    /// A simulator is paid by the minute: here 0.12, not what the catalogue begins with.
    private static final String SV1 = """
            {"service": {"executionWindows": [{"executionDay": "Everyday", "windowStartHour": "00:00", "windowEndHour": "23:59:59"}],
                         "shotsRange": [0, 100000], "deviceCost": {"price": 0.12, "unit": "minute"}, "getTaskPollIntervalMillis": 200},
             "action": {"braket.ir.openqasm.program": {"actionType": "braket.ir.openqasm.program", "version": ["1.0"]}},
             "paradigm": {"qubitCount": 34}}""";

    /// Environment of a hub that takes what listens there for Braket.
    static Map<String, String> settings(URI endpoint, ObjectStorage storage) {
        return Map.of(
                "HUB_PROVIDER_AMAZON_BRAKET_ENDPOINT",
                endpoint.toString(),
                "HUB_PROVIDER_AMAZON_BRAKET_S3_ENDPOINT",
                storage.endpoint().toString(),
                "HUB_PROVIDER_AMAZON_BRAKET_BUCKET",
                ObjectStorage.BUCKET,
                "HUB_PROVIDER_AMAZON_BRAKET_REGION",
                "eu-north-1",
                "HUB_PROVIDER_AMAZON_BRAKET_ACCESS_KEY_ID",
                ObjectStorage.KEY,
                "HUB_PROVIDER_AMAZON_BRAKET_SECRET_ACCESS_KEY",
                ObjectStorage.SECRET);
    }

    /// A device as `SearchDevices` tells of it.
    private static JsonObjectBuilder summary(String arn, String name, String provider, String type, String status) {
        return Json.createObjectBuilder()
                .add("deviceArn", arn)
                .add("deviceName", name)
                .add("providerName", provider)
                .add("deviceType", type)
                .add("deviceStatus", status);
    }

    static JsonObjectBuilder aquila() {
        return summary(BraketStub.AQUILA, "Aquila", "QuEra", "QPU", "ONLINE");
    }

    static JsonObject aquilaDevice(String shotPrice) {
        return aquila().add("deviceCapabilities", AQUILA.replace("\"price\": 0.01", "\"price\": " + shotPrice))
                .build();
    }

    static JsonObjectBuilder sv1() {
        return summary(BraketStub.SV1, "SV1", "Amazon Braket", "SIMULATOR", "ONLINE");
    }

    static JsonObject sv1Device() {
        return sv1().add("deviceCapabilities", SV1).build();
    }

    static JsonObjectBuilder garnet(String status) {
        return summary(BraketStub.GARNET, "Garnet", "IQM", "QPU", status);
    }

    /// @param openQasm whether the client is new enough to be told of OpenQASM
    static JsonObject device(String status, boolean openQasm) {
        JsonObjectBuilder action = Json.createObjectBuilder();
        if (openQasm) {
            action.add("braket.ir.openqasm.program", JsonValue.EMPTY_JSON_OBJECT)
                    .add(
                            "braket.ir.openqasm.program_set",
                            Json.createObjectBuilder()
                                    .add("actionType", "braket.ir.openqasm.program_set")
                                    .add("maximumExecutables", MOST_EXECUTABLES)
                                    .add("maximumTotalShots", 20000));
        }
        JsonObject capabilities = Json.createObjectBuilder()
                .add(
                        "service",
                        Json.createObjectBuilder()
                                .add(
                                        "executionWindows",
                                        Json.createArrayBuilder()
                                                .add(Json.createObjectBuilder()
                                                        .add("executionDay", "Everyday")
                                                        .add("windowStartHour", "00:00:00")
                                                        .add("windowEndHour", "23:59:59")))
                                .add(
                                        "shotsRange",
                                        Json.createArrayBuilder().add(1).add(20000))
                                .add("getTaskPollIntervalMillis", 200))
                .add("action", action)
                .add(
                        "paradigm",
                        Json.createObjectBuilder()
                                .add("qubitCount", 20)
                                .add(
                                        "nativeGateSet",
                                        Json.createArrayBuilder().add("cz").add("prx"))
                                .add(
                                        "connectivity",
                                        Json.createObjectBuilder()
                                                .add("fullyConnected", false)
                                                .add(
                                                        "connectivityGraph",
                                                        Json.createObjectBuilder()
                                                                .add(
                                                                        "1",
                                                                        Json.createArrayBuilder()
                                                                                .add("2"))
                                                                .add(
                                                                        "2",
                                                                        Json.createArrayBuilder()
                                                                                .add("1")))))
                .add(
                        "standardized",
                        Json.createObjectBuilder()
                                .add(
                                        "oneQubitProperties",
                                        Json.createObjectBuilder()
                                                .add(
                                                        "1",
                                                        Json.createObjectBuilder()
                                                                .add(
                                                                        "T1",
                                                                        Json.createObjectBuilder()
                                                                                .add("value", 4e-5)
                                                                                .add("unit", "S")))))
                .build();
        return garnet(status)
                .add("deviceCapabilities", capabilities.toString())
                .add(
                        "deviceQueueInfo",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("queue", "QUANTUM_TASKS_QUEUE")
                                        .add("queueSize", ">40")
                                        .add("queuePriority", "Normal")))
                .build();
    }
}
