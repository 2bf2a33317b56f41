package org.quantumhub.execution.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.RunMode;

/// What somebody submits.
///
/// @param seed null to let the hub choose one
/// @param memory whether the shots are wanted one by one
/// @param metadata a JSON object of the submitter's own
/// @param idempotencyKey the client's word for this very request
/// @param requestId the request's id, for the logs
public record NewJob(
        @Nullable String name,
        String backend,
        Program program,
        int shots,
        @Nullable Long seed,
        boolean memory,
        List<String> tags,
        @Nullable String metadata,
        RunMode runMode,
        @Nullable String idempotencyKey,
        @Nullable String requestId) {

    public NewJob {
        tags = List.copyOf(tags);
    }

    /// What makes this request the same as another: everything that is asked for, not how or when.
    byte[] fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : new @Nullable Object[] {
                name, backend, program.format(), program.text(), shots, seed, memory, tags, metadata, runMode
            }) {
                byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
                // the length in front keeps ("ab", "c") apart from ("a", "bc")
                digest.update(Integer.toString(text.length).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) ':');
                digest.update(text);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
