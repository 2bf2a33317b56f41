package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.TeamRepository.Belonging;
import org.quantumhub.team.service.TeamChange;
import org.quantumhub.team.service.Teams;

/// The caller's teams.
@Path("/teams")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class TeamsResource {

    @Inject
    Teams teams;

    public record NewTeam(@NotBlank @Size(max = 150) String name) {}

    @Schema(name = "TeamChange", description = "What is to change; what is missing stays")
    public record TeamChangeRequest(
            @Nullable @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Size(max = 150)
            String name,

            @Schema(description = "where bills go; an empty text for nowhere") @Nullable @Size(max = 500)
            String billingAddress) {}

    @GET
    @Operation(operationId = "listTeams", summary = "The teams the caller belongs to")
    public PageView<TeamView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return PageView.of(
                teams.of(caller, PageView.cursor(after), PageView.size(limit)), team -> TeamView.of(team, caller));
    }

    @POST
    @Operation(
            operationId = "createTeam",
            summary = "Make a team",
            description = "The caller owns it. It begins with an empty wallet.")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = TeamView.class)))
    public Response create(@NotNull @Valid NewTeam body, @Context SecurityContext security, @Context UriInfo uri) {
        Caller caller = Door.caller(security);
        Belonging made = teams.create(caller, body.name());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(made.team().id().toString())
                        .build())
                .entity(TeamView.of(made, caller))
                .build();
    }

    @GET
    @Path("/{teamId}")
    @Operation(operationId = "getTeam", summary = "One team of the caller")
    public TeamView get(@PathParam("teamId") UUID teamId, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return TeamView.of(teams.acting(caller), caller);
    }

    @PATCH
    @Path("/{teamId}")
    @Operation(operationId = "changeTeam", summary = "Rename a team, or say where its bills go (owners and admins)")
    public TeamView change(
            @PathParam("teamId") UUID teamId,
            @NotNull @Valid TeamChangeRequest body,
            @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return TeamView.of(teams.change(caller, new TeamChange(body.name(), body.billingAddress())), caller);
    }

    @PUT
    @Path("/{teamId}/default")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "chooseTeam",
            summary = "Act for this team from now on",
            description = "For requests that name no other in X-Team-Id or in their path.")
    @APIResponse(responseCode = "204", description = "Chosen")
    public void choose(@PathParam("teamId") UUID teamId, @Context SecurityContext security) {
        teams.choose(Door.caller(security));
    }
}
