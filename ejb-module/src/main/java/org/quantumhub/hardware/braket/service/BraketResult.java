package org.quantumhub.hardware.braket.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;

/// Reads a result document of Braket, in each shape it comes in.
///
/// * `gate_model_task_result`: shots (`measurements`) or only their shares (`measurementProbabilities`, from which the
///   shots are drawn anew, as Braket's own client does), or neither and only `resultTypes`. Columns stand in the order
/// of
///   `measuredQubits`, which need not begin at 0.
/// * `analog_hamiltonian_simulation_task_result`: for each atom `e` (empty), `r` (Rydberg or lost) or `g` (ground
/// state),
///   in camel case or in snake case; shots that failed are not counted.
/// * `program_set_task_result`: one result for each program.
final class BraketResult {

    private static final int MOST_SHOTS = 1_000_000;
    private static final int MOST_BITS = 4_096;

    private final Circuit circuit;
    private final int shots;
    private final long seed;

    /// @param shots ordered, at most so many are believed
    /// @param seed for drawing shots where only shares are told
    BraketResult(Circuit circuit, int shots, long seed) {
        this.circuit = circuit;
        this.shots = shots;
        this.seed = seed;
    }

    /// @throws ProviderException BROKEN for anything that is none of the shapes
    DeviceResult read(JsonObject document) {
        try {
            String schema = schema(document);
            if (schema.contains("analog_hamiltonian_simulation")) {
                return analog(document);
            }
            if (schema.contains("gate_model_task_result") || schema.isEmpty()) {
                return gates(document);
            }
            throw ProviderException.broken("SCHEMA_UNKNOWN", "The result is of the kind '" + schema + "'.");
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The result cannot be read: " + e.getMessage());
        }
    }

    static String schema(JsonObject document) {
        JsonValue header = document.getOrDefault("braketSchemaHeader", JsonValue.NULL);
        return header instanceof JsonObject object ? object.getString("name", "") : "";
    }

    private DeviceResult gates(JsonObject document) {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Double> probabilities = new TreeMap<>();
        List<String> memory = new ArrayList<>();
        String how;
        if (isArray(document, "measurements")
                && !document.getJsonArray("measurements").isEmpty()) {
            Columns columns = columns(document);
            for (JsonValue shot : limited(document.getJsonArray("measurements"))) {
                memory.add(columns.bits(shot.asJsonArray()));
            }
            how = "Every shot was read.";
        } else if (isObject(document, "measurementProbabilities")
                && !document.getJsonObject("measurementProbabilities").isEmpty()) {
            Columns columns = columns(document);
            document.getJsonObject("measurementProbabilities")
                    .forEach((bits, share) -> probabilities.merge(columns.bits(bits), number(share), Double::sum));
            memory.addAll(drawn(probabilities));
            how = "The device told probabilities alone; shots were drawn from them with the job's seed.";
        } else if (isArray(document, "resultTypes")
                && !document.getJsonArray("resultTypes").isEmpty()) {
            how = "The task asked for values, not for shots.";
        } else {
            throw ProviderException.broken(
                    "RESULT_EMPTY", "The result has neither shots nor probabilities nor values.");
        }
        memory.forEach(bits -> counts.merge(bits, 1, Integer::sum));
        if (probabilities.isEmpty()) {
            counts.forEach((bits, count) -> probabilities.put(bits, (double) count / memory.size()));
        }
        return new DeviceResult(counts, probabilities, false, memory, seconds(document), how, details(document));
    }

    /// How a row of Braket's bits becomes a bitstring of ours.
    private record Columns(int[] bitOfColumn, int width) {

        String bits(JsonArray row) {
            char[] text = zeros();
            for (int column = 0; column < bitOfColumn.length; column++) {
                int bit = ((JsonNumber) row.get(column)).intValueExact();
                put(text, column, bit);
            }
            return new String(text);
        }

        String bits(String row) {
            if (row.length() != bitOfColumn.length) {
                throw new IllegalArgumentException("'" + row + "' has not " + bitOfColumn.length + " bits");
            }
            char[] text = zeros();
            for (int column = 0; column < bitOfColumn.length; column++) {
                put(text, column, row.charAt(column) - '0');
            }
            return new String(text);
        }

        private char[] zeros() {
            char[] text = new char[width];
            Arrays.fill(text, '0');
            return text;
        }

        private void put(char[] text, int column, int bit) {
            if (bit != 0 && bit != 1) {
                throw new IllegalArgumentException("a bit is " + bit);
            }
            if (bit == 1 && bitOfColumn[column] >= 0) {
                text[width - 1 - bitOfColumn[column]] = '1';
            }
        }
    }

    /// Column by column the qubit it shows, and from that the classical bit it was measured into.
    private Columns columns(JsonObject document) {
        int[] qubits = isArray(document, "measuredQubits")
                ? document.getJsonArray("measuredQubits").stream()
                        .mapToInt(value -> ((JsonNumber) value).intValueExact())
                        .toArray()
                : new int[0];
        if (qubits.length == 0 || qubits.length > MOST_BITS) {
            throw new IllegalArgumentException("measuredQubits are missing");
        }
        if (!circuit.measured()) {
            return new Columns(byRank(qubits), Math.max(qubits.length, circuit.qubitCount()));
        }
        int[] bits = new int[circuit.qubitCount()];
        Arrays.fill(bits, -1);
        for (Instruction instruction : circuit.instructions()) {
            if (instruction instanceof Instruction.Measure measure) {
                bits[measure.qubit()] = measure.clbit();
            }
        }
        int[] numbers = known(qubits, bits) ? qubits : byMeasured(qubits, bits);
        int[] bitOfColumn = Arrays.stream(numbers)
                .map(qubit -> qubit >= 0 && qubit < bits.length ? bits[qubit] : -1)
                .toArray();
        return new Columns(bitOfColumn, circuit.clbitCount());
    }

