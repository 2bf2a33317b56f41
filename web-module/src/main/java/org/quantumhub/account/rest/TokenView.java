package org.quantumhub.account.rest;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.quantumhub.account.service.AccessTokens;
import org.quantumhub.account.service.Sessions.SignedIn;

/// The tokens of a session, and whose it is.
@Schema(name = "Tokens")
public record TokenView(
        String accessToken,
        @Schema(description = "always Bearer") String tokenType,

        @Schema(description = "seconds until the access token ends")
        long expiresIn,

        @Schema(description = "good once, for the next pair of tokens: POST /auth/refresh")
        String refreshToken,

        UUID sessionId,
        UserView user) {

    static TokenView of(SignedIn signedIn) {
        return new TokenView(
                signedIn.accessToken(),
                "Bearer",
                AccessTokens.LIFE.toSeconds(),
                signedIn.refreshToken(),
                signedIn.session().id(),
                UserView.of(signedIn.user()));
    }
}
