package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of execution, checked at the start.
@ApplicationScoped
public class ExecutionConfig {

    /// Simulator lanes of this server.
    @Inject
    @ConfigProperty(name = "hub.execution.lanes", defaultValue = "2")
    int lanes;

    /// Jobs that one claim takes at most.
    @Inject
    @ConfigProperty(name = "hub.execution.claim", defaultValue = "50")
    int claim;

    /// How long the jobs of one claim may be expected to take together; a longer job is claimed alone.
    @Inject
    @ConfigProperty(name = "hub.execution.claim-millis", defaultValue = "50")
    int claimMillis;

    /// How long a server may be silent before its jobs are taken over.
    @Inject
    @ConfigProperty(name = "hub.execution.lease-seconds", defaultValue = "30")
    int leaseSeconds;

    /// How often a job is begun before it is given up.
    @Inject
    @ConfigProperty(name = "hub.execution.attempts", defaultValue = "3")
    int attempts;

    /// Memory that states of running simulations may take together, in MiB; 0 for half of the heap.
    @Inject
    @ConfigProperty(name = "hub.execution.state-memory-mib", defaultValue = "0")
    long stateMemoryMib;

    /// How long a BLOCKING submission waits before it is answered with 202.
    @Inject
    @ConfigProperty(name = "hub.execution.blocking-seconds", defaultValue = "30")
    int blockingSeconds;

    /// Jobs expected to be shorter than this run inside a BLOCKING request.
    @Inject
    @ConfigProperty(name = "hub.execution.inline-millis", defaultValue = "20")
    int inlineMillis;

    /// Submissions that may wait to be written before more are refused.
    @Inject
    @ConfigProperty(name = "hub.execution.submission-queue", defaultValue = "5000")
    int submissionQueue;

    @PostConstruct
    void check() {
        between("hub.execution.lanes", lanes, 1, 256);
        between("hub.execution.claim", claim, 1, 1000);
        between("hub.execution.claim-millis", claimMillis, 1, 10_000);
        between("hub.execution.lease-seconds", leaseSeconds, 3, 3600);
        between("hub.execution.attempts", attempts, 1, 100);
        between("hub.execution.blocking-seconds", blockingSeconds, 1, 300);
        between("hub.execution.inline-millis", inlineMillis, 0, 1000);
        between("hub.execution.submission-queue", submissionQueue, 1, 1_000_000);
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
}
