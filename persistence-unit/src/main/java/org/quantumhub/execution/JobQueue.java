package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob.Reservation;
import org.quantumhub.shared.Money;

/// Moves jobs through the queue, a group at a time, on the connection of the caller's transaction.
///
/// The statements are set-based because a lane is measured in thousands of jobs per second; each lies beside this class
/// as a file of its own, to be read as SQL.
@ApplicationScoped
public class JobQueue {

    private static final String CLAIM = statement("claim.sql");
    private static final String RESERVE = statement("reserve.sql");
    private static final String BEGIN = statement("begin.sql");
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

    private static final String FORGET =
            "delete from hub.reservations where %s returning server_id, lane, jobs, reserved_at";
    private static final String OF_LANE = FORGET.formatted("server_id = ? and lane = ?");
    private static final String OF_SERVER = FORGET.formatted("server_id = ?");
    private static final String OVERDUE = FORGET.formatted("reserved_until < now()");

    /// The lease of a job whose worker is known to be gone.
    private static final int RUN_OUT = -1;

    /// How much one claim may take.
    ///
    /// @param atMost how many jobs
    /// @param budgetMicros how long they may be expected to take together
    /// @param runningPerTeam how many jobs of a team without a limit of its own may run at a time, 0 for any number
    /// @param exact whether some team has a limit: claims then wait for each other, so that none is exceeded
    /// @param reserve whether jobs that fit into the time together are reserved by one row, instead of a
    ///     lease each; never where running jobs are counted
    public record Share(int atMost, long budgetMicros, int runningPerTeam, boolean exact, boolean reserve) {}

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
    public Claimed claim(Connection connection, Worker worker, int leaseSeconds, UUID lastTeam, Share share)
            throws SQLException {
        if (share.exact()) {
            // whoever claims next must see what is running by then
            try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
                lock.setLong(1, CLAIM_LOCK);
                lock.execute();
            }
        }
        Due due = due(connection, lastTeam, share);
        if (due.jobs().isEmpty()) {
            return new Claimed(List.of(), due.more());
        }
        List<ClaimedJob> taken = share.reserve() && due.micros() <= share.budgetMicros()
                ? reserve(connection, worker, leaseSeconds, due)
                : begun(due.jobs(), begin(connection, worker, leaseSeconds, due.since(), ids(due.jobs())));
        return new Claimed(taken, due.more());
    }

    /// What is next, locked.
    ///
    /// @param micros how long they are expected to take together
    /// @param since the time of the claim
    private record Due(
            List<ClaimedJob> jobs,
            boolean more,
            long micros,
            @Nullable OffsetDateTime since) {}

    private static Due due(Connection connection, UUID lastTeam, Share share) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, share.atMost());
            statement.setObject(2, lastTeam);
            statement.setInt(3, share.runningPerTeam());
            statement.setLong(4, share.budgetMicros());
            try (ResultSet rows = statement.executeQuery()) {
                List<ClaimedJob> jobs = new ArrayList<>();
                boolean uncounted = false;
                long waiting = 0;
                long micros = 0;
                OffsetDateTime since = null;
                while (rows.next()) {
                    jobs.add(job(rows));
                    waiting = rows.getLong(17);
                    uncounted = rows.wasNull();
                    micros += rows.getLong(18);
                    since = rows.getObject(19, OffsetDateTime.class);
                }
                // of teams at a limit nothing shows, but when what was taken ends, there is room for more
                boolean limited = share.exact() || share.runningPerTeam() > 0;
                boolean more = uncounted || waiting > jobs.size() || limited && !jobs.isEmpty();
                return new Due(jobs, more, micros, since);
            }
        }
    }

    private static List<ClaimedJob> reserve(Connection connection, Worker worker, int leaseSeconds, Due due)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            statement.setArray(1, uuids(connection, ids(due.jobs())));
            statement.setDouble(2, leaseSeconds);
            statement.setObject(3, worker.server());
            statement.setInt(4, worker.lane());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                OffsetDateTime since = Objects.requireNonNull(due.since(), "the time of a claim");
                return begun(due.jobs(), Set.of((UUID[]) row.getArray(1).getArray())).stream()
                        .map(job -> job.reservedBy(worker, since))
                        .toList();
            }
        }
    }

    private static List<ClaimedJob> begun(List<ClaimedJob> jobs, Collection<UUID> taken) {
        return jobs.stream().filter(job -> taken.contains(job.id())).toList();
    }

    private static List<UUID> ids(List<ClaimedJob> jobs) {
        return jobs.stream().map(ClaimedJob::id).toList();
    }

    private static Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }

    /// Gives jobs of the queue a lease each.
    ///
    /// @param since when they began to run; null for now
    /// @return those that were still in the queue and not reserved by another lane
    private static Set<UUID> begin(
            Connection connection, Worker worker, int leaseSeconds, @Nullable OffsetDateTime since, List<UUID> jobs)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setDouble(1, leaseSeconds);
            statement.setObject(2, worker.server());
            statement.setInt(3, worker.lane());
            statement.setObject(4, since);
            statement.setArray(5, uuids(connection, jobs));
            try (ResultSet rows = statement.executeQuery()) {
                Set<UUID> begun = new HashSet<>();
                while (rows.next()) {
                    begun.add(rows.getObject(1, UUID.class));
                }
                return begun;
            }
        }
    }

    /// Reserved jobs take longer than they were expected to: from now on they run under a lease of their own,
    /// which shows, is renewed, and can be asked to end.
    public void begin(Connection connection, int leaseSeconds, List<ClaimedJob> reserved) throws SQLException {
        Map<Reservation, List<ClaimedJob>> reservations = reserved.stream()
                .filter(job -> job.reservation() != null)
                .collect(Collectors.groupingBy(job -> Objects.requireNonNull(job.reservation())));
        for (Map.Entry<Reservation, List<ClaimedJob>> entry : reservations.entrySet()) {
            begin(
                    connection,
                    entry.getKey().worker(),
                    leaseSeconds,
                    entry.getKey().since(),
                    ids(entry.getValue()));
        }
    }

    /// What a lane has reserved and not settled is begun as lost, for anybody to take over: so an attempt that
    /// ended a server counts.
    public void abandon(Connection connection, Worker worker) throws SQLException {
        abandon(connection, OF_LANE, worker.server(), worker.lane());
    }

    /// The same for all lanes of a server.
    public void abandon(Connection connection, UUID server) throws SQLException {
        abandon(connection, OF_SERVER, server);
    }

    /// The same for lanes whose reservations have run out.
    public void abandonOverdue(Connection connection) throws SQLException {
        abandon(connection, OVERDUE);
    }

    private static void abandon(Connection connection, String forget, Object... whose) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(forget)) {
            for (int i = 0; i < whose.length; i++) {
                statement.setObject(i + 1, whose[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Worker gone = new Worker(rows.getObject(1, UUID.class), rows.getInt(2));
                    List<UUID> jobs = List.of((UUID[]) rows.getArray(3).getArray());
                    begin(connection, gone, RUN_OUT, rows.getObject(4, OffsetDateTime.class), jobs);
                }
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
                row.getBytes(16),
                null);
    }

    /// Prolongs the leases of jobs that are being worked on.
    ///
    /// @return those among them that somebody wants cancelled
    public List<UUID> renew(Connection connection, UUID owner, int leaseSeconds, List<UUID> jobs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setDouble(1, leaseSeconds);
            statement.setObject(2, owner);
            statement.setArray(3, uuids(connection, jobs));
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
            statement.setArray(2, uuids(connection, jobs));
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
