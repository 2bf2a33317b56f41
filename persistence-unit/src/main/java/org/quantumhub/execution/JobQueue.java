package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.quantumhub.shared.Money;

/// Moves jobs through the queue, a group at a time, on the connection of the caller's transaction.
///
/// The statements are set-based because a lane is measured in thousands of jobs per second; each lies beside this class
/// as a file of its own, to be read as SQL.
@ApplicationScoped
public class JobQueue {

    private static final String CLAIM = statement("claim.sql");
    private static final String TAKE_OVER = statement("take-over.sql");
    private static final String RENEW = "update hub.jobs set lease_until = now() + make_interval(secs => ?)"
            + " where lease_owner = ? and id = any (?) and status in ('RUNNING', 'CANCELLING')"
            + " returning case when status = 'CANCELLING' then id end";
    private static final String GIVE_BACK =
            "update hub.jobs set lease_until = now() where lease_owner = ? and id = any (?)"
                    + " and status in ('RUNNING', 'CANCELLING')";
    private static final String RELEASE_LEASES =
            "update hub.jobs set lease_until = now() where lease_owner = ? and status in ('RUNNING', 'CANCELLING')"
                    + " and lease_until > now()";

    /// Nobody in particular was served last.
    public static final UUID NO_TEAM = new UUID(0, 0);

    private static final long CLAIM_LOCK = 0x71_68_63_6c_61_69_6dL;

    /// How much one claim may take.
    ///
    /// @param atMost how many jobs
    /// @param budgetMicros how long they may be expected to take together
    /// @param runningPerTeam how many jobs of a team without a limit of its own may run at a time, 0 for any number
    /// @param exact whether some team has a limit: claims then wait for each other, so that none is exceeded
    public record Share(int atMost, long budgetMicros, int runningPerTeam, boolean exact) {}

    /// What a worker got.
    ///
    /// @param more whether the queue may hold more that is due; false when this was all, but for jobs that another
    ///             transaction held at that moment
    public record Claimed(List<ClaimedJob> jobs, boolean more) {}

    /// Whose turn it was last when these were claimed: the farthest on the way round.
    ///
    /// @param before whose turn it was before
    public static UUID lastServed(UUID before, List<ClaimedJob> claimed) {
        // as texts, because the database compares the bytes of ids as unsigned ones, and Java does not
        String start = before.toString();
        return claimed.stream()
                .map(ClaimedJob::teamId)
                .max(Comparator.comparing((UUID team) -> team.toString().compareTo(start) <= 0)
                        .thenComparing(UUID::toString))
                .orElse(before);
    }

    /// Claims due jobs for a worker.
    ///
    /// @param lastTeam the team that was served last: the others come first
    /// @param share how many and how much
    public Claimed claim(Connection connection, UUID owner, int leaseSeconds, UUID lastTeam, Share share)
            throws SQLException {
        if (share.exact()) {
            // whoever claims next must see what is running by then
            try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
                lock.setLong(1, CLAIM_LOCK);
                lock.execute();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, share.atMost());
            statement.setObject(2, lastTeam);
            statement.setInt(3, share.runningPerTeam());
            statement.setObject(4, owner);
            statement.setDouble(5, leaseSeconds);
            statement.setLong(6, share.budgetMicros());
            try (ResultSet rows = statement.executeQuery()) {
                List<ClaimedJob> jobs = new ArrayList<>();
                boolean uncounted = false;
                long due = 0;
                while (rows.next()) {
                    jobs.add(job(rows));
                    due = rows.getLong(17);
                    uncounted = rows.wasNull();
                }
                // of teams at a limit nothing shows, but when what was taken ends, there is room for more
                boolean limited = share.exact() || share.runningPerTeam() > 0;
                return new Claimed(jobs, uncounted || due > jobs.size() || limited && !jobs.isEmpty());
            }
        }
    }

    /// Takes over the job that has been without a worker for longest. One at a time, so that a server that dies again
    /// counts against the job that it worked on and not against those that waited beside it.
    ///
    /// @param attempts jobs that have been begun this often are left for [JobEndings#giveUp]
    public Optional<ClaimedJob> takeOver(Connection connection, UUID owner, int leaseSeconds, int attempts)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_OVER)) {
            statement.setInt(1, attempts);
            statement.setObject(2, owner);
            statement.setDouble(3, leaseSeconds);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(job(rows)) : Optional.empty();
            }
        }
    }

    private static ClaimedJob job(ResultSet row) throws SQLException {
        return new ClaimedJob(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getInt(3),
                ProgramFormat.valueOf(row.getString(4)),
                row.getString(5),
                row.getInt(6),
                row.getLong(7),
                row.getBoolean(8),
                row.getString(9),
                new Money(row.getBigDecimal(10), Currency.getInstance(row.getString(11))),
                row.getObject(12, UUID.class),
                row.getDouble(13),
                row.getString(14),
                row.getObject(15, UUID.class),
                row.getBytes(16));
    }

    /// Prolongs the leases of jobs that are being worked on.
    ///
    /// @return those among them that somebody wants cancelled
    public List<UUID> renew(Connection connection, UUID owner, int leaseSeconds, List<UUID> jobs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setDouble(1, leaseSeconds);
            statement.setObject(2, owner);
            statement.setArray(3, connection.createArrayOf("uuid", jobs.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> cancelling = new ArrayList<>();
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    if (id != null) {
                        cancelling.add(id);
                    }
                }
                return cancelling;
            }
        }
    }

    /// Gives back everything a worker holds, for others to take over at once: it stops, or it is known to be gone.
    public int releaseLeases(Connection connection, UUID owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE_LEASES)) {
            statement.setObject(1, owner);
            return statement.executeUpdate();
        }
    }

    /// Gives back jobs that were claimed and cannot be worked on: the next who looks takes them over.
    public int giveBack(Connection connection, UUID owner, List<UUID> jobs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GIVE_BACK)) {
            statement.setObject(1, owner);
            statement.setArray(2, connection.createArrayOf("uuid", jobs.toArray()));
            return statement.executeUpdate();
        }
    }

    static String statement(String file) {
        try (InputStream text = JobQueue.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(text, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
