package org.quantumhub.execution.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Program;

/// Many circuits, submitted as one job.
///
/// @param common what holds for all of them; its own program is not run
/// @param circuits 1 to 5,000
public record NewBundle(NewJob common, List<Part> circuits) {

    /// How many circuits a bundle has at most.
    public static final int LARGEST = 5_000;

    public NewBundle {
        circuits = List.copyOf(circuits);
    }

    /// One of the circuits.
    ///
    /// @param parameters a JSON object with values of its inputs
    public record Part(Program program, @Nullable String parameters) {}
}
