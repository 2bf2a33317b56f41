package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.TeamRepository.Colleague;
import org.quantumhub.team.TeamRole;
import org.quantumhub.team.service.MemberChange;
import org.quantumhub.team.service.Members;

/// The members of a team.
@Path("/teams/{teamId}/members")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Teams")
public class MembersResource {

    private static final String UNLIMITED = "unlimited";

    @Inject
    Members members;

    @Schema(name = "Member")
    public record MemberView(
            UUID userId,
            String username,
            String email,
            @Nullable String fullName,
            TeamRole role,

            @Schema(
                    description =
                            "what the member may spend in a month, in the team's currency; missing when nothing limits it")
            @Nullable
            String spendingLimit,

            Instant joinedAt) {

        static MemberView of(Colleague colleague) {
            BigDecimal limit = colleague.member().spendingLimit();
            return new MemberView(
                    colleague.member().userId(),
                    colleague.username(),
                    colleague.email(),
                    colleague.fullName(),
                    colleague.member().role(),
                    limit == null ? null : limit.toPlainString(),
                    colleague.member().createdAt());
        }
    }

    @Schema(name = "MemberChange", description = "What is to change; what is missing stays")
    public record MemberChangeRequest(
            @Nullable TeamRole role,

            @Schema(description = "an amount such as 12.50, or the word unlimited")
            @Nullable
            @Pattern(
                    regexp = "unlimited|[0-9]{1,10}(\\.[0-9]{1,8})?",
                    message = "must be an amount with at most ten digits and eight decimals, or 'unlimited'")
            String spendingLimit) {

        MemberChange toChange() {
            return new MemberChange(
                    role,
                    spendingLimit == null
                            ? null
                            : new MemberChange.Limit(
                                    spendingLimit.equals(UNLIMITED) ? null : new BigDecimal(spendingLimit)));
        }
    }

    @GET
    @Operation(operationId = "listMembers", summary = "The members of a team")
    public PageView<MemberView> list(
            @PathParam("teamId") UUID teamId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                members.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)), MemberView::of);
    }

    @GET
    @Path("/{userId}")
    @Operation(operationId = "getMember", summary = "One member of a team")
    public MemberView get(
            @PathParam("teamId") UUID teamId, @PathParam("userId") UUID userId, @Context SecurityContext security) {
        return MemberView.of(members.get(Door.caller(security), userId));
    }

    @PATCH
    @Path("/{userId}")
    @Operation(
            operationId = "changeMember",
            summary = "Give a member another role or spending limit (owners and admins)",
            description = "Only owners make owners and change them. The last owner stays one.")
    public MemberView change(
            @PathParam("teamId") UUID teamId,
            @PathParam("userId") UUID userId,
            @NotNull @Valid MemberChangeRequest body,
            @Context SecurityContext security) {
        return MemberView.of(members.change(Door.caller(security), userId, body.toChange()));
    }

    @DELETE
    @Path("/{userId}")
    @Operation(
            operationId = "removeMember",
            summary = "Take a member out of a team (owners and admins), or leave it (everybody)",
            description = "The person's API keys of this team are revoked with it.")
    @APIResponse(responseCode = "204", description = "No member any more")
    public void remove(
            @PathParam("teamId") UUID teamId, @PathParam("userId") UUID userId, @Context SecurityContext security) {
        members.remove(Door.caller(security), userId);
    }
}
