package org.quantumhub.execution.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ProviderTask;
import org.quantumhub.execution.service.ProviderTasks;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// What was ordered at a provider for a job.
@Path("/jobs/{id}/provider-task")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Jobs")
public class ProviderTaskResource {

    @Inject
    ProviderTasks tasks;

    @Schema(name = "ProviderTask")
    public record ProviderTaskView(
            UUID jobId,
            String provider,
            String backend,

            @Schema(description = "INTENT: written down; OPEN: the provider has it; SETTLED: the job has ended")
            String state,

            @Schema(
                    description =
                            "whether it was ordered with the team's own credentials, and the provider bills the team")
            boolean ownAccount,

            @Schema(description = "what makes the order recognisable at the provider")
            String token,

            @Schema(description = "the provider's own id of it") @Nullable
            String providerTaskId,

            @Schema(description = "the provider's own word for how it stands") @Nullable
            String providerStatus,

            @Nullable String queuePosition,

            @Schema(description = "how often the provider was asked how it stands")
            int polls,

            @Nullable UUID calibrationId,
            Instant createdAt,
            @Nullable Instant submittedAt,
            @Nullable Instant lastPolledAt,
            @Nullable Instant cancelSentAt,
            @Nullable Instant endedAt) {

        static ProviderTaskView of(ProviderTask task) {
            return new ProviderTaskView(
                    task.jobId(),
                    task.providerSlug(),
                    task.backendSlug(),
                    task.state().name(),
                    task.ownAccount(),
                    task.token(),
                    task.providerTaskId(),
                    task.providerStatus(),
                    task.queuePosition(),
                    task.polls(),
                    task.calibrationId(),
                    task.createdAt(),
                    task.submittedAt(),
                    task.lastPolledAt(),
                    task.cancelSentAt(),
                    task.endedAt());
        }
    }

    @GET
    @Operation(
            operationId = "getProviderTask",
            summary = "What was ordered at a provider for a job, and how it stands there")
    public ProviderTaskView get(@PathParam("id") UUID id, @Context SecurityContext security) {
        return ProviderTaskView.of(tasks.ofJob(Door.caller(security), id));
    }
}
