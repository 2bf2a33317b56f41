package org.quantumhub.account.service;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants of an API key.
///
/// @param scopes what it is meant for, null for everything
/// @param rateLimit like `10/m`, null for none
/// @param expireAt when it ends, null for never
public record NewKey(
        String name,
        @Nullable List<String> scopes,
        @Nullable String rateLimit,
        @Nullable Instant expireAt) {}
