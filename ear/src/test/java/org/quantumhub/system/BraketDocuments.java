package org.quantumhub.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/// What the stub of Braket tells of its one device.
final class BraketDocuments {

    private BraketDocuments() {}

    static JsonObjectBuilder summary(String status) {
        return Json.createObjectBuilder()
                .add("deviceArn", BraketStub.GARNET)
                .add("deviceName", "Garnet")
                .add("providerName", "IQM")
                .add("deviceType", "QPU")
                .add("deviceStatus", status);
    }

    /// @param openQasm whether the client is new enough to be told of OpenQASM
    static JsonObject device(String status, boolean openQasm) {
        JsonObjectBuilder action = Json.createObjectBuilder();
        if (openQasm) {
            action.add("braket.ir.openqasm.program", JsonValue.EMPTY_JSON_OBJECT);
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
        return summary(status)
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
