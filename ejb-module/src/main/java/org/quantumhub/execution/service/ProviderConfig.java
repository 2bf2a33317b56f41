package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of the provider lane, checked at the start.
@ApplicationScoped
public class ProviderConfig {

    @Inject
    @ConfigProperty(name = "hub.providers.workers", defaultValue = "8")
    int workers;

    @Inject
    @ConfigProperty(name = "hub.providers.claim", defaultValue = "200")
    int claim;

    @Inject
    @ConfigProperty(name = "hub.providers.lease-seconds", defaultValue = "60")
    int leaseSeconds;

    @Inject
    @ConfigProperty(name = "hub.providers.longest-pause-seconds", defaultValue = "60")
    int longestPauseSeconds;

    @Inject
    @ConfigProperty(name = "hub.providers.wrong-answers", defaultValue = "20")
    int wrongAnswers;

    @Inject
    @ConfigProperty(name = "hub.providers.doubt-seconds", defaultValue = "300")
    int doubtSeconds;

    @Inject
    @ConfigProperty(name = "hub.providers.reconcile-seconds", defaultValue = "300")
    int reconcileSeconds;

    @PostConstruct
    void check() {
        between("hub.providers.workers", workers, 1, 200);
        between("hub.providers.claim", claim, 1, 2000);
        between("hub.providers.lease-seconds", leaseSeconds, 3, 3600);
        between("hub.providers.longest-pause-seconds", longestPauseSeconds, 1, 3600);
        between("hub.providers.wrong-answers", wrongAnswers, 1, 1000);
        between("hub.providers.doubt-seconds", doubtSeconds, 1, 86_400);
        between("hub.providers.reconcile-seconds", reconcileSeconds, 5, 86_400);
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", it must lie between " + least + " and " + most);
        }
    }

    /// Calls to providers that one server makes at a time.
    public int workers() {
        return workers;
    }

    /// Tasks that one look takes at most.
    public int claim() {
        return claim;
    }

    /// How long a server may be silent before its tasks are taken over.
    public int leaseSeconds() {
        return leaseSeconds;
    }

    /// The longest pause between two questions about one task.
    public int longestPauseSeconds() {
        return longestPauseSeconds;
    }

    /// How many wrong answers in a row end a job.
    public int wrongAnswers() {
        return wrongAnswers;
    }

    /// From which age on an order in doubt is looked for before it is repeated.
    public int doubtSeconds() {
        return doubtSeconds;
    }

    /// How often a provider's list of tasks is held against the books.
    public int reconcileSeconds() {
        return reconcileSeconds;
    }
}
