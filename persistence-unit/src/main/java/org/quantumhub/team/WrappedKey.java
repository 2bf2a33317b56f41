package org.quantumhub.team;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// A data key of a team as it lies in the database: a Tink keyset, encrypted under a master key.
public record WrappedKey(UUID id, UUID teamId, byte[] bytes, String masterKeyId) {

    /// What the wrapping is bound to: in the row of another team, or as another key, it does not open.
    public static byte[] binding(UUID teamId, UUID id) {
        return (teamId + "\n" + id).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] binding() {
        return binding(teamId, id);
    }
}
