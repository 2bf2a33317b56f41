package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of execution, checked at the start.
@ApplicationScoped
public class ExecutionConfig {

    @Inject
    @ConfigProperty(name = "hub.execution.lanes", defaultValue = "2")
    int lanes;

    @Inject
    @ConfigProperty(name = "hub.execution.claim", defaultValue = "500")
    int claim;

    @Inject
    @ConfigProperty(name = "hub.execution.claim-millis", defaultValue = "100")
    int claimMillis;

    @Inject
    @ConfigProperty(name = "hub.execution.lease-seconds", defaultValue = "30")
    int leaseSeconds;

    @Inject
    @ConfigProperty(name = "hub.execution.attempts", defaultValue = "5")
    int attempts;

    @Inject
    @ConfigProperty(name = "hub.execution.state-memory-mib", defaultValue = "0")
    long stateMemoryMib;

    @Inject
    @ConfigProperty(name = "hub.execution.blocking-seconds", defaultValue = "30")
    int blockingSeconds;

    @Inject
    @ConfigProperty(name = "hub.execution.inline-millis", defaultValue = "20")
    int inlineMillis;

    @Inject
    @ConfigProperty(name = "hub.execution.submission-queue", defaultValue = "5000")
    int submissionQueue;

    @Inject
    @ConfigProperty(name = "hub.execution.pace-millis", defaultValue = "7")
    int paceMillis;

    @Inject
    @ConfigProperty(name = "hub.execution.burst-seconds", defaultValue = "10")
    int burstSeconds;

    @Inject
    @ConfigProperty(name = "hub.execution.team-running", defaultValue = "0")
    int teamRunning;

    @Inject
    @ConfigProperty(name = "hub.execution.retention-days", defaultValue = "0")
    int retentionDays;

    @Inject
    @ConfigProperty(name = "hub.execution.upkeep-seconds", defaultValue = "60")
    int upkeepSeconds;

    @Inject
    @ConfigProperty(name = "hub.execution.warm-up-millis", defaultValue = "2000")
    int warmUpMillis;

    @Inject
    @ConfigProperty(name = "hub.execution.inline-result-bytes", defaultValue = "262144")
    int inlineResultBytes;

    @Inject
    @ConfigProperty(name = "hub.objects.orphan-hours", defaultValue = "24")
    int orphanHours;

    @Inject
    @ConfigProperty(name = "hub.objects.sweep-seconds", defaultValue = "3600")
    int sweepSeconds;

    @PostConstruct
    void check() {
        between("hub.execution.lanes", lanes, 1, 256);
        between("hub.execution.upkeep-seconds", upkeepSeconds, 1, 86_400);
        between("hub.execution.claim", claim, 1, 1000);
        between("hub.execution.claim-millis", claimMillis, 1, 10_000);
        between("hub.execution.lease-seconds", leaseSeconds, 3, 3600);
        between("hub.execution.attempts", attempts, 1, 100);
        between("hub.execution.blocking-seconds", blockingSeconds, 1, 300);
        between("hub.execution.inline-millis", inlineMillis, 0, 1000);
        between("hub.execution.submission-queue", submissionQueue, 1, 1_000_000);
        between("hub.execution.pace-millis", paceMillis, 0, 1000);
        between("hub.execution.burst-seconds", burstSeconds, 0, 3600);
        between("hub.execution.warm-up-millis", warmUpMillis, 0, 60_000);
        between("hub.execution.inline-result-bytes", inlineResultBytes, 1024, 64 << 20);
        between("hub.execution.team-running", teamRunning, 0, 100_000);
        between("hub.execution.retention-days", retentionDays, 0, 36_500);
        between("hub.objects.orphan-hours", orphanHours, 2, 8760);
        between("hub.objects.sweep-seconds", sweepSeconds, 1, 604_800);
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", it must lie between " + least + " and " + most);
        }
    }

    /// What the state of one simulation may take: every lane can hold one at the same time.
    public long stateBytesPerLane() {
        long together =
                stateMemoryMib > 0 ? stateMemoryMib << 20 : Runtime.getRuntime().maxMemory() / 2;
        return together / lanes;
    }

    /// Simulator lanes of this server.
    public int lanes() {
        return lanes;
    }

    /// Jobs that one claim takes at most.
    public int claim() {
        return claim;
    }

    /// How long a start lets the engine run for nobody, before it measures how fast it is; with 0 it does neither.
    public Duration warmUp() {
        return Duration.ofMillis(warmUpMillis);
    }

    /// How long jobs may wait in the queue while submissions crowd before lanes do not rest any more.
    public int burstSeconds() {
        return burstSeconds;
    }

    /// How long the jobs of one claim may be expected to take together; a longer job is claimed alone.
    public int claimMillis() {
        return claimMillis;
    }

    /// How long a server may be silent before its jobs are taken over.
    public int leaseSeconds() {
        return leaseSeconds;
    }

    /// How often a job is begun before it is given up.
    public int attempts() {
        return attempts;
    }

    /// Memory that states of running simulations may take together, in MiB; 0 for half of the heap.
    public long stateMemoryMib() {
        return stateMemoryMib;
    }

    /// How long a BLOCKING submission waits before it is answered with 202.
    public int blockingSeconds() {
        return blockingSeconds;
    }

    /// Jobs expected to be shorter than this run inside a BLOCKING request.
    public int inlineMillis() {
        return inlineMillis;
    }

    /// Jobs of a team without a limit of its own that may run at a time; 0 for any number.
    public int teamRunning() {
        return teamRunning;
    }

    /// How long results are kept when the submitter names no time; 0 for ever.
    public int retentionDays() {
        return retentionDays;
    }

    /// Results up to this length stay in the database's row; larger ones go into the object store.
    public int inlineResultBytes() {
        return inlineResultBytes;
    }

    /// How old an object must be before it is asked whom it belongs to.
    public int orphanHours() {
        return orphanHours;
    }

    /// How often this server goes through the object store.
    public int sweepSeconds() {
        return sweepSeconds;
    }

    /// How often this server removes results whose time is over.
    int upkeepSeconds() {
        return upkeepSeconds;
    }

    /// Submissions that may wait to be written before more are refused.
    public int submissionQueue() {
        return submissionQueue;
    }

    /// The least time between two groups that this server writes, and between two claims of a lane.
    public Duration pace() {
        return Duration.ofMillis(paceMillis);
    }
}
