package org.quantumhub.team.service;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.TeamRole;

/// What is to change of a member; null leaves it as it is.
///
/// @param limit what the member may spend of the team's money
public record MemberChange(
        @Nullable TeamRole role, @Nullable Limit limit) {

    /// A limit, or that there is to be none.
    public record Limit(@Nullable BigDecimal amount) {}
}
