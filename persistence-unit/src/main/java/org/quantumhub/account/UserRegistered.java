package org.quantumhub.account;

import java.util.UUID;

/// A person has an account. Fired inside the transaction that creates it.
public record UserRegistered(UUID userId, String username, String email) {}
