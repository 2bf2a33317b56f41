package org.quantumhub.execution.batch;

import jakarta.annotation.Resource;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.Settled;
import org.quantumhub.execution.service.Settlement;

/// Settles the jobs of a chunk in the chunk's own transaction; who waits for them is told when it has been committed.
@Named
@Dependent
public class SettlementWriter extends AbstractItemWriter {

    @Inject
    Settlement settlement;

    @Inject
    StepContext step;

    @Resource
    TransactionSynchronizationRegistry transaction;

    @Override
    public void writeItems(List<Object> items) {
        List<Attempt> group = items.stream().map(Attempt.class::cast).toList();
        List<Settled> accepted = settlement.settle(group);
        Claim claim = (Claim) step.getTransientUserData();
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    group.forEach(attempt -> claim.settled(attempt.job().id()));
                    settlement.settled(group, accepted);
                }
            }
        });
    }
}
