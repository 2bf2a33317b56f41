package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.QuantumProvider.Part;
import org.quantumhub.hardware.service.QuantumProvider.SetLimits;
import org.quantumhub.hardware.service.Work;

/// Program sets: several programs as one task. Programs with the same source and other inputs are one entry with lists
/// of values; an executable is an entry with one value of each list.
final class BraketSets {

    static final String SCHEMA = "braket.ir.openqasm.program_set";

    /// One entry of the set: a source, the names of its inputs, and the places of the jobs that run it.
    private record Entry(BraketProgram program, List<Integer> places) {}

    private final List<Work> works;
    private final List<BraketProgram> programs;
    private final List<Entry> entries;

    BraketSets(List<Work> works) {
        this.works = works;
        this.programs = works.stream().map(BraketProgram::of).toList();
        Map<String, Entry> bySource = new LinkedHashMap<>();
        for (int place = 0; place < programs.size(); place++) {
            BraketProgram program = programs.get(place);
            // programs without inputs are one executable each, even when they are the same
            String key = program.inputs().isEmpty()
                    ? "place " + place
                    : "source " + program.inputs().keySet() + program.source();
            bySource.computeIfAbsent(key, k -> new Entry(program, new ArrayList<>()))
                    .places()
                    .add(place);
        }
        this.entries = List.copyOf(bySource.values());
    }

    /// What a device takes in one task, by its capabilities.
    static SetLimits limits(String capabilities) {
        try (JsonReader reader = Json.createReader(new StringReader(capabilities))) {
            if (reader.readObject().get("action") instanceof JsonObject actions
                    && actions.get(SCHEMA) instanceof JsonObject set
                    && set.get("maximumExecutables") instanceof JsonNumber programs
                    && programs.intValue() > 1) {
                long shots =
                        set.get("maximumTotalShots") instanceof JsonNumber most ? most.longValue() : Long.MAX_VALUE;
                return new SetLimits(programs.intValue(), shots, Long.MAX_VALUE);
            }
            return SetLimits.ALONE;
        }
    }

    /// The `action` of an order.
    String action() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (Entry entry : entries) {
            JsonObjectBuilder inputs = Json.createObjectBuilder();
            for (String name : entry.program().inputs().keySet()) {
                JsonArrayBuilder values = Json.createArrayBuilder();
                entry.places().forEach(place -> values.add(programs.get(place).input(name)));
                inputs.add(name, values);
            }
            list.add(Json.createObjectBuilder()
                    .add("braketSchemaHeader", BraketProgram.header("braket.ir.openqasm.program"))
                    .add("source", entry.program().source())
                    .add("inputs", inputs));
        }
        return Json.createObjectBuilder()
                .add("braketSchemaHeader", BraketProgram.header(SCHEMA))
                .add("programs", list)
                .build()
                .toString();
    }

    /// Shots of all programs together: the service shares them out evenly.
    long shots() {
        return works.stream().mapToLong(Work::shots).sum();
    }

    /// Reads a result document whose pointers have been followed.
    ///
    /// @throws ProviderException BROKEN when it does not belong to this set
    List<Part> read(JsonObject document) {
        if (!BraketResult.schema(document).contains("program_set")) {
            throw ProviderException.broken(
                    "SCHEMA_UNKNOWN", "The result is of the kind '" + BraketResult.schema(document) + "'.");
        }
        try {
            List<JsonObject> results = document.getJsonArray("programResults").getValuesAs(JsonObject.class);
            if (results.size() != entries.size()) {
                throw ProviderException.broken(
                        "RESULT_INCOMPLETE",
                        "There are " + results.size() + " program results of " + entries.size() + ".");
            }
            Part[] parts = new Part[works.size()];
            for (int number = 0; number < results.size(); number++) {
                executables(document, results.get(number), entries.get(number).places(), parts);
            }
            List<Part> all = new ArrayList<>();
            for (Part part : parts) {
                all.add(part == null ? new Part.Failed("RESULT_MISSING", "The set has no result of it.", true) : part);
            }
            return all;
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The result cannot be read: " + e.getMessage());
        }
    }

    private void executables(JsonObject document, JsonObject program, List<Integer> places, Part[] parts) {
        JsonArray executables = program.getJsonArray("executableResults");
        for (int i = 0; i < executables.size(); i++) {
            if (!(executables.get(i) instanceof JsonObject executable)) {
                continue;
            }
            int index = executable.get("inputsIndex") instanceof JsonNumber told ? told.intValueExact() : i;
            if (index >= 0 && index < places.size()) {
                int place = places.get(index);
                parts[place] = part(document, program, executable, place);
            }
        }
    }

    private Part part(JsonObject document, JsonObject program, JsonObject executable, int place) {
        if (executable.get("failureMetadata") instanceof JsonObject failure) {
            return new Part.Failed(
                    "PROVIDER_FAILED", failure.getString("failureReason", "The provider gives no reason."), false);
        }
        if (executable.containsKey("cancellationMetadata")) {
            return new Part.Failed("CANCELLED_BY_PROVIDER", "The provider cancelled the program.", false);
        }
        Work work = works.get(place);
        try {
            DeviceResult result = new BraketResult(programs.get(place).circuit(), work.shots(), work.seed())
                    .read(withMetadata(document, program, executable));
            return new Part.Found(result);
        } catch (ProviderException broken) {
            return new Part.Failed(broken.code(), String.valueOf(broken.getMessage()), true);
        }
    }

    /// What the set tells of itself and of the program, as a document of one program has it.
    private JsonObject withMetadata(JsonObject document, JsonObject program, JsonObject executable) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (String member : new String[] {"measurements", "measurementProbabilities", "measuredQubits"}) {
            JsonValue value = executable.get(member);
            if (value != null) {
                json.add(member, value);
            }
        }
        if (document.get("taskMetadata") instanceof JsonObject metadata) {
            json.add("taskMetadata", metadata);
        }
        if (program.get("additionalMetadata") instanceof JsonObject metadata) {
            json.add("additionalMetadata", metadata);
        }
        return json.build();
    }
}