    /// Whether the device's numbers are the circuit's own, each of them measured.
    private static boolean known(int[] qubits, int[] bits) {
        long measured = Arrays.stream(bits).filter(bit -> bit >= 0).count();
        return Arrays.stream(qubits)
                        .filter(q -> q >= 0 && q < bits.length && bits[q] >= 0)
                        .count()
                == measured;
    }

    /// The program named physical qubits: the lowest one is the first that the circuit measures, and so on.
    private static int[] byMeasured(int[] qubits, int[] bits) {
        List<Integer> measured = new ArrayList<>();
        for (int qubit = 0; qubit < bits.length; qubit++) {
            if (bits[qubit] >= 0) {
                measured.add(qubit);
            }
        }
        return Arrays.stream(byRank(qubits))
                .map(rank -> rank < measured.size() ? measured.get(rank) : -1)
                .toArray();
    }

    private static int[] byRank(int[] qubits) {
        int[] sorted = qubits.clone();
        Arrays.sort(sorted);
        return Arrays.stream(qubits).map(q -> Arrays.binarySearch(sorted, q)).toArray();
    }

    private List<String> drawn(Map<String, Double> probabilities) {
        double total = probabilities.values().stream().mapToDouble(p -> p).sum();
        if (!(Math.abs(total - 1) < 1e-3)) {
            throw new IllegalArgumentException("the probabilities add up to " + total);
        }
        List<String> outcomes = List.copyOf(probabilities.keySet());
        double[] upTo = new double[outcomes.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += probabilities.getOrDefault(outcomes.get(i), 0.0) / total;
            upTo[i] = sum;
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<String> drawn = new ArrayList<>(shots);
        for (int shot = 0; shot < shots; shot++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble());
            drawn.add(outcomes.get(Math.min(found < 0 ? -found - 1 : found, upTo.length - 1)));
        }
        return drawn;
    }

    private DeviceResult analog(JsonObject document) {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> memory = new ArrayList<>();
        int failed = 0;
        for (JsonValue value : limited(document.getJsonArray("measurements"))) {
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
        return new DeviceResult(counts, shares, false, memory, seconds(document), how, details(document));
    }

    private static String atoms(JsonArray before, JsonArray after) {
        if (before.size() != after.size() || before.size() > MOST_BITS) {
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

    /// What the provider tells besides: the compiled program, values that were asked for, its own metadata.
    static JsonObject details(JsonObject document) {
        JsonObjectBuilder details = Json.createObjectBuilder();
        JsonObject more = isObject(document, "additionalMetadata")
                ? document.getJsonObject("additionalMetadata")
                : JsonObject.EMPTY_JSON_OBJECT;
        for (String vendor : List.of("iqmMetadata", "rigettiMetadata", "oqcMetadata", "xanaduMetadata")) {
            if (isObject(more, vendor)) {
                String compiled = more.getJsonObject(vendor).getString("compiledProgram", "");
                if (!compiled.isEmpty()) {
                    details.add("compiledProgram", compiled);
                }
            }
        }
        for (String member : List.of("ionqMetadata", "queraMetadata", "simulatorMetadata")) {
            if (isObject(more, member)) {
                details.add(member, more.getJsonObject(member));
            }
        }
        for (String member : List.of("resultTypes", "measuredQubits", "outputs")) {
            if (isArray(document, member) && !document.getJsonArray(member).isEmpty()) {
                JsonArrayBuilder values = Json.createArrayBuilder(document.getJsonArray(member));
                details.add(member, values);
            }
        }
        return details.build();
    }

    private static double seconds(JsonObject document) {
        if (!isObject(document, "taskMetadata")) {
            return 0;
        }
        JsonObject task = document.getJsonObject("taskMetadata");
        JsonObject more = isObject(document, "additionalMetadata")
                ? document.getJsonObject("additionalMetadata")
                : JsonObject.EMPTY_JSON_OBJECT;
        if (isObject(more, "simulatorMetadata")
                && more.getJsonObject("simulatorMetadata").get("executionDuration") instanceof JsonNumber millis) {
            return Math.max(0, millis.doubleValue() / 1e3);
        }
        try {
            Duration time = Duration.between(
                    Instant.parse(task.getString("createdAt", "")), Instant.parse(task.getString("endedAt", "")));
            return Math.max(0, time.toMillis() / 1e3);
        } catch (DateTimeParseException unknown) {
            return 0;
        }
    }

    private static JsonArray limited(JsonArray measurements) {
        if (measurements.size() > MOST_SHOTS) {
            throw new IllegalArgumentException(measurements.size() + " shots are more than any device makes");
        }
        return measurements;
    }

    private static double number(JsonValue value) {
        return ((JsonNumber) value).doubleValue();
    }

    private static boolean isArray(JsonObject object, String member) {
        return object.get(member) instanceof JsonArray;
    }

    private static boolean isObject(JsonObject object, String member) {
        return object.get(member) instanceof JsonObject;
    }
}
