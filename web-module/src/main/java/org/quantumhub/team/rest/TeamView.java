package org.quantumhub.team.rest;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamRepository.Belonging;
import org.quantumhub.team.TeamRole;

/// A team as its people see it.
@Schema(name = "Team")
public record TeamView(
        UUID id,
        String name,
        String slug,
        boolean personal,
        String currency,
        boolean suspended,

        @Schema(description = "why, when it is suspended") @Nullable
        String suspendedReason,

        @Nullable String billingAddress,

        @Schema(description = "what the caller is in the team")
        TeamRole role,

        @Schema(description = "whether this request acts for it")
        boolean acting,

        Instant createdAt) {

    static TeamView of(Belonging belonging, Caller caller) {
        Team team = belonging.team();
        return new TeamView(
                team.id(),
                team.name(),
                team.slug(),
                team.isPersonal(),
                team.currency(),
                team.isSuspended(),
                team.suspendedReason(),
                team.billingAddress(),
                belonging.role(),
                caller.actsFor(team.id()),
                team.createdAt());
    }
}
