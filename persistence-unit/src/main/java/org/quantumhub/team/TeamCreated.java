package org.quantumhub.team;

import java.util.UUID;

/// There is a new team. Fired inside the transaction that creates it, which already acts for that team.
///
/// @param personal whether it is the one that everybody gets with an account
public record TeamCreated(UUID teamId, UUID ownerId, String currency, boolean personal) {}
