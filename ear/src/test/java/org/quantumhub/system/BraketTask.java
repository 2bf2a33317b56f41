package org.quantumhub.system;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.CircuitLimits;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.StateVectorSimulator;
import org.quantumhub.system.BraketStub.Fault;

/// A task as the stub of Braket knows it: it completes when it has been asked for a few times.
final class BraketTask {

    final String arn = BraketStub.ACCOUNT + UUID.randomUUID();
    final Instant createdAt = Instant.now();
    final JsonObject order;
    final String body;
    /// Whose task it is.
    final String keyId;

    volatile int polls;
    volatile String status = "CREATED";
    volatile @Nullable Fault fault;
    volatile boolean cancelled;

    BraketTask(String keyId, JsonObject order, String body) {
        this.keyId = keyId;
        this.order = order;
        this.body = body;
    }

    String source() {
        return BraketStub.read(order.getString("action")).getString("source");
    }

    String directory() {
        return order.getString("outputS3KeyPrefix") + "/" + arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// A task is asked for a few times before it completes.
    void advance(ObjectStorage storage) {
        synchronized (this) {
            if (Set.of("COMPLETED", "FAILED", "CANCELLED").contains(status)) {
                return;
            }
            int poll = ++polls;
            int patience = fault == Fault.SLOW_QUEUE || fault == Fault.COMPLETED_AFTER_CANCEL ? 1000 : 1;
            if (cancelled) {
                if (fault == Fault.COMPLETED_AFTER_CANCEL && poll > 2) {
                    complete(storage);
                } else if (fault != Fault.COMPLETED_AFTER_CANCEL) {
                    status = status.equals("CANCELLING") ? "CANCELLED" : "CANCELLING";
                }
            } else if (poll <= patience) {
                status = "QUEUED";
            } else if (poll == patience + 1) {
                status = "RUNNING";
            } else if (poll == patience + 2 && fault == Fault.GOING_BACK) {
                status = "QUEUED";
            } else if (poll == patience + 2 && fault == Fault.UNHEARD) {
                status = "TELEPORTED";
            } else if (fault == Fault.TASK_FAILED) {
                status = "FAILED";
            } else {
                complete(storage);
            }
        }
    }

    private void complete(ObjectStorage storage) {
        String key = directory() + "/results.json";
        if (fault == Fault.RESULT_BROKEN) {
            storage.put(order.getString("outputS3Bucket"), key, "{\"measurements\": [[0, 2");
        } else if (fault != Fault.RESULT_MISSING) {
            storage.put(order.getString("outputS3Bucket"), key, result().toString());
        }
        status = "COMPLETED";
    }

    private JsonObject result() {
        int shots = order.getInt("shots");
        var circuit = OpenQasm.parse(source(), CircuitLimits.defaults());
        var run = new StateVectorSimulator()
                .run(circuit, RunOptions.shots(shots).withSeed(7).withMemory(true));
        JsonArrayBuilder measurements = Json.createArrayBuilder();
        JsonArrayBuilder qubits = Json.createArrayBuilder();
        int width = circuit.clbitCount();
        for (int qubit = 0; qubit < width; qubit++) {
            qubits.add(qubit);
        }
        for (String shot : run.memory()) {
            JsonArrayBuilder row = Json.createArrayBuilder();
            // column 0 is qubit 0, which our bitstrings show at the right
            for (int qubit = 0; qubit < width; qubit++) {
                row.add(shot.charAt(width - 1 - qubit) - '0');
            }
            measurements.add(row);
        }
        return Json.createObjectBuilder()
                .add(
                        "braketSchemaHeader",
                        Json.createObjectBuilder()
                                .add("name", "braket.task_result.gate_model_task_result")
                                .add("version", "1"))
                .add("measurements", measurements)
                .add("measuredQubits", qubits)
                .add(
                        "taskMetadata",
                        Json.createObjectBuilder()
                                .add("id", arn)
                                .add("shots", shots)
                                .add("deviceId", BraketStub.GARNET)
                                .add("createdAt", "2026-11-20T10:00:00.000Z")
                                .add("endedAt", "2026-11-20T10:00:02.500Z"))
                .add(
                        "additionalMetadata",
                        Json.createObjectBuilder()
                                .add("iqmMetadata", Json.createObjectBuilder().add("compiledProgram", "prx and cz")))
                .build();
    }
}
