package org.quantumhub.team;

import java.util.UUID;

/// What somebody may do in a team is not what it was: they came, left, or have another role. Fired inside the
/// transaction that changes it.
public record MembershipChanged(UUID teamId, UUID userId) {}
