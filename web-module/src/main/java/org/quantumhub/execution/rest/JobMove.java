package org.quantumhub.execution.rest;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Where a waiting job is to go.
@Schema(name = "JobMove")
public record JobMove(@NotNull @NotBlank @Size(max = 100) String backend) {}
