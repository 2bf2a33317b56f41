package org.quantumhub.system;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;
import org.quantumhub.system.BraketStub.Fault;

/// Result files of the stub of Braket, in the shapes of the vendor's schemas: one document for a program, for a set a
/// tree of them whose members are relative paths.
final class BraketAnswers {

    private static final Pattern CORRELATION = Pattern.compile("result expectation z\\(q\\[0]\\) @ z\\(q\\[1]\\)");

    private BraketAnswers() {}

    /// The files of a task, by their place below its folder.
    static Map<String, String> files(BraketTask task) {
        JsonObject action = task.action();
        return switch (action.getJsonObject("braketSchemaHeader").getString("name")) {
            case "braket.ir.ahs.program" -> Map.of("results.json", analog(task).toString());
            case "braket.ir.openqasm.program_set" -> set(task, action.getJsonArray("programs"));
            default ->
                Map.of(
                        "results.json",
                        (task.device().equals(BraketStub.SV1) ? simulated(task) : gates(task, action)).toString());
        };
    }

    /// What the simulator says that a task took, whatever it was.
    static final int SIMULATED_MILLIS = 4_500;

    /// Nothing is computed for the simulator, whose circuits are large: it found every qubit in its ground state.
    private static JsonObject simulated(BraketTask task) {
        String zeros = "0".repeat(circuit(task.source(), Map.of()).qubitCount());
        return measured(Collections.nCopies(task.order.getInt("shots"), zeros))
                .add("braketSchemaHeader", header("braket.task_result.gate_model_task_result"))
                .add("taskMetadata", metadata(task))
                .add(
                        "additionalMetadata",
                        Json.createObjectBuilder()
                                .add(
                                        "simulatorMetadata",
                                        Json.createObjectBuilder().add("executionDuration", SIMULATED_MILLIS)))
                .build();
    }

    private static Circuit circuit(String source, Map<String, Double> inputs) {
        return OpenQasm.parse(source, CircuitLimits.defaults(), inputs);
    }

    private static JsonObject gates(BraketTask task, JsonObject action) {
        Map<String, Double> inputs = new HashMap<>();
        action.getJsonObject("inputs").forEach((name, value) -> inputs.put(name, ((JsonNumber) value).doubleValue()));
        List<String> shots = shots(action.getString("source"), inputs, task.order.getInt("shots"));
        JsonObjectBuilder json = measured(shots)
                .add("braketSchemaHeader", header("braket.task_result.gate_model_task_result"))
                .add("taskMetadata", metadata(task))
                .add(
                        "additionalMetadata",
                        Json.createObjectBuilder()
                                .add("iqmMetadata", Json.createObjectBuilder().add("compiledProgram", "prx and cz")));
        Matcher asked = CORRELATION.matcher(action.getString("source"));
        if (asked.find()) {
            double mean = shots.stream()
                    .mapToInt(shot -> shot.charAt(0) == shot.charAt(1) ? 1 : -1)
                    .average()
                    .orElse(0);
            json.add(
                    "resultTypes",
                    Json.createArrayBuilder()
                            .add(Json.createObjectBuilder()
                                    .add(
                                            "type",
                                            Json.createObjectBuilder()
                                                    .add("type", "expectation")
                                                    .add("observable", Json.createArrayBuilder(List.of("z", "z")))
                                                    .add("targets", Json.createArrayBuilder(List.of(0, 1))))
                                    .add("value", mean)));
        }
        return json.build();
    }

    private static List<String> shots(String source, Map<String, Double> inputs, int count) {
        return new StateVectorSimulator()
                .run(
                        circuit(source, inputs),
                        RunOptions.shots(count).withSeed(7).withMemory(true))
                .memory();
    }

    private static JsonObjectBuilder measured(List<String> shots) {
        JsonArrayBuilder measurements = Json.createArrayBuilder();
        JsonArrayBuilder qubits = Json.createArrayBuilder();
        int width = shots.getFirst().length();
        for (int qubit = 0; qubit < width; qubit++) {
            qubits.add(qubit);
        }
        for (String shot : shots) {
            JsonArrayBuilder row = Json.createArrayBuilder();
            // column 0 is qubit 0, which our bitstrings show at the right
            for (int qubit = 0; qubit < width; qubit++) {
                row.add(shot.charAt(width - 1 - qubit) - '0');
            }
            measurements.add(row);
        }
        return Json.createObjectBuilder().add("measurements", measurements).add("measuredQubits", qubits);
    }

