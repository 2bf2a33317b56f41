package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.InvitationStatus;
import org.quantumhub.team.TeamRole;
import org.quantumhub.team.service.Invitations;

/// Invitations as the invited person meets them.
@Path("/invitations/{token}")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class AcceptanceResource {

    @Inject
    Invitations invitations;

    @Inject
    Clock clock;

    @Schema(name = "InvitationShown")
    public record ShownView(UUID teamId, String teamName, TeamRole role, InvitationStatus status, Instant expiresAt) {

        static ShownView of(Invitations.Shown shown, Instant now) {
            return new ShownView(
                    shown.team().id(),
                    shown.team().name(),
                    shown.invitation().role(),
                    shown.invitation().status(now),
                    shown.invitation().expiresAt());
        }
    }

    @GET
    @Operation(
            operationId = "showInvitation",
            summary = "What an invitation leads to",
            description = "For the account with the address it was sent to.")
    public ShownView show(@PathParam("token") String token, @Context SecurityContext security) {
        return ShownView.of(invitations.show(Door.caller(security), token), clock.instant());
    }

    @POST
    @Path("/accept")
    @Operation(operationId = "acceptInvitation", summary = "Join the team that the invitation leads to")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TeamView.class)))
    public TeamView accept(@PathParam("token") String token, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return TeamView.of(invitations.accept(caller, token), caller);
    }
}
