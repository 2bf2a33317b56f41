package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.Team;
import org.quantumhub.team.service.Memberships;

/// The caller's teams.
@Path("/teams")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class TeamsResource {

    @Inject
    Memberships memberships;

    @Schema(name = "Team")
    public record TeamView(
            UUID id,
            String name,
            String slug,
            boolean personal,
            String currency,
            boolean suspended,

            @Schema(description = "whether this request acts for it")
            boolean acting,

            Instant createdAt) {

        static TeamView of(Team team, Caller caller) {
            return new TeamView(
                    team.id(),
                    team.name(),
                    team.slug(),
                    team.isPersonal(),
                    team.currency(),
                    team.isSuspended(),
                    team.id().equals(caller.teamId()),
                    team.createdAt());
        }
    }

    @GET
    @Operation(operationId = "listTeams", summary = "The teams the caller belongs to")
    public PageView<TeamView> list(@Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return PageView.of(new Page<>(memberships.of(caller), null), team -> TeamView.of(team, caller));
    }
}
