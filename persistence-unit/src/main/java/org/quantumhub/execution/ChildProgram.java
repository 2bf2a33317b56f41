package org.quantumhub.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one circuit of a bundle is run with.
///
/// @param parameters a JSON object with the values of the circuit's inputs
public record ChildProgram(Program program, @Nullable String parameters) {

    static ChildProgram of(
            ProgramFormat format, @Nullable String program, @Nullable String circuitData, String parameters) {
        String text = program != null ? program : Objects.requireNonNull(circuitData, "a child has a circuit");
        return new ChildProgram(new Program(format, text), parameters.equals("{}") ? null : parameters);
    }
}
