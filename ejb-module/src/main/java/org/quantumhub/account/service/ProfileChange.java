package org.quantumhub.account.service;

import org.jspecify.annotations.Nullable;

/// A whole profile, as it is to be; null is nothing.
///
/// @param contactInfo a JSON object
/// @param socialLinks a JSON object of names and addresses
public record ProfileChange(
        @Nullable String organization,
        @Nullable String bio,
        @Nullable String avatarUrl,
        @Nullable String contactInfo,
        @Nullable String socialLinks) {}
