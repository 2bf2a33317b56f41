package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.quantumhub.execution.JobQueue;
import org.quantumhub.execution.Settled;

/// What the passing of time brings: scheduled jobs come due, others expire, bundles are followed, results go. Asked by
/// the ticker of every server; whoever comes first does it.
@ApplicationScoped
public class JobKeeping {

    private static final int BUNDLES = 50;

    @Inject
    KeepingTransactions transactions;

    @Inject
    RunningLimits limits;

    @Inject
    Bundles bundles;

    @Inject
    Lanes lanes;

    @Inject
    ResultData data;

    private volatile UUID lastBundle = JobQueue.NO_TEAM;

    /// @param rarely whether to look for what is not urgent, too
    /// @return jobs that have ended because nobody began them in time
    List<Settled> look(boolean rarely) {
        limits.refresh();
        KeepingTransactions.Found found = transactions.look(lastBundle, BUNDLES);
        if (found.due() > 0) {
            lanes.wake();
        }
        lastBundle = found.bundles().size() < BUNDLES
                ? JobQueue.NO_TEAM
                : found.bundles().getLast();
        bundles.follow(found.bundles());
        if (rarely) {
            data.remove(transactions.purge());
        }
        return found.expired();
    }
}
