package org.quantumhub.execution.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobLog;
import org.quantumhub.execution.LogStream;
import org.quantumhub.execution.service.Explanations;
import org.quantumhub.execution.service.Jobs;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// What there is to know of a job besides its result.
@Path("/jobs")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Jobs")
public class JobInsightResource {

    @Inject
    Jobs jobs;

    @Inject
    Explanations explanations;

    @GET
    @Path("/{id}/explain")
    @Operation(operationId = "explainJob", summary = "Why a job does not run yet, or why it ended as it did")
    public ExplanationView explain(@PathParam("id") UUID id, @Context SecurityContext security) {
        return ExplanationView.of(explanations.explain(Door.caller(security), id));
    }

    @GET
    @Path("/{id}/interim-results")
    @Operation(
            operationId = "getInterimResults",
            summary = "What there is of a job while it runs",
            description = "Of a job of many circuits one item for each, in their order; of any other job one item.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = InterimView.class)))
    public Response interim(
            @PathParam("id") UUID id,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable Integer after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        int size = PageView.size(limit);
        Jobs.Interim interim = jobs.interim(Door.caller(security), id, after == null ? -1 : after, size);
        return Response.ok(InterimView.json(interim, size))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    @GET
    @Path("/{id}/results")
    @Operation(operationId = "listJobResults", summary = "Which results a job has, the primary one first")
    public List<JobResultEntryView> results(@PathParam("id") UUID id, @Context SecurityContext security) {
        return jobs.results(Door.caller(security), id).stream()
                .map(JobResultEntryView::of)
                .toList();
    }

    @GET
    @Path("/{id}/attempts")
    @Operation(operationId = "listJobAttempts", summary = "How often a job was begun, and what became of each go")
    public List<JobAttemptView> attempts(@PathParam("id") UUID id, @Context SecurityContext security) {
        return JobAttemptView.of(jobs.events(Door.caller(security), id));
    }

    @GET
    @Path("/{id}/details")
    @Operation(operationId = "getJobDetails", summary = "What few jobs carry: origin, provider, workflow, metadata")
    public JobDetailsView details(@PathParam("id") UUID id, @Context SecurityContext security) {
        return JobDetailsView.of(jobs.details(Door.caller(security), id));
    }

    @GET
    @Path("/{id}/logs")
    @Operation(operationId = "listJobLogs", summary = "What a job wrote, and what the hub has to say about it")
    public PageView<JobLogView> logs(
            @PathParam("id") UUID id,
            @Parameter(description = "USER or PLATFORM; both if missing") @QueryParam("stream") @Nullable String stream,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable Long after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        int size = PageView.size(limit);
        List<JobLog> lines = jobs.logs(Door.caller(security), id, stream(stream), after == null ? 0 : after, size);
        boolean more = lines.size() > size;
        List<JobLogView> items = lines.stream().limit(size).map(JobLogView::of).toList();
        return new PageView<>(items, more ? Long.toString(items.getLast().id()) : null);
    }

    private static @Nullable LogStream stream(@Nullable String word) {
        return word == null
                ? null
                : Arrays.stream(LogStream.values())
                        .filter(stream -> stream.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> JobsResource.invalid("stream", "'stream' must be USER or PLATFORM."));
    }
}
