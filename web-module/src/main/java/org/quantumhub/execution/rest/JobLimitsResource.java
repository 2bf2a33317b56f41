package org.quantumhub.execution.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.account.Roles;
import org.quantumhub.execution.service.RunningLimits;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// How many jobs of a team may run at a time.
@Path("/job-limits")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Jobs")
public class JobLimitsResource {

    @Inject
    RunningLimits limits;

    /// A limit as it is set and shown.
    @Schema(name = "JobLimits")
    public record Limits(
            @Schema(description = "jobs that may run at a time; 0 for as many as there are lanes, or as configured")
            @NotNull
            @Min(0)
            @Max(100000)
            Integer maxRunning) {}

    @GET
    @Operation(operationId = "getJobLimits", summary = "The limits of the team that the request acts for")
    public Limits get(@Context SecurityContext security) {
        return new Limits(limits.of(Door.caller(security).teamId()));
    }

    @PUT
    @Path("/{team}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "setJobLimits", summary = "Set the limits of a team; 0 gives it those of the installation")
    public Limits set(@PathParam("team") UUID team, @NotNull @Valid Limits body) {
        limits.set(team, body.maxRunning());
        return new Limits(limits.of(team));
    }
}
