package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.quantumhub.billing.BudgetThresholdReached;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.execution.JobEndings;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Settled;
import org.quantumhub.execution.UnfinishedJobs;
import org.quantumhub.execution.UnfinishedJobs.Unfinished;
import org.quantumhub.shared.service.Database;

/// Cancels what is under way when a budget that says so is used up: at once and free of charge what nobody works on
/// yet; whoever works on the rest hears of it with the next renewal of its lease.
@ApplicationScoped
public class BudgetStops {

    private static final Logger LOG = System.getLogger(BudgetStops.class.getName());
    private static final int AT_ONCE = 10_000;

    @Inject
    Database database;

    @Inject
    UnfinishedJobs unfinished;

    @Inject
    JobEndings endings;

    @Inject
    Charging charging;

    /// Runs in the transaction that passes the warning on, so that it is passed on only if this has been done.
    void stop(@Observes BudgetThresholdReached reached) {
        if (!reached.stopsRunningWork()) {
            return;
        }
        int stopped = database.asBackground(connection -> {
            List<Unfinished> jobs = unfinished.find(
                    connection, reached.teamId(), reached.userId(), reached.backend(), reached.projectId(), AT_ONCE);
            for (Unfinished job : jobs) {
                Optional<Settled> cancelled = endings.cancelForBudget(connection, job.id(), job.teamId());
                if (cancelled.isPresent() && cancelled.get().status() == JobStatus.CANCELLED) {
                    Settled s = cancelled.get();
                    charging.settle(
                            connection,
                            List.of(new Charging.Settlement(
                                    s.teamId(), s.jobId(), s.held(), s.cost(), "Job on " + s.backendSlug())));
                }
            }
            return jobs.size();
        });
        LOG.log(Level.INFO, "budget used up budget={0} jobs stopped={1}", reached.budgetId(), stopped);
    }
}
