package org.quantumhub.account.service;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.PlatformRole;

/// What is to change about an account; null stays as it is.
///
/// @param fullName empty takes the name away
/// @param email becomes the account's once it is verified
public record UserChange(
        @Nullable String fullName,
        @Nullable String email,
        @Nullable Set<PlatformRole> roles,
        @Nullable Boolean active,
        @Nullable Integer apiQuotaMonthly) {}
