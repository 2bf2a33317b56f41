package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobResult;
import org.quantumhub.execution.KeptResult;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.Outcome.Succeeded;
import org.quantumhub.execution.StoredResults;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.ObjectStore;

/// Where the data of results are: in their row when they are small, in the object store when they are not.
@ApplicationScoped
public class ResultData {

    private static final Logger LOG = System.getLogger(ResultData.class.getName());

    @Inject
    ObjectStore store;

    @Inject
    ExecutionConfig config;

    /// Puts what is large into the store. When that does not answer, the result stays in its row: a job that ran is not
    /// lost because of where its result was to go.
    Outcome store(ClaimedJob job, Succeeded outcome) {
        KeptResult counts = outcome.counts();
        KeptResult largeCounts = counts != null && isLarge(counts.length()) ? counts : null;
        String memory = outcome.memory();
        String largeMemory = memory != null && isLarge(memory.length()) ? memory : null;
        if (largeCounts == null && largeMemory == null) {
            return outcome;
        }
        List<String> paths = new ArrayList<>();
        JsonObjectBuilder stored = Json.createObjectBuilder();
        try {
            if (largeCounts != null) {
                put(job, JobResult.COUNTS, largeCounts.text(), stored, paths);
            }
            if (largeMemory != null) {
                put(job, JobResult.MEMORY, largeMemory, stored, paths);
            }
            return new Succeeded(
                    outcome.seconds(),
                    largeCounts == null ? counts : null,
                    largeMemory == null ? memory : null,
                    stored.build().toString(),
                    paths);
        } catch (HubException e) {
            LOG.log(Level.WARNING, "result stays in the database job=" + job.id(), e);
            return outcome;
        }
    }

    private boolean isLarge(int length) {
        return length > config.inlineResultBytes();
    }

    private void put(ClaimedJob job, String type, String text, JsonObjectBuilder stored, List<String> paths) {
        String path = StoredResults.path(job, type);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        store.put(path, content);
        paths.add(path);
        stored.add(
                type,
                Json.createObjectBuilder()
                        .add("path", path)
                        .add("size", content.length)
                        .add("digest", HexFormat.of().formatHex(sha256(content))));
    }

    /// The JSON text of a result, from wherever it is.
    ///
    /// @throws HubException `UNAVAILABLE` when the store does not answer, `INTERNAL` when it gives back something else
    ///     than was put in
    String text(JobResult result) {
        return kept(result).text();
    }

    /// The same in the form in which its row has it.
    KeptResult kept(JobResult result) {
        KeptResult kept = result.kept();
        return kept != null ? kept : KeptResult.of(fetched(result));
    }

    private String fetched(JobResult result) {
        String path = String.valueOf(result.storagePath());
        byte[] content = store.get(path);
        if (!MessageDigest.isEqual(sha256(content), result.digest())) {
            LOG.log(Level.ERROR, "result damaged path={0}", path);
            throw new HubException(ProblemCode.INTERNAL, "The stored result is damaged; the operator has been told.");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /// Removes what nobody needs any more: results after their time, and those of attempts that were not accepted.
    void remove(Collection<String> paths) {
        if (!paths.isEmpty()) {
            try {
                store.delete(paths);
            } catch (HubException e) {
                LOG.log(Level.WARNING, "objects are left behind paths=" + paths, e);
            }
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
