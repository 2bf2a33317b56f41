package org.quantumhub.execution.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobFilter;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.ProgramFormat;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.BundleSubmission;
import org.quantumhub.execution.service.Cancelling;
import org.quantumhub.execution.service.Estimates;
import org.quantumhub.execution.service.JobWaits;
import org.quantumhub.execution.service.Jobs;
import org.quantumhub.execution.service.Submission;
import org.quantumhub.execution.service.Submission.Submitted;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.shared.rest.RequestIds;

/// Jobs of the team that a request acts for.
@Path("/jobs")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Jobs")
public class JobsResource {

    private static final int LONGEST_WAIT = 60;

    @Inject
    Submission submission;

    @Inject
    BundleSubmission bundles;

    @Inject
    Estimates estimates;

    @Inject
    Jobs jobs;

    @Inject
    JobWaits waits;

    @Inject
    Cancelling cancelling;

    @POST
    @RolesAllowed({Roles.CONSUMER, Roles.DEVELOPER, Roles.PROVIDER, Roles.ADMIN})
    @Operation(
            operationId = "submitJob",
            summary = "Submit a circuit",
            description = "The job is on disk, and the money for it set aside, before the answer leaves.")
    @APIResponse(
            responseCode = "201",
            description = "Accepted; a BLOCKING job has ended",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The job that an earlier request with this Idempotency-Key made",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "202",
            description = "A BLOCKING job that has not ended in time; Location tells where to ask again",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public CompletionStage<Response> submit(
            @NotNull @Valid JobRequest body,
            @Parameter(description = "true to be told what would happen, and nothing else: answers like /jobs/estimate")
                    @QueryParam("dryRun")
                    boolean dryRun,
            @Parameter(description = "your word for this very request; sent again, it finds the job it made")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String idempotencyKey,
            @Context SecurityContext security,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        Caller caller = Door.caller(security);
        if (dryRun) {
            return CompletableFuture.completedStage(
                    Response.ok(estimate(body, security)).build());
        }
        URI here = uri.getAbsolutePath();
        String id = RequestIds.of(request);
        CompletionStage<Submitted> accepted = body.isBundle()
                ? bundles.submit(body.toNewBundle(idempotencyKey, id), caller)
                : submission.submit(body.toNewJob(idempotencyKey, id), caller);
        return accepted.thenApply(submitted -> {
            Job job = submitted.job();
            return Response.status(status(submitted))
                    .location(URI.create(here + "/" + job.id()))
                    .entity(JobView.of(job))
                    .build();
        });
    }

    @POST
    @Path("/estimate")
    @Operation(
            operationId = "estimateJob",
            summary = "What a submission would cost, how long it would take, and what it would be refused for",
            description = "Takes the body of a submission. Touches no queue and no money.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EstimateView.class)))
    public EstimateView estimate(@NotNull @Valid JobRequest body, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return EstimateView.of(
                body.isBundle()
                        ? estimates.of(body.toNewBundle(null, ""), caller)
                        : estimates.of(body.toNewJob(null, ""), caller));
    }

    static Response.Status status(Submitted submitted) {
        Job job = submitted.job();
        if (job.runMode() == RunMode.BLOCKING && !job.status().isFinal()) {
            return Response.Status.ACCEPTED;
        }
        return submitted.repeated() ? Response.Status.OK : Response.Status.CREATED;
    }

    @GET
    @Operation(operationId = "listJobs", summary = "Jobs, newest first")
    public PageView<JobView> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("backend") @Nullable String backend,
            @QueryParam("tag") @Nullable String tag,
            @Parameter(description = "RFC 3339, inclusive") @QueryParam("createdFrom") @Nullable String createdFrom,
            @Parameter(description = "RFC 3339, exclusive") @QueryParam("createdTo") @Nullable String createdTo,
            @Parameter(
                            description =
                                    "children of this bundle, or repetitions of this job; children are in no other list")
                    @QueryParam("parent")
                    @Nullable
                    String parent,
            @Parameter(description = "what they are done for") @QueryParam("project") @Nullable String project,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        JobFilter filter = new JobFilter(
                status(status),
                backend,
                tag,
                time("createdFrom", createdFrom),
                time("createdTo", createdTo),
                PageView.cursor(after),
                id("parent", parent),
                id("project", project),
                PageView.size(limit));
        return PageView.of(jobs.list(Door.caller(security), filter), JobView::of);
    }

    private static @Nullable JobStatus status(@Nullable String word) {
        return word == null
                ? null
                : JobStatus.read(word)
                        .orElseThrow(() ->
                                invalid("status", "'status' must be one of " + List.of(JobStatus.values()) + "."));
    }

    private static @Nullable Instant time(String parameter, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(parameter, "'" + parameter + "' must be a time such as 2026-11-20T08:00:00Z.");
        }
    }

