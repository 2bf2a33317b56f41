package org.quantumhub.team.service;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretValidation;

/// Tries a team's credentials out with their provider. The adapter of each provider brings one as a CDI bean; secrets
/// of
/// providers without one stay UNKNOWN.
public interface SecretValidator {

    /// Whose credentials it tries out: the `provider` of the secrets.
    String provider();

    /// Called outside any transaction, on a timer's thread; may take its time, at most half a minute. What it throws
    /// counts as ERROR.
    ///
    /// @param credentials the team's active secrets with the provider, by the name of the key
    Verdict validate(UUID teamId, Map<String, Secret> credentials) throws Exception;

    /// What came of it.
    ///
    /// @param error for people; null when all is well
    record Verdict(SecretValidation status, @Nullable String error) {

        public static Verdict valid() {
            return new Verdict(SecretValidation.VALID, null);
        }

        public static Verdict invalid(String why) {
            return new Verdict(SecretValidation.INVALID, why);
        }
    }
}
