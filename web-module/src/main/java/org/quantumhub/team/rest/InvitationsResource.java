package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.Invitation;
import org.quantumhub.team.TeamRole;
import org.quantumhub.team.service.Invitations;

/// Invitations into a team.
@Path("/teams/{teamId}/invitations")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class InvitationsResource {

    @Inject
    Invitations invitations;

    @Inject
    Clock clock;

    public record NewInvitation(
            @NotNull @Email @Size(min = 3, max = 255) String email,

            @Schema(description = "ADMIN or MEMBER") @NotNull
            TeamRole role) {}

    @POST
    @Operation(
            operationId = "invite",
            summary = "Ask an address into the team (owners and admins)",
            description = "The person gets a mail with a token that is good for seven days. An invitation of the same"
                    + " address that is still open is revoked. At most ten a minute.")
    @APIResponse(
            responseCode = "201",
            description = "Sent",
            content = @Content(schema = @Schema(implementation = InvitationView.class)))
    public Response invite(
            @PathParam("teamId") UUID teamId,
            @NotNull @Valid NewInvitation body,
            @Context SecurityContext security,
            @Context UriInfo uri) {
        Invitation invitation = invitations.invite(Door.caller(security), body.email(), body.role());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(invitation.id().toString())
                        .build())
                .entity(InvitationView.of(invitation, clock.instant()))
                .build();
    }

    @GET
    @Operation(operationId = "listInvitations", summary = "Invitations of a team, newest first (owners and admins)")
    public PageView<InvitationView> list(
            @PathParam("teamId") UUID teamId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        Instant now = clock.instant();
        return PageView.of(
                invitations.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)),
                invitation -> InvitationView.of(invitation, now));
    }

    @DELETE
    @Path("/{invitationId}")
    @Operation(operationId = "revokeInvitation", summary = "Take an invitation back (owners and admins)")
    @APIResponse(responseCode = "204", description = "Its token opens nothing any more")
    public void revoke(
            @PathParam("teamId") UUID teamId,
            @PathParam("invitationId") UUID invitationId,
            @Context SecurityContext security) {
        invitations.revoke(Door.caller(security), invitationId);
    }
}
