package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
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
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.service.TeamPolicies;

/// What a team asks of how its members come in.
@Path("/teams/{teamId}/sign-in-policy")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class TeamPolicyResource {

    @Inject
    TeamPolicies policies;

    @Schema(name = "SignInPolicy")
    public record Policy(
            @Schema(description = "whether members without a second factor may do nothing for the team") @NotNull
            Boolean mfaRequired) {}

    @GET
    @Operation(operationId = "getSignInPolicy", summary = "What the team asks of how its members come in")
    public Policy get(@PathParam("teamId") UUID id, @Context SecurityContext security) {
        return new Policy(policies.requiresFactor(Door.caller(security), id));
    }

    @PUT
    @Operation(
            operationId = "updateSignInPolicy",
            summary = "Ask members for a second factor, or not; for owners and admins who have one themselves")
    public Policy update(@PathParam("teamId") UUID id, @NotNull @Valid Policy body, @Context SecurityContext security) {
        Door.session(security);
        policies.requireFactor(Door.caller(security), id, body.mfaRequired());
        return body;
    }
}
