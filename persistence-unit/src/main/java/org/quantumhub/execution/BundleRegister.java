package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TextArrayConverter;

/// Bundles, on the connection of the caller's transaction. Children are jobs like any other; a parent follows them.
@ApplicationScoped
public class BundleRegister {

    private static final String SUBMIT = JobQueue.statement("submit-bundle.sql");
    private static final String TALLY = JobQueue.statement("bundle-tally.sql");
    private static final String WITHDRAW = JobQueue.statement("withdraw-bundle.sql");
    private static final String CANCEL = JobQueue.statement("cancel-bundle.sql");

    private static final String STEP = """
            update hub.jobs
               set status = ?, sub_status = case when ? then null else sub_status end,
                   fence = greatest(fence, 1), started_at = coalesce(started_at, now()),
                   status_reason = case when status_reason = 'CANCELLED_BY_USER' then status_reason else ? end,
                   error_message = ?, completed_at = case when ? then now() end, actual_cost = case when ? then 0 end,
                   quantum_time_seconds = case when ? then ?::numeric end,
                   wall_time_seconds = case when ? then extract(epoch from now() - submitted_at) end,
                   updated_at = now(), version = version + 1
             where id = ?
            """;

    private static final String SUMMARISE = """
            insert into hub.job_results (id, team_id, job_id, result_type, result_data, primary_result, shots, quantum_time_seconds,
                                         fence, status)
            select ?, team_id, id, 'SUMMARY', ?::jsonb, true, shots, ?, fence, ? from hub.jobs where id = ?
            """;

    /// The parents that have not ended, oldest first.
    ///
    /// @param after those that come after this one
    public List<UUID> open(Connection connection, UUID after, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select id from hub.jobs where child_count > 0 and completed_at is null and status <> 'SUBMITTED'"
                        + " and id > ? order by id limit ?")) {
            statement.setObject(1, after);
            statement.setInt(2, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> open = new ArrayList<>();
                while (rows.next()) {
                    open.add(rows.getObject(1, UUID.class));
                }
                return open;
            }
        }
    }

    /// Enters a parent. Its children are to follow in the same transaction.
    ///
    /// @param parent as its children are, with the largest of their sizes
    public void add(Connection connection, NewJobRow parent, int children) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUBMIT)) {
            int at = 0;
            statement.setObject(++at, parent.id());
            statement.setObject(++at, parent.teamId());
            statement.setObject(++at, parent.userId());
            statement.setString(++at, parent.name());
            statement.setString(++at, parent.runMode().name());
            statement.setString(++at, parent.backendSlug());
            statement.setInt(++at, parent.shots());
            statement.setLong(++at, parent.seed());
            statement.setBoolean(++at, parent.memory());
            statement.setString(++at, String.valueOf(new TextArrayConverter().convertToDatabaseColumn(parent.tags())));
            statement.setString(++at, parent.metadata());
            statement.setInt(++at, parent.qubitCount());
            statement.setInt(++at, parent.gateCount());
            statement.setInt(++at, parent.depth());
            statement.setLong(++at, parent.expectedMicros());
            statement.setString(++at, parent.estimatedCost().currency().getCurrencyCode());
            statement.setObject(++at, parent.priceVersionId());
            statement.setString(++at, parent.requestId());
            statement.setString(++at, parent.terms().json());
            statement.setInt(++at, children);
            statement.executeUpdate();
        }
    }

    /// Lets parents follow their children.
    ///
    /// @return those that have come to their end
    public List<UUID> follow(Connection connection, Collection<UUID> parents) throws SQLException {
        List<UUID> ended = new ArrayList<>();
        for (BundleTally tally : tallies(connection, parents)) {
            List<JobStatus> steps = tally.steps();
            for (JobStatus step : steps) {
                take(connection, tally, step);
            }
            if (!steps.isEmpty() && steps.getLast().isFinal()) {
                ended.add(tally.id());
            }
        }
        return ended;
    }

    private static List<BundleTally> tallies(Connection connection, Collection<UUID> parents) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TALLY)) {
            statement.setArray(1, connection.createArrayOf("uuid", parents.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<BundleTally> tallies = new ArrayList<>();
                while (rows.next()) {
                    tallies.add(new BundleTally(
                            rows.getObject(1, UUID.class),
                            JobStatus.valueOf(rows.getString(3)),
                            rows.getInt(4),
                            rows.getInt(5),
                            rows.getInt(6),
                            rows.getInt(7),
                            rows.getInt(8),
                            rows.getBigDecimal(9)));
                }
                return tallies;
            }
        }
    }

    private static void take(Connection connection, BundleTally tally, JobStatus step) throws SQLException {
        boolean last = step.isFinal();
        BigDecimal seconds = tally.quantumTimeSeconds();
        try (PreparedStatement statement = connection.prepareStatement(STEP)) {
            statement.setString(1, step.name());
            statement.setBoolean(2, last);
            statement.setString(3, last ? tally.reason() : null);
            statement.setString(4, step == JobStatus.FAILED ? tally.message() : null);
            statement.setBoolean(5, last);
            statement.setBoolean(6, last);
            statement.setBoolean(7, last);
            statement.setBigDecimal(8, seconds);
            statement.setBoolean(9, last);
            statement.setObject(10, tally.id());
            statement.executeUpdate();
        }
        if (step == JobStatus.COMPLETED) {
            try (PreparedStatement statement = connection.prepareStatement(SUMMARISE)) {
                statement.setObject(1, Ids.next());
                statement.setString(2, tally.json());
                statement.setBigDecimal(3, seconds);
                statement.setString(4, tally.isWhole() ? "COMPLETED" : "PARTIAL");
                statement.setObject(5, tally.id());
                statement.executeUpdate();
            }
        }
    }

    /// Cancels what is left of a bundle.
    ///
    /// @return the rows that changed, the parent among them; empty when there is nothing to cancel any more
    public List<Settled> cancel(Connection connection, UUID parent, UUID teamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CANCEL)) {
            statement.setObject(1, parent);
            statement.setObject(2, teamId);
            return JobEndings.settled(statement);
        }
    }

    /// Ends what nobody has begun of a bundle, for a reason of the hub's.
    ///
    /// @return the rows that ended, the parent among them; fewer than the bundle has when some of it has begun
    public List<Settled> withdraw(Connection connection, UUID parent, UUID teamId, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WITHDRAW)) {
            statement.setString(1, reason);
            statement.setObject(2, teamId);
            statement.setObject(3, parent);
            statement.setObject(4, parent);
            return JobEndings.settled(statement);
        }
    }
}
