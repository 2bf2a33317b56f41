package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobCensus;
import org.quantumhub.execution.Settled;

/// What can be measured about jobs, in the words of `docs/operations.md`.
@ApplicationScoped
public class ExecutionMetrics {

    private static final Metadata UNFINISHED =
            metadata("hub_jobs_unfinished", "Jobs on their way in the whole installation, by status and backend");
    private static final Metadata SUBMITTED = metadata("hub_jobs_submitted", "Jobs submitted through this server");
    private static final Metadata ENDED = metadata("hub_jobs_ended", "Jobs that this server brought to their end");
    private static final Metadata FENCED =
            metadata("hub_settlements_fenced", "Settlements refused because somebody else holds the job by now");
    private static final Metadata QUEUE_TIME =
            metadata("hub_job_queue_seconds", "Time from submission to the first claim");
    private static final Metadata CACHE =
            metadata("hub_result_cache_asked", "Submissions that allowed an earlier result, by whether there was one");
    private static final Metadata RUN_TIME = metadata("hub_lane_jobs_begun", "Attempts begun by this server");

    @Inject
    MetricRegistry registry;

    private final Map<JobCensus.Group, AtomicLong> unfinished = new ConcurrentHashMap<>();

    private static Metadata metadata(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }

    void submitted(String backend) {
        registry.counter(SUBMITTED, new Tag("backend", backend)).inc();
    }

    void begun(ClaimedJob job) {
        registry.counter(RUN_TIME, new Tag("backend", job.backendSlug())).inc();
        registry.timer(QUEUE_TIME, new Tag("backend", job.backendSlug()))
                .update(Duration.ofNanos((long) (job.queuedSeconds() * 1e9)));
    }

    void ended(Settled settled) {
        registry.counter(
                        ENDED,
                        new Tag("backend", settled.backendSlug()),
                        new Tag("status", settled.status().name()))
                .inc();
    }

    void cacheAsked(boolean hit) {
        registry.counter(CACHE, new Tag("found", String.valueOf(hit))).inc();
    }

    void fenced(int count) {
        registry.counter(FENCED).inc(count);
    }

    /// Groups that have become empty stay, at zero.
    void unfinished(Map<JobCensus.Group, Long> counts) {
        counts.keySet().forEach(this::gauge);
        unfinished.forEach((group, value) -> value.set(counts.getOrDefault(group, 0L)));
    }

    private void gauge(JobCensus.Group group) {
        unfinished.computeIfAbsent(group, g -> {
            AtomicLong value = new AtomicLong();
            registry.gauge(
                    UNFINISHED, value::get, new Tag("status", g.status().name()), new Tag("backend", g.backend()));
            return value;
        });
    }
}
