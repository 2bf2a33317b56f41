package org.quantumhub.team;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// A secret as it lies in the database, with the key that opens it.
///
/// @param bytes encrypted under the data key
/// @param keyId the data key
public record SealedSecret(UUID teamId, String provider, String keyName, int revision, byte[] bytes, UUID keyId) {

    /// What a secret is bound to besides its key: moved to another team, name or revision it does not open any more.
    public static byte[] binding(UUID teamId, String provider, String keyName, int revision) {
        return (teamId + "\n" + provider + "\n" + keyName + "\n" + revision).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] binding() {
        return binding(teamId, provider, keyName, revision);
    }
}
