package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.Team;
import org.quantumhub.team.service.Suspensions;

/// All teams, for who runs the platform.
@Path("/ops/teams")
@ApplicationScoped
@RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Operations")
public class OpsTeamsResource {

    @Inject
    Suspensions suspensions;

    @Schema(name = "TeamOverview")
    public record OverviewView(
            UUID id,
            String name,
            String slug,
            boolean personal,
            String currency,
            boolean suspended,
            @Nullable Instant suspendedAt,
            @Nullable String suspendedReason,
            Instant createdAt) {

        static OverviewView of(Team team) {
            return new OverviewView(
                    team.id(),
                    team.name(),
                    team.slug(),
                    team.isPersonal(),
                    team.currency(),
                    team.isSuspended(),
                    team.suspendedAt(),
                    team.suspendedReason(),
                    team.createdAt());
        }
    }

    public record Suspension(
            @Schema(description = "the team reads it") @NotBlank @Size(max = 500)
            String reason) {}

    @GET
    @Operation(operationId = "listAllTeams", summary = "All teams, oldest first")
    public PageView<OverviewView> list(
            @Parameter(description = "part of the name or the slug") @QueryParam("q") @Nullable @Size(max = 100)
                    String part,
            @QueryParam("suspended") @Nullable Boolean suspended,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                suspensions.list(Door.caller(security), part, suspended, PageView.cursor(after), PageView.size(limit)),
                OverviewView::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getAnyTeam", summary = "One team")
    public OverviewView get(@PathParam("id") UUID id, @Context SecurityContext security) {
        return OverviewView.of(suspensions.get(Door.caller(security), id));
    }

    @POST
    @Path("/{id}/suspend")
    @Operation(
            operationId = "suspendTeam",
            summary = "Suspend a team: it reads, and changes nothing",
            description =
                    "What it has running goes on, is watched to its end and charged. Everywhere within five seconds.")
    public OverviewView suspend(
            @PathParam("id") UUID id, @NotNull @Valid Suspension body, @Context SecurityContext security) {
        return OverviewView.of(
                suspensions.suspend(Door.caller(security), id, body.reason().strip()));
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeTeam", summary = "Let a suspended team work again")
    public OverviewView resume(@PathParam("id") UUID id, @Context SecurityContext security) {
        return OverviewView.of(suspensions.resume(Door.caller(security), id));
    }
}