    private static Map<String, String> set(BraketTask task, JsonArray programs) {
        Map<String, String> files = new TreeMap<>();
        JsonArrayBuilder places = Json.createArrayBuilder();
        int executables = 0;
        for (JsonObject program : programs.getValuesAs(JsonObject.class)) {
            executables += count(program);
        }
        int shots = task.order.getInt("shots") / executables;
        for (int number = 0; number < programs.size(); number++) {
            JsonObject program = programs.getJsonObject(number);
            String folder = "programs/" + number;
            JsonArrayBuilder parts = Json.createArrayBuilder();
            for (int index = 0; index < count(program); index++) {
                String file = "executables/" + index + ".json";
                parts.add(file);
                boolean first = number == 0 && index == 0;
                if (!(first && task.fault == Fault.PART_MISSING)) {
                    files.put(
                            folder + "/" + file,
                            first && task.fault == Fault.PART_FAILED
                                    ? failure(index).toString()
                                    : executable(program, index, shots).toString());
                }
            }
            files.put(
                    folder + "/results.json",
                    Json.createObjectBuilder()
                            .add("braketSchemaHeader", header("braket.task_result.program_result"))
                            .add("executableResults", parts)
                            .add("source", "program.json")
                            .add("additionalMetadata", Json.createObjectBuilder())
                            .build()
                            .toString());
            places.add(folder + "/results.json");
        }
        files.put("metadata.json", metadata(task).build().toString());
        files.put(
                "results.json",
                Json.createObjectBuilder()
                        .add("braketSchemaHeader", header("braket.task_result.program_set_task_result"))
                        .add("programResults", places)
                        .add("taskMetadata", "metadata.json")
                        .add(
                                "s3Location",
                                Json.createArrayBuilder()
                                        .add(task.order.getString("outputS3Bucket"))
                                        .add(task.directory()))
                        .build()
                        .toString());
        return files;
    }

    private static int count(JsonObject program) {
        return program.getJsonObject("inputs").values().stream()
                .mapToInt(list -> list.asJsonArray().size())
                .findFirst()
                .orElse(1);
    }

    private static JsonObject executable(JsonObject program, int index, int shots) {
        Map<String, Double> inputs = new HashMap<>();
        program.getJsonObject("inputs")
                .forEach((name, list) ->
                        inputs.put(name, list.asJsonArray().getJsonNumber(index).doubleValue()));
        return measured(shots(program.getString("source"), inputs, shots))
                .add("braketSchemaHeader", header("braket.task_result.program_set_executable_result"))
                .add("inputsIndex", index)
                .build();
    }

    private static JsonObject failure(int index) {
        return Json.createObjectBuilder()
                .add("braketSchemaHeader", header("braket.task_result.program_set_executable_failure"))
                .add("inputsIndex", index)
                .add(
                        "failureMetadata",
                        Json.createObjectBuilder()
                                .add("failureReason", "the program is too deep")
                                .add("retryable", false)
                                .add("category", "DEVICE"))
                .build();
    }

    /// Every atom is there; they are excited by turns. Every tenth shot fails, and members change their spelling.
    private static JsonObject analog(BraketTask task) {
        int sites = task.action()
                .getJsonObject("setup")
                .getJsonObject("ahs_register")
                .getJsonArray("sites")
                .size();
        JsonArrayBuilder measurements = Json.createArrayBuilder();
        for (int shot = 0; shot < task.order.getInt("shots"); shot++) {
            JsonArrayBuilder before = Json.createArrayBuilder();
            JsonArrayBuilder after = Json.createArrayBuilder();
            for (int site = 0; site < sites; site++) {
                before.add(1);
                after.add((site + shot) % 2);
            }
            boolean snake = shot % 3 == 0;
            measurements.add(Json.createObjectBuilder()
                    .add(
                            "shotMetadata",
                            Json.createObjectBuilder().add("shotStatus", shot % 10 == 9 ? "Failure" : "Success"))
                    .add(
                            "shotResult",
                            Json.createObjectBuilder()
                                    .add(snake ? "pre_sequence" : "preSequence", before)
                                    .add(snake ? "post_sequence" : "postSequence", after)));
        }
        return Json.createObjectBuilder()
                .add("braketSchemaHeader", header("braket.task_result.analog_hamiltonian_simulation_task_result"))
                .add("measurements", measurements)
                .add("taskMetadata", metadata(task))
                .build();
    }

    private static JsonObjectBuilder header(String schema) {
        return Json.createObjectBuilder().add("name", schema).add("version", "1");
    }

    private static JsonObjectBuilder metadata(BraketTask task) {
        return Json.createObjectBuilder()
                .add("id", task.arn)
                .add("shots", task.order.getInt("shots"))
                .add("deviceId", task.device())
                .add("createdAt", "2026-11-20T10:00:00.000Z")
                .add("endedAt", "2026-11-20T10:00:02.500Z");
    }
}
