package org.quantumhub.team;

import java.util.UUID;

/// A team has been suspended, or may work again. Fired inside the transaction that changes it.
public record TeamStanding(UUID teamId, String teamName, boolean suspended) {}
