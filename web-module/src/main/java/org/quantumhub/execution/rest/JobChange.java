package org.quantumhub.execution.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.service.Repeating.Change;

/// What is to differ when a job is submitted again; what is missing stays as it was, the seed included.
@Schema(name = "JobChange")
public record JobChange(
        @Nullable @Size(max = 255) String name,
        @Nullable @Size(min = 1, max = 100) String backend,
        @Nullable @Min(1) Integer shots,
        @Nullable Long seed,
        @Nullable @Size(max = 20) List<@NotBlank @Size(max = 50) String> tags,
        @Nullable @Min(-100) @Max(100) Integer priority) {

    Change toChange() {
        return new Change(name, backend, shots, seed, tags, priority);
    }
}
