package org.quantumhub.account.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.User;

/// An account as its owner sees it.
@Schema(name = "User")
public record UserView(
        UUID id,
        String username,
        String email,
        @Nullable String fullName,
        List<PlatformRole> roles,

        @Schema(description = "admin or user, from the roles")
        String role,

        @Schema(description = "the team that requests act for unless they name another") @Nullable
        UUID defaultTeamId,

        boolean active,

        @Schema(description = "whether the owner has confirmed the e-mail address")
        boolean emailVerified,

        @Schema(description = "the address that becomes the account's once it is confirmed") @Nullable
        String pendingEmail,

        @Schema(description = "whether the account may offer backends, from the roles")
        boolean provider,

        @Schema(description = "whether sign-in asks for a code")
        boolean mfaEnabled,

        @Schema(description = "requests a month") int apiQuotaMonthly,

        @Nullable Instant lastLogin,
        Instant createdAt) {

    static UserView of(User user) {
        return new UserView(
                user.id(),
                user.username(),
                user.email(),
                user.fullName(),
                user.roles().stream().sorted().toList(),
                user.roles().contains(PlatformRole.ADMIN) ? "admin" : "user",
                user.defaultTeamId(),
                user.isActive(),
                user.isEmailVerified(),
                user.pendingEmail(),
                user.roles().contains(PlatformRole.PROVIDER),
                user.isMfaEnabled(),
                user.apiQuotaMonthly(),
                user.lastLogin(),
                user.createdAt());
    }
}