    private static @Nullable UUID id(String parameter, @Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw invalid(parameter, "'" + parameter + "' must be the id of a job.");
        }
    }

    static HubException invalid(String parameter, String message) {
        return new HubException(ProblemCode.INVALID_PARAMETER, message).with("parameter", parameter);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getJob", summary = "A job, with ?wait= as soon as it has ended")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = JobView.class)))
    public CompletionStage<Response> get(
            @PathParam("id") UUID id,
            @Parameter(description = "seconds to wait for the job's end, at most 60") @QueryParam("wait") @Nullable
                    Integer wait,
            @Context SecurityContext security) {
        if (wait != null && (wait < 0 || wait > LONGEST_WAIT)) {
            throw invalid("wait", "'wait' must lie between 0 and " + LONGEST_WAIT + " seconds.");
        }
        return waits.await(Door.caller(security), id, wait == null ? 0 : wait)
                .thenApply(job -> Response.ok(JobView.of(job)).build());
    }

    @GET
    @Path("/{id}/result")
    @Operation(operationId = "getJobResult", summary = "The result of a completed job")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ResultView.class)))
    public Response result(
            @PathParam("id") UUID id,
            @Parameter(description = "true for the shots one by one, if the job was submitted to keep them")
                    @QueryParam("memory")
                    boolean memory,
            @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        Jobs.WithResult result = jobs.result(caller, id);
        return Response.ok(ResultView.json(
                        result.job(), result.result(), result.data(), memory ? jobs.memory(caller, id) : null))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    @GET
    @Path("/{id}/circuit")
    @Produces({MediaType.APPLICATION_JSON, "text/plain", Problem.MEDIA_TYPE})
    @Operation(operationId = "getJobCircuit", summary = "The circuit as it was submitted, circuit JSON or OpenQASM")
    @APIResponse(
            responseCode = "200",
            description = "In the form in which it was submitted",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING))
            })
    public Response circuit(@PathParam("id") UUID id, @Context SecurityContext security) {
        Program program = jobs.program(Door.caller(security), id);
        boolean json = program.format() == ProgramFormat.CIRCUIT_JSON || program.format() == ProgramFormat.AHS;
        return Response.ok(program.text())
                .type(json ? MediaType.APPLICATION_JSON : "text/plain;charset=UTF-8")
                .build();
    }

    @GET
    @Path("/{id}/events")
    @Operation(operationId = "listJobEvents", summary = "Everything that happened to a job, in order")
    public List<JobEventView> events(@PathParam("id") UUID id, @Context SecurityContext security) {
        return jobs.events(Door.caller(security), id).stream()
                .map(JobEventView::of)
                .toList();
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.CONSUMER, Roles.DEVELOPER, Roles.PROVIDER, Roles.ADMIN})
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a job",
            description =
                    "A job nobody works on is CANCELLED at once and costs nothing; a running one is CANCELLING until it"
                            + " has stopped. A job that completes first is COMPLETED and charged.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = JobView.class)))
    public JobView cancel(@PathParam("id") UUID id, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        cancelling.cancel(caller, id);
        return JobView.of(jobs.get(caller, id));
    }
}
