package org.quantumhub.team.service;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretValidation;

/// Tries a team's credentials out with their provider. Whoever knows providers brings one as a CDI bean; secrets of
/// providers that none knows stay UNKNOWN.
public interface SecretValidator {

    /// The providers whose credentials it tries out, each with the names of the keys that belong to it.
    Map<String, Set<String>> keys();

    /// Called outside any transaction, on a timer's thread; may take its time, at most two minutes. What it throws
    /// counts as ERROR.
    ///
    /// @param credentials the team's active secrets with the provider, by the name of the key; only such as belong to
    /// it
    Verdict validate(UUID teamId, String provider, Map<String, Secret> credentials) throws Exception;

    /// What came of it.
    ///
    /// @param error for people; null when all is well
    record Verdict(SecretValidation status, @Nullable String error) {

        public static Verdict valid() {
            return new Verdict(SecretValidation.VALID, null);
        }

        /// The provider refuses them.
        public static Verdict invalid(String why) {
            return new Verdict(SecretValidation.INVALID, why);
        }

        /// Nobody can try them as they are.
        public static Verdict incomplete(String why) {
            return new Verdict(SecretValidation.UNKNOWN, why);
        }

        /// The provider could not be asked.
        public static Verdict unasked(String why) {
            return new Verdict(SecretValidation.ERROR, why);
        }
    }
}
