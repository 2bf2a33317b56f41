package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob.Reservation;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;

/// Brings jobs to their end, on the connection of the caller's transaction. Every way returns what ended, so that the
/// caller can move the money in the same transaction.
@ApplicationScoped
public class JobEndings {

    private static final String SETTLE = JobQueue.statement("settle.sql");
    private static final String CANCEL = JobQueue.statement("cancel.sql");
    private static final String GIVE_UP = JobQueue.statement("give-up.sql");

    private static final String WITHDRAW = """
            update hub.jobs j
               set status = 'CANCELLED', completed_at = now(), actual_cost = 0, status_reason = ?, sub_status = null,
                   updated_at = now(), version = j.version + 1
             where j.id = ? and j.team_id = ? and j.child_count = 0 and j.child_index is null and j.status in ('SUBMITTED', 'QUEUED')
            returning j.id, j.team_id, j.backend_slug, j.status, j.estimated_cost, j.actual_cost, j.currency
            """;

    /// How a worker's attempt ended.
    ///
    /// @param cost what the job costs if it is accepted
    public record Attempt(ClaimedJob job, Outcome outcome, Money cost) {

        JobStatus status() {
            return switch (outcome) {
                case Outcome.Succeeded done -> JobStatus.COMPLETED;
                case Outcome.Failed failed -> JobStatus.FAILED;
                case Outcome.Cancelled cancelled -> JobStatus.CANCELLED;
            };
        }

        /// Time spent computing, to the microsecond.
        BigDecimal seconds() {
            return BigDecimal.valueOf(outcome.seconds()).setScale(6, RoundingMode.HALF_UP);
        }

        /// The JSON of the result but for its histogram, if it ran and the result is not in the object store.
        @Nullable
        String counts() {
            KeptResult kept = kept();
            return kept == null ? null : kept.json();
        }

        @Nullable
        Histogram histogram() {
            KeptResult kept = kept();
            return kept == null ? null : kept.histogram();
        }

        private @Nullable KeptResult kept() {
            return outcome instanceof Outcome.Succeeded done ? done.counts() : null;
        }

        /// The shots one by one, if they were asked for and are not in the object store.
        @Nullable
        String memory() {
            return outcome instanceof Outcome.Succeeded done ? done.memory() : null;
        }

        @Nullable
        Reservation reservation() {
            return job.reservation();
        }

        /// What is in the object store.
        @Nullable
        String stored() {
            return outcome instanceof Outcome.Succeeded done ? done.stored() : null;
        }
    }

    /// Ends jobs under their fence.
    ///
    /// @return those that were still the worker's to end; the others are somebody else's by now
    public List<Settled> settle(Connection connection, List<Attempt> group) throws SQLException {
        return settle(connection, SETTLE, group);
    }

    static Columns<Attempt> histograms(Columns<Attempt> columns, List<Attempt> group) {
        return Histogram.add(columns, group.stream().map(Attempt::histogram).toList());
    }

    static List<Settled> settle(Connection connection, String sql, List<Attempt> group) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Columns<Attempt> columns = Columns.of(group)
                    .uuid(a -> a.job().id())
                    .integer(a -> a.job().fence())
                    .text(a -> a.status().name())
                    .text(a -> a.outcome() instanceof Outcome.Failed failed ? failed.reason() : null)
                    .text(a -> a.outcome() instanceof Outcome.Failed failed ? failed.message() : null)
                    .numeric(a -> a.cost().amount())
                    .numeric(Attempt::seconds)
                    .text(Attempt::counts)
                    .text(Attempt::memory)
                    .uuid(a -> Ids.next())
                    .uuid(a -> Ids.next())
                    .text(Attempt::stored)
                    .uuid(a -> a.reservation() == null
                            ? null
                            : a.reservation().worker().server())
                    .text(a -> a.reservation() == null
                            ? null
                            : a.reservation().since().toString());
            histograms(columns, group).bind(statement);
            return settled(statement);
        }
    }

    /// Cancels a job: at once while nobody works on it, else by asking its worker.
    ///
    /// @return how it stands now, CANCELLED or CANCELLING; empty when there is nothing to cancel any more
    public Optional<Settled> cancel(Connection connection, UUID jobId, UUID teamId) throws SQLException {
        return cancel(connection, jobId, teamId, "CANCELLED_BY_USER");
    }

    /// The same because a budget is used up.
    public Optional<Settled> cancelForBudget(Connection connection, UUID jobId, UUID teamId) throws SQLException {
        return cancel(connection, jobId, teamId, "CANCELLED_BY_BUDGET");
    }

    private static Optional<Settled> cancel(Connection connection, UUID jobId, UUID teamId, String reason)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CANCEL)) {
            statement.setString(1, reason);
            statement.setObject(2, jobId);
            statement.setObject(3, teamId);
            return settled(statement).stream().findFirst();
        }
    }

    /// Ends a job that nobody has begun, for a reason of the hub's.
    ///
    /// @return empty when it does not wait any more
    public Optional<Settled> withdraw(Connection connection, UUID jobId, UUID teamId, String reason)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WITHDRAW)) {
            statement.setString(1, reason);
            statement.setObject(2, jobId);
            statement.setObject(3, teamId);
            return settled(statement).stream().findFirst();
        }
    }

    /// Ends what nobody will end any more: jobs that lost their worker too often, and cancelled ones without a worker.
    ///
    /// @param attempts how often a job may be begun
    public List<Settled> giveUp(Connection connection, int attempts, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
            statement.setInt(1, attempts);
            statement.setInt(2, atMost);
            return settled(statement);
        }
    }

    static List<Settled> settled(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<Settled> settled = new ArrayList<>();
            while (rows.next()) {
                Currency currency = Currency.getInstance(rows.getString(7));
                settled.add(new Settled(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getString(3),
                        JobStatus.valueOf(rows.getString(4)),
                        new Money(rows.getBigDecimal(5), currency),
                        new Money(rows.getBigDecimal(6), currency)));
            }
            return settled;
        }
    }
}
