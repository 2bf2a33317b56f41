package org.quantumhub.hardware.braket.service;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.Instruction;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ShotDraw;

/// Reads a result document of Braket, in each shape it comes in.
///
/// * `gate_model_task_result`: shots (`measurements`) or only their shares (`measurementProbabilities`, from which the
///   shots are drawn anew, as Braket's own client does), or neither and only `resultTypes`. Columns stand in the order
/// of
///   `measuredQubits`, which need not begin at 0.
/// * `analog_hamiltonian_simulation_task_result`: for each atom `e` (empty), `r` (Rydberg or lost) or `g` (ground
/// state),
///   in camel case or in snake case; shots that failed are not counted.
///
/// A `program_set_task_result` is read by [BraketSets].
final class BraketResult {

    static final int MOST_SHOTS = 1_000_000;
    static final int MOST_BITS = 4_096;

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
                return AnalogResult.of(document);
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
            memory.addAll(ShotDraw.of(probabilities, shots, seed));
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
        return new DeviceResult(
                counts,
                probabilities,
                false,
                memory,
                BraketDetails.seconds(document),
                how,
                BraketDetails.of(document),
                BraketValues.of(document));
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
            // what is measured for the sake of a later step has no place in the result
            if (instruction instanceof Instruction.Measure measure && measure.clbit() < circuit.clbitCount()) {
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

    static JsonArray limited(JsonArray measurements) {
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
