package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.billing.service.Coverage;
import org.quantumhub.execution.BundleRegister;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobRegister;
import org.quantumhub.execution.JobRegister.Earlier;
import org.quantumhub.execution.JobRegister.RequestKey;
import org.quantumhub.execution.JobTimes;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// The transactions of bundles. A bundle is born whole or not at all; its children hold their own money.
@ApplicationScoped
public class BundleTransactions {

    /// Children that one statement writes.
    private static final int LARGEST_GROUP = 500;

    @Inject
    Database database;

    @Inject
    JobRegister register;

    @Inject
    BundleRegister bundles;

    @Inject
    JobTimes times;

    @Inject
    Charging charging;

    /// Writes a parent and its children. The wallet is visited last: thousands of rows are written before anybody else
    /// of the team has to wait.
    ///
    /// @return the bundle that this very request made before, which is then the one that counts; empty when this one
    /// was
    ///     written
    /// @throws HubException `INSUFFICIENT_FUNDS`, `BUDGET_EXCEEDED` or `IDEMPOTENCY_KEY_REUSED`
    @Transactional
    public Optional<UUID> write(Caller caller, NewJobRow parent, List<NewJobRow> children) {
        return database.asRequest(connection -> {
            UUID earlier = earlier(connection, parent);
            if (earlier != null) {
                return Optional.of(earlier);
            }
            add(connection, parent, children);
            hold(connection, children);
            return Optional.empty();
        });
    }

    private void add(Connection connection, NewJobRow parent, List<NewJobRow> children) throws SQLException {
        bundles.add(connection, parent, children.size());
        for (int from = 0; from < children.size(); from += LARGEST_GROUP) {
            register.add(connection, children.subList(from, Math.min(from + LARGEST_GROUP, children.size())));
        }
    }

    /// Puts a bundle in the place of another, with its money: whole, or not at all.
    ///
    /// @param paused whether the new one waits for a resume, too
    /// @throws HubException `JOB_STARTED` when some of the old one has begun, `INSUFFICIENT_FUNDS` or `BUDGET_EXCEEDED`
    @Transactional
    public void replace(Caller caller, Job old, boolean paused, NewJobRow parent, List<NewJobRow> children) {
        database.asRequest(connection -> {
            List<Settled> withdrawn = bundles.withdraw(connection, old.id(), caller.teamId(), "MOVED");
            if (withdrawn.size() < old.childCount() + 1) {
                throw new HubException(
                        ProblemCode.JOB_STARTED, "Some circuits of the job have begun; a bundle moves as a whole.");
            }
            add(connection, parent, children);
            if (paused) {
                times.pause(connection, parent.id(), caller.teamId());
            }
            charging.settle(connection, SettlementTransaction.charges(withdrawn));
            hold(connection, children);
            return parent;
        });
    }

    /// The bundle that this very request has made before.
    private @Nullable UUID earlier(Connection connection, NewJobRow parent) throws SQLException {
        NewJobRow.Idempotency idempotency = parent.idempotency();
        if (idempotency == null) {
            return null;
        }
        register.remember(connection, List.of(parent));
        Map<RequestKey, Earlier> winners = register.recall(connection, List.of(parent));
        Earlier winner = Objects.requireNonNull(
                winners.get(new RequestKey(parent.teamId(), idempotency.key())), "a key that was just remembered");
        if (winner.jobId().equals(parent.id())) {
            return null;
        }
        if (!winner.sameRequest(idempotency)) {
            throw new HubException(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "This idempotency key was used for another request; use a new one.");
        }
        return winner.jobId();
    }

    private void hold(Connection connection, List<NewJobRow> children) throws SQLException {
        Coverage coverage = charging.cover(
                connection, children.stream().map(JobBirths::hold).toList());
        for (HubException refused : coverage.refusals().values()) {
            throw refused;
        }
        charging.hold(connection, coverage, children.stream().map(NewJobRow::id).collect(Collectors.toSet()));
    }

    /// @return parents that have come to their end
    @Transactional(TxType.REQUIRES_NEW)
    List<UUID> follow(Collection<UUID> parents) {
        return database.asBackground(connection -> bundles.follow(connection, parents));
    }

    /// @return the rows that changed, the parent among them
    @Transactional
    public List<Settled> cancel(Caller caller, UUID parent) {
        return database.asRequest(connection -> {
            List<Settled> changed = bundles.cancel(connection, parent, caller.teamId());
            charging.settle(
                    connection,
                    SettlementTransaction.charges(changed.stream()
                            .filter(job -> job.status().isFinal())
                            .toList()));
            return changed;
        });
    }
}
