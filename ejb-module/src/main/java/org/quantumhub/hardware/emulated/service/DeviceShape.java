package org.quantumhub.hardware.emulated.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.quantumhub.engine.transpiler.NativeGates;
import org.quantumhub.engine.transpiler.Target;
import org.quantumhub.engine.transpiler.Topology;
import org.quantumhub.hardware.Backend;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// A device as the transpiler sees it.
///
/// @param labels what the device calls its qubits, by the transpiler's number
record DeviceShape(Target target, List<Integer> labels) {

    /// @throws HubException `BACKEND_UNAVAILABLE` when its native gates are no family that can be compiled for
    static DeviceShape of(Backend backend) {
        NativeGates family = NativeGates.of(backend.gateSet())
                .orElseThrow(() -> new HubException(
                        ProblemCode.BACKEND_UNAVAILABLE,
                        "The hub cannot compile for the gates " + backend.gateSet() + " of '" + backend.slug() + "'."));
        List<int[]> pairs = pairs(backend.connectivityMap());
        if (pairs.isEmpty()) {
            return new DeviceShape(
                    new Target(Topology.complete(backend.qubitCount()), family),
                    IntStream.range(0, backend.qubitCount()).boxed().toList());
        }
        TreeSet<Integer> labels = new TreeSet<>();
        pairs.forEach(pair -> {
            labels.add(pair[0]);
            labels.add(pair[1]);
        });
        List<Integer> ordered = List.copyOf(labels);
        List<int[]> numbered = pairs.stream()
                .map(pair -> new int[] {ordered.indexOf(pair[0]), ordered.indexOf(pair[1])})
                .toList();
        return new DeviceShape(new Target(Topology.of(ordered.size(), numbered), family), ordered);
    }

    private static List<int[]> pairs(String json) {
        List<int[]> pairs = new ArrayList<>();
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            for (JsonArray pair : reader.readArray().getValuesAs(JsonArray.class)) {
                pairs.add(new int[] {pair.getInt(0), pair.getInt(1)});
            }
        }
        return pairs;
    }

    List<Integer> labelsOf(List<Integer> qubits) {
        return qubits.stream().map(labels::get).toList();
    }
}
