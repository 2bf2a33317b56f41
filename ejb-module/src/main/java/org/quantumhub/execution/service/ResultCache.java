package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.KeptResult;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.service.Seal;

/// Earlier results of the same team that stand for a run: the same circuit, inputs, shots, seed and backend, completed
/// within the hour. The database finds them among its jobs; where a Redis is configured, it remembers them instead, and
/// the database is not asked.
///
/// What lies in Redis is sealed under the team and the key it belongs to: whoever enters Redis can neither read a
/// result
/// nor put another one in its place. Results too large for a row are remembered by their job alone.
@ApplicationScoped
public class ResultCache {

    private static final String PURPOSE = "result cache";

    @Inject
    EarlierRuns runs;

    @Inject
    RedisConfig config;

    @Inject
    Seal seal;

    @Inject
    Clock clock;

    @Inject
    ExecutionMetrics metrics;

    private @Nullable RedisResults redis;

    /// A result that is there already.
    ///
    /// @param jobId the job that ran
    record Hit(UUID jobId, KeptResult counts, @Nullable String memory) {}

    @PostConstruct
    void open() {
        redis = config.place().map(place -> new RedisResults(place, clock)).orElse(null);
    }

    @PreDestroy
    void close() {
        if (redis != null) {
            redis.close();
        }
    }

    /// Tells in the log, once and at the start, when Redis cannot be used as it is configured.
    void greet() {
        if (redis != null) {
            redis.greet();
        }
    }

    /// Who remembers results: DATABASE or REDIS.
    public String keeper() {
        return redis == null ? "DATABASE" : "REDIS";
    }

    /// Whether results are remembered at the moment. Where they are not, jobs run.
    public boolean isWorking() {
        return redis == null || redis.isWorking();
    }

    Optional<Hit> find(Caller caller, byte[] key, boolean memory) {
        Optional<Hit> hit = redis == null
                ? runs.find(caller, key, memory)
                : redis.get(place(caller.teamId(), key))
                        .flatMap(entry -> seal.open(PURPOSE, place(caller.teamId(), key), entry))
                        .flatMap(entry -> read(caller, new String(entry, StandardCharsets.UTF_8), memory));
        metrics.cacheAsked(hit.isPresent());
        return hit;
    }

    private Optional<Hit> read(Caller caller, String entry, boolean memory) {
        try (JsonReader reader = Json.createReader(new StringReader(entry))) {
            JsonObject json = reader.readObject();
            UUID job = UUID.fromString(json.getString("job"));
            String shots = json.getString("memory", null);
            return json.containsKey("counts")
                    ? Optional.of(new Hit(job, KeptResult.of(json.getString("counts")), memory ? shots : null))
                    : runs.of(caller, job, memory);
        }
    }

    /// Remembers the results among these attempts that have been accepted. The database has done so by itself.
    void keep(Collection<Attempt> group, Collection<Settled> accepted) {
        if (redis == null) {
            return;
        }
        Set<UUID> completed = accepted.stream()
                .filter(settled -> settled.status() == JobStatus.COMPLETED)
                .map(Settled::jobId)
                .collect(Collectors.toSet());
        Map<String, byte[]> entries = new HashMap<>();
        for (Attempt attempt : group) {
            byte[] key = attempt.job().cacheKey();
            if (key != null
                    && completed.contains(attempt.job().id())
                    && attempt.outcome() instanceof Outcome.Succeeded done) {
                String place = place(attempt.job().teamId(), key);
                byte[] entry = entry(attempt.job().id(), done).getBytes(StandardCharsets.UTF_8);
                entries.put(place, seal.seal(PURPOSE, place, entry));
            }
        }
        if (!entries.isEmpty()) {
            redis.put(entries);
        }
    }

    private static String entry(UUID job, Outcome.Succeeded done) {
        JsonObjectBuilder entry = Json.createObjectBuilder().add("job", job.toString());
        KeptResult counts = done.counts();
        if (counts != null && done.stored() == null) {
            entry.add("counts", counts.text());
            if (done.memory() != null) {
                entry.add("memory", done.memory());
            }
        }
        return entry.build().toString();
    }

    private static String place(UUID team, byte[] key) {
        return "result:" + team + ":" + HexFormat.of().formatHex(key);
    }

    /// What an answer from the cache costs: the task fee, because the shots were not run; never more than a run.
    static Money fee(PriceVersion price, Money run) {
        Money fee = new Money(price.components().taskFee(), run.currency());
        return fee.compareTo(run) < 0 ? fee : run;
    }

    /// What a result depends on. What is not part of it, such as the name, changes nothing in the counts.
    static byte[] key(NewJobRow row) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : new @Nullable Object[] {
                row.backendSlug(),
                row.program().format(),
                row.program().text(),
                row.terms().parameters(),
                row.shots(),
                row.seed(),
                row.memory()
            }) {
                byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
                digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(text);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
