package org.quantumhub.execution.service;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.OpenTask;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.ProviderTaskRegister.Calibration;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.QuantumProvider.Part;

/// How the jobs of a task end, by what the provider found for each of their programs.
final class TaskOutcomes {

    private static final int LONGEST_REASON = 60;
    private static final int LONGEST_MESSAGE = 1_000;

    private TaskOutcomes() {}

    /// A part of a set whose answer makes no sense is asked for again, like any other answer; when it stays so, its job
    /// fails and the others do not.
    ///
    /// @param last whether it will not be asked for again
    /// @throws ProviderException BROKEN when it is to be asked for again
    static List<Outcome> of(
            OpenTask task, List<ClaimedJob> jobs, List<Part> parts, @Nullable Calibration calibration, boolean last) {
        if (parts.size() != jobs.size()) {
            throw ProviderException.broken(
                    "RESULT_INCOMPLETE", "There are " + parts.size() + " results of " + jobs.size() + " programs.");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int place = 0; place < jobs.size(); place++) {
            try {
                outcomes.add(one(task, jobs.get(place), parts.get(place), calibration));
            } catch (ProviderException broken) {
                if (!task.isSet() || !last) {
                    throw broken;
                }
                outcomes.add(failed(broken.code(), message(broken)));
            }
        }
        return outcomes;
    }

    private static Outcome one(OpenTask task, ClaimedJob job, Part part, @Nullable Calibration calibration) {
        return switch (part) {
            case Part.Found found ->
                new Outcome.Succeeded(
                        found.result().seconds(),
                        ProviderResultJson.counts(found.result(), job, task, calibration),
                        ProviderResultJson.memory(found.result(), job));
            case Part.Failed failed -> {
                if (failed.broken()) {
                    throw ProviderException.broken(failed.reason(), failed.message());
                }
                yield failed(failed.reason(), failed.message());
            }
        };
    }

    static Outcome failed(String reason, String message) {
        return new Outcome.Failed(
                0,
                reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message);
    }

    static String message(ProviderException reason) {
        return "The provider says " + reason.code() + ": " + reason.getMessage();
    }

    /// Time on the device.
    static double seconds(List<Part> parts) {
        return parts.stream()
                .mapToDouble(part ->
                        part instanceof Part.Found found ? found.result().seconds() : 0)
                .max()
                .orElse(0);
    }
}
