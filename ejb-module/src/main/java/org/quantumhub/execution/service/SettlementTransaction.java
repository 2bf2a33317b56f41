package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobEndings;
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.JobQueue;
import org.quantumhub.execution.JobStatus;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.Settled;
import org.quantumhub.execution.Worker;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.service.Database;

/// The transactions in which jobs end. Work and money move in the same one, whichever way a job ends.
@ApplicationScoped
public class SettlementTransaction {

    private static final Logger LOG = System.getLogger(SettlementTransaction.class.getName());

    /// Errors of the database's data and integrity classes: the row is at fault, not the connection.
    private static final List<String> ROW_AT_FAULT = List.of("22", "23", "54");

    @Inject
    Database database;

    @Inject
    JobEndings endings;

    @Inject
    JobQueue queue;

    @Inject
    Charging charging;

    /// As part of a lane's chunk.
    @Transactional
    public List<Settled> settle(List<Attempt> group) {
        return database.asBackground(connection -> {
            List<Settled> settled = settleAll(connection, group);
            if (settled.size() < group.size()) {
                abandonRest(connection, group);
            }
            return settled;
        });
    }

    /// What could not be settled and is still in the queue would be claimed again as if nobody had tried.
    private void abandonRest(Connection connection, List<Attempt> group) throws SQLException {
        Set<Worker> holders = group.stream()
                .map(attempt -> attempt.job().reservation())
                .filter(Objects::nonNull)
                .map(ClaimedJob.Reservation::worker)
                .collect(Collectors.toSet());
        for (Worker holder : holders) {
            queue.abandon(connection, holder);
        }
    }

    /// All together; if the database refuses that, one by one, so that one job that cannot be settled takes no other
    /// down.
    private List<Settled> settleAll(Connection connection, List<Attempt> group) throws SQLException {
        Optional<List<Settled>> together = attempt(connection, group);
        if (together.isPresent()) {
            return together.get();
        }
        List<Settled> settled = new ArrayList<>();
        for (Attempt attempt : group) {
            settled.addAll(attempt(connection, List.of(attempt)).orElseGet(List::of));
            if (settled.stream().noneMatch(s -> s.jobId().equals(attempt.job().id()))) {
                settled.addAll(
                        attempt(connection, List.of(unsettleable(attempt))).orElseGet(List::of));
            }
        }
        return settled;
    }

    private Optional<List<Settled>> attempt(Connection connection, List<Attempt> group) throws SQLException {
        try (Statement savepoint = connection.createStatement()) {
            savepoint.execute("savepoint settlement");
            try {
                List<Settled> settled = endings.settle(connection, group);
                charge(connection, settled);
                savepoint.execute("release savepoint settlement");
                return Optional.of(settled);
            } catch (SQLException e) {
                if (e.getSQLState() == null
                        || !ROW_AT_FAULT.contains(e.getSQLState().substring(0, 2))) {
                    throw e;
                }
                savepoint.execute("rollback to savepoint settlement");
                List<UUID> jobs = group.stream().map(one -> one.job().id()).toList();
                LOG.log(Level.WARNING, "settlement refused jobs=" + jobs, e);
                return Optional.empty();
            }
        }
    }

    private static Attempt unsettleable(Attempt attempt) {
        return new Attempt(
                attempt.job(),
                new Outcome.Failed(
                        attempt.outcome().seconds(),
                        "RESULT_REFUSED",
                        "The result could not be stored; it is too large."),
                Money.zero(attempt.cost().currency()));
    }

    /// Cancels a job of the caller's team.
    ///
    /// @return how it stands now; empty when there was nothing to cancel
    @Transactional
    public Optional<Settled> cancel(Caller caller, UUID jobId) {
        return database.asRequest(connection -> {
            Optional<Settled> cancelled = endings.cancel(connection, jobId, caller.teamId());
            if (cancelled.isPresent() && cancelled.get().status() == JobStatus.CANCELLED) {
                charge(connection, List.of(cancelled.get()));
            }
            return cancelled;
        });
    }

    /// Ends the jobs that nobody will end any more.
    @Transactional(TxType.REQUIRES_NEW)
    public List<Settled> giveUp(int attempts, int atMost) {
        return database.asBackground(connection -> {
            List<Settled> given = endings.giveUp(connection, attempts, atMost);
            charge(connection, given);
            return given;
        });
    }

    private void charge(Connection connection, List<Settled> settled) throws SQLException {
        charging.settle(connection, charges(settled));
    }

    /// What becomes of the holds of ended jobs.
    static List<Charging.Settlement> charges(List<Settled> settled) {
        return settled.stream()
                .map(s ->
                        new Charging.Settlement(s.teamId(), s.jobId(), s.held(), s.cost(), "Job on " + s.backendSlug()))
                .toList();
    }
}
