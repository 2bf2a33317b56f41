package org.quantumhub.execution.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.JobTerms;
import org.quantumhub.execution.Program;
import org.quantumhub.execution.RunMode;

/// What somebody submits.
///
/// @param seed null to let the hub choose one
/// @param memory whether the shots are wanted one by one
/// @param metadata a JSON object of the submitter's own
/// @param idempotencyKey the client's word for this very request
/// @param terms what it asks for besides
/// @param cached whether an earlier result of the same circuit, shots and seed will do
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
        @Nullable String requestId,
        JobTerms terms,
        boolean cached) {

    public NewJob {
        tags = List.copyOf(tags);
    }

    /// The same for one circuit of a bundle.
    NewJob child(NewBundle.Part part, long childSeed, UUID bundle, int index) {
        return new NewJob(
                name,
                backend,
                part.program(),
                shots,
                childSeed,
                memory,
                List.of(),
                null,
                runMode == RunMode.BLOCKING ? RunMode.NON_BLOCKING : runMode,
                null,
                requestId,
                terms.child(bundle, index, part.parameters()),
                false);
    }

    /// What makes this request the same as another: everything that is asked for, not how or when.
    byte[] fingerprint() {
        return fingerprint(List.of());
    }

    byte[] fingerprint(List<NewBundle.Part> circuits) {
        try {
            List<@Nullable Object> parts = new ArrayList<>(Arrays.asList(
                    name, backend, program.format(), program.text(), shots, seed, memory, tags, metadata, runMode));
            // requests that ask for nothing special keep the fingerprint they had before there was anything to ask for
            if (!terms.equals(JobTerms.NONE)) {
                parts.add(terms);
            }
            if (cached) {
                parts.add("cached");
            }
            parts.addAll(circuits);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
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
