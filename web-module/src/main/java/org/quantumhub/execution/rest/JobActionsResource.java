package org.quantumhub.execution.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.service.Jobs;
import org.quantumhub.execution.service.Pausing;
import org.quantumhub.execution.service.Repeating;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.shared.rest.RequestIds;

/// What can be done with a job that is there.
@Path("/jobs")
@ApplicationScoped
@RolesAllowed({Roles.CONSUMER, Roles.DEVELOPER, Roles.PROVIDER, Roles.ADMIN})
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Jobs")
public class JobActionsResource {

    @Inject
    Jobs jobs;

    @Inject
    Pausing pausing;

    @Inject
    Repeating repeating;

    @POST
    @Path("/{id}/pause")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "pauseJob",
            summary = "Keep a waiting job, or what is left of a bundle, away from the lanes")
    public JobView pause(@PathParam("id") UUID id, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        pausing.pause(caller, id);
        return JobView.of(jobs.get(caller, id));
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeJob", summary = "Let a paused job go on")
    public JobView resume(@PathParam("id") UUID id, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        pausing.resume(caller, id);
        return JobView.of(jobs.get(caller, id));
    }

    @POST
    @Path("/{id}/clone")
    @Operation(
            operationId = "cloneJob",
            summary = "Submit a job again, with other values where they are given",
            description =
                    "The new job names the old one in parentJobId, and pays by the price that is in force now. A bundle"
                            + " is submitted again with all of its circuits.")
    @APIResponse(
            responseCode = "201",
            description = "Submitted",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public CompletionStage<Response> repeat(
            @PathParam("id") UUID id,
            @Nullable @Valid JobChange body,
            @Parameter(description = "your word for this very request; sent again, it finds the job it made")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String idempotencyKey,
            @Context SecurityContext security,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        Caller caller = Door.caller(security);
        Repeating.Change change = body == null ? Repeating.Change.NONE : body.toChange();
        URI base = uri.getBaseUri();
        return repeating
                .repeat(caller, id, change, JobRequest.idempotencyKey(idempotencyKey), RequestIds.of(request))
                .thenApply(submitted -> {
                    Job job = submitted.job();
                    return Response.status(JobsResource.status(submitted))
                            .location(base.resolve("jobs/" + job.id()))
                            .entity(JobView.of(job))
                            .build();
                });
    }

    @POST
    @Path("/{id}/move")
    @Operation(
            operationId = "moveJob",
            summary = "Move a waiting job to another backend",
            description =
                    "The waiting job is CANCELLED and free, a new one with the same circuit and seed is queued on the other"
                            + " backend, at its price, in one transaction. Its schedule, its expiry and its pause go with it."
                            + " A bundle moves as a whole, as long as none of its circuits has begun.")
    @APIResponse(
            responseCode = "201",
            description = "The job on the other backend",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response move(
            @PathParam("id") UUID id,
            @NotNull @Valid JobMove body,
            @Context SecurityContext security,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        Caller caller = Door.caller(security);
        Job moved = jobs.get(caller, repeating.move(caller, id, body.backend(), RequestIds.of(request)));
        return Response.status(Response.Status.CREATED)
                .location(uri.getBaseUri().resolve("jobs/" + moved.id()))
                .entity(JobView.of(moved))
                .build();
    }
}
