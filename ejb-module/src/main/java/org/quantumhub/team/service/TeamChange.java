package org.quantumhub.team.service;

import org.jspecify.annotations.Nullable;

/// What is to change of a team; null leaves it as it is.
///
/// @param billingAddress empty to have none
public record TeamChange(@Nullable String name, @Nullable String billingAddress) {}
