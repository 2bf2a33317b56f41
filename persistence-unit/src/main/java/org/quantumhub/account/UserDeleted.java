package org.quantumhub.account;

import java.util.UUID;

/// An account is about to lose everything that tells whose it was. Fired inside the transaction that does it; whoever
/// needs the person to stay, because a team would be left without an owner, throws.
public record UserDeleted(UUID userId, String username) {}
