package org.quantumhub.hardware.ionq.service;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.service.DeviceResult;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.QuantumProvider.Part;
import org.quantumhub.hardware.service.ShotDraw;
import org.quantumhub.hardware.service.TaskState;
import org.quantumhub.hardware.service.TaskState.Phase;
import org.quantumhub.hardware.service.Work;

/// What IonQ answers about a job: how it stands, and the distribution of states that came of a circuit.
final class IonqResult {

    private IonqResult() {}

    /// @param answer shares by the decimal number of a state
    /// @param job what the list of jobs says of it
    /// @throws ProviderException BROKEN for what is no distribution of this circuit's states
    static DeviceResult of(Work work, JsonObject answer, JsonObject job, JsonObject details) {
        try {
            Map<String, Double> states = new TreeMap<>();
            answer.forEach((state, share) -> states.put(state, ((JsonNumber) share).doubleValue()));
            Map<String, Double> probabilities = new IonqProgram(work).bits(states);
            List<String> memory = ShotDraw.of(probabilities, work.shots(), work.seed());
            Map<String, Integer> counts = new TreeMap<>();
            memory.forEach(bits -> counts.merge(bits, 1, Integer::sum));
            return new DeviceResult(
                    counts,
                    probabilities,
                    false,
                    memory,
                    job.get("execution_duration_ms") instanceof JsonNumber millis ? millis.doubleValue() / 1e3 : 0,
                    "The device told probabilities alone; shots were drawn from them with the job's seed.",
                    details);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw ProviderException.broken("RESULT_MALFORMED", "The result cannot be read: " + e.getMessage());
        }
    }

    static Part part(Work work, @Nullable JsonObject circuit, JsonObject all, JsonObject details) {
        if (circuit == null) {
            return new Part.Failed("RESULT_MISSING", "The job does not list the circuit.", true);
        }
        TaskState state = state(circuit, null);
        if (state.phase() == Phase.FAILED || state.phase() == Phase.CANCELLED) {
            String reason = state.reason();
            return new Part.Failed("PROVIDER_FAILED", reason == null ? "The provider gives no reason." : reason, false);
        }
        JsonObject shares =
                all.get(circuit.getString("id", "")) instanceof JsonObject found ? found : JsonValue.EMPTY_JSON_OBJECT;
        if (shares.isEmpty()) {
            return new Part.Failed("RESULT_MISSING", "The job has no result of the circuit.", true);
        }
        try {
            return new Part.Found(of(work, shares, circuit, details));
        } catch (ProviderException broken) {
            return new Part.Failed(broken.code(), String.valueOf(broken.getMessage()), true);
        }
    }

    static TaskState state(JsonObject job, @Nullable String requestId) {
        String word = job.getString("status", "none");
        Phase phase = switch (word) {
            case "submitted", "ready" -> Phase.QUEUED;
            case "started", "running" -> Phase.RUNNING;
            case "completed" -> Phase.COMPLETED;
            case "failed" -> Phase.FAILED;
            case "canceled" -> Phase.CANCELLED;
            default -> Phase.UNHEARD;
        };
        String reason = job.get("failure") instanceof JsonObject failure
                ? failure.getString("code", "") + ": " + failure.getString("message", "")
                : null;
        return new TaskState(phase, word.length() > 60 ? word.substring(0, 60) : word, null, reason, requestId);
    }
}
