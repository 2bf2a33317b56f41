package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.billing.service.Coverage;
import org.quantumhub.execution.JobEndings;
import org.quantumhub.execution.JobRegister;
import org.quantumhub.execution.JobTimes;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.service.Database;

/// The transaction in which a job leaves one queue and enters another.
@ApplicationScoped
public class MoveTransaction {

    @Inject
    Database database;

    @Inject
    JobEndings endings;

    @Inject
    JobRegister register;

    @Inject
    JobTimes times;

    @Inject
    Charging charging;

    /// @param paused whether the new job waits for a resume, as the old one did
    /// @return whether the old job still waited; nothing has happened otherwise
    /// @throws HubException `INSUFFICIENT_FUNDS` or `BUDGET_EXCEEDED`
    @Transactional
    public boolean move(Caller caller, UUID old, boolean paused, NewJobRow row) {
        return database.asRequest(connection -> {
            Optional<Settled> cancelled = endings.withdraw(connection, old, caller.teamId(), "MOVED");
            if (cancelled.isEmpty()) {
                return false;
            }
            charging.settle(connection, SettlementTransaction.charges(List.of(cancelled.get())));
            Coverage coverage = charging.cover(connection, List.of(JobBirths.hold(row)));
            for (HubException refusal : coverage.refusals().values()) {
                throw refusal;
            }
            register.add(connection, List.of(row));
            if (paused) {
                times.pause(connection, row.id(), caller.teamId());
            }
            charging.hold(connection, coverage, Set.of(row.id()));
            return true;
        });
    }
}
