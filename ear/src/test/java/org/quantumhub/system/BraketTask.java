package org.quantumhub.system;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.system.BraketStub.Fault;

/// A task as the stub of Braket knows it: it completes when it has been asked for a few times.
final class BraketTask {

    final Instant createdAt = Instant.now();
    final String arn;
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
        // a task lies in the region of its device; a simulator has none of its own
        String region = order.getString("deviceArn").split(":", -1)[3];
        this.arn = "arn:aws:braket:" + (region.isEmpty() ? "eu-north-1" : region) + ":123456789012:quantum-task/"
                + UUID.randomUUID();
        this.body = body;
    }

    JsonObject action() {
        return BraketStub.read(order.getString("action"));
    }

    String source() {
        return action().getString("source");
    }

    String device() {
        return order.getString("deviceArn");
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
            String bucket = order.getString("outputS3Bucket");
            BraketAnswers.files(this).forEach((file, text) -> storage.put(bucket, directory() + "/" + file, text));
        }
        status = "COMPLETED";
    }
}
