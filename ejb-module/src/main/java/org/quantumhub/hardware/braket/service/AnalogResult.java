package org.quantumhub.hardware.braket.service;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;

/// The result of an analog program: for each atom whether it was there before and whether it is seen after, in either
/// of the two spellings that clients have given to the members.
final class AnalogResult {

    private AnalogResult() {}

    /// Reads a result document.
    ///
    /// @throws ProviderException BROKEN for anything that is none
    static DeviceResult of(JsonObject document) {
        String schema = BraketResult.schema(document);
        if (!schema.isEmpty() && !schema.contains("analog_hamiltonian_simulation")) {
            throw ProviderException.broken("SCHEMA_UNKNOWN", "The result is of the kind '" + schema + "'.");
        }
        try {
            return read(document);
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The result cannot be read: " + e.getMessage());
        }
    }

    private static DeviceResult read(JsonObject document) {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> memory = new ArrayList<>();
        int failed = 0;
        for (JsonValue value : BraketResult.limited(document.getJsonArray("measurements"))) {
            JsonObject shot = value.asJsonObject();
            JsonObject metadata = either(shot, "shotMetadata", "shot_metadata").asJsonObject();
            String status = metadata.getString("shotStatus", metadata.getString("shot_status", ""));
            if (status.equalsIgnoreCase("Failure")) {
                failed++;
                continue;
            }
            JsonObject result = either(shot, "shotResult", "shot_result").asJsonObject();
            String atoms = atoms(
                    either(result, "preSequence", "pre_sequence").asJsonArray(),
                    either(result, "postSequence", "post_sequence").asJsonArray());
            memory.add(atoms);
            counts.merge(atoms, 1, Integer::sum);
        }
        Map<String, Double> shares = new TreeMap<>();
        counts.forEach((atoms, count) -> shares.put(atoms, (double) count / memory.size()));
        String how = "Each atom: e is empty, g the ground state, r a Rydberg state or a lost atom; " + failed
                + " shots failed.";
        return new DeviceResult(
                counts, shares, false, memory, BraketDetails.seconds(document), how, BraketDetails.of(document));
    }

    private static String atoms(JsonArray before, JsonArray after) {
        if (before.size() != after.size() || before.size() > BraketResult.MOST_BITS) {
            throw new IllegalArgumentException("the sequences of a shot differ in length");
        }
        StringBuilder atoms = new StringBuilder(before.size());
        for (int i = 0; i < before.size(); i++) {
            boolean there = before.getInt(i) == 1;
            atoms.append(!there ? 'e' : after.getInt(i) == 1 ? 'g' : 'r');
        }
        return atoms.toString();
    }

    private static JsonValue either(JsonObject object, String camel, String snake) {
        JsonValue value = object.containsKey(camel) ? object.get(camel) : object.get(snake);
        if (value == null) {
            throw new IllegalArgumentException(camel + " is missing");
        }
        return value;
    }
}
