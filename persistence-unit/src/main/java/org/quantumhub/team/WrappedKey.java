package org.quantumhub.team;

import java.nio.charset.StandardCharsets;
import java.util.Map;
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

    /// The same by names, for key services that take it so and write it into their own trail.
    ///
    /// @throws IllegalArgumentException when it is not the binding of a data key
    public static Map<String, String> named(byte[] binding) {
        String[] parts = new String(binding, StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("A data key is bound to its team and its id.");
        }
        return Map.of("team", parts[0], "data-key", parts[1]);
    }
}
