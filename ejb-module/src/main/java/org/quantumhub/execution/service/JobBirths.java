package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.billing.service.Charging.Hold;
import org.quantumhub.billing.service.Coverage;
import org.quantumhub.execution.Arrival;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.JobRegister;
import org.quantumhub.execution.JobRegister.Earlier;
import org.quantumhub.execution.JobRegister.RequestKey;
import org.quantumhub.execution.JobRepository;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.Settled;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Pipeline;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.RowSecurity;

/// The transaction of a submission, for a whole group of them: the idempotency key, the job and the hold on its team's
/// money are written together or not at all; and so are the end of a job that ran already, its result and its charge.
@ApplicationScoped
public class JobBirths {

    @Inject
    Database database;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    JobRegister register;

    @Inject
    JobRepository jobs;

    @Inject
    Charging charging;

    /// What came of a submission.
    public sealed interface Birth {

        /// A job of its own, as it stands in the database.
        record Born(Job job) implements Birth {}

        /// The job that this very request had made before.
        record Repeated(UUID jobId) implements Birth {}

        record Refused(HubException reason) implements Birth {}
    }

    /// Writes a group; the answers stand in the order of the rows.
    @Transactional
    public List<Birth> write(List<Arrival> arrivals) {
        List<NewJobRow> rows = arrivals.stream().map(Arrival::row).toList();
        return database.asRequest(connection -> {
            Set<UUID> teams = new TreeSet<>();
            rows.forEach(row -> teams.add(row.teamId()));
            rowSecurity.actForTeams(connection, teams);
            Map<UUID, Birth> births = new HashMap<>();
            refuseKnown(connection, rows, births);
            Coverage coverage = charging.cover(
                    connection, open(rows, births).stream().map(JobBirths::hold).toList());
            coverage.refusals().forEach((job, reason) -> births.put(job, new Birth.Refused(reason)));
            claimKeys(connection, open(rows, births), births);
            List<NewJobRow> born = open(rows, births);
            if (!born.isEmpty()) {
                Set<UUID> ids = born.stream().map(NewJobRow::id).collect(Collectors.toSet());
                add(
                        connection,
                        arrivals.stream().filter(one -> ids.contains(one.id())).toList(),
                        coverage);
                // read back here, together: whoever asked for them would read them one by one
                jobs.all(ids).forEach(job -> births.put(job.id(), new Birth.Born(job)));
            }
            return rows.stream()
                    .map(row -> Objects.requireNonNull(births.get(row.id()), "every row has an answer"))
                    .toList();
        });
    }

    /// Jobs, results and money in one round trip: while it lasts, whoever needs the same wallets waits.
    private void add(Connection connection, List<Arrival> born, Coverage coverage) throws SQLException {
        List<Settled> settled =
                born.stream().flatMap(one -> one.settled().stream()).toList();
        Pipeline pipeline = new Pipeline();
        register.add(pipeline, born);
        charging.hold(
                pipeline,
                coverage,
                born.stream().map(Arrival::id).collect(Collectors.toSet()),
                SettlementTransaction.charges(settled));
        pipeline.run(connection);
    }

    /// What a job asks to be set aside.
    static Hold hold(NewJobRow row) {
        return new Hold(
                row.teamId(),
                row.userId(),
                row.backendSlug(),
                row.terms().projectId(),
                row.id(),
                row.estimatedCost(),
                "Job on " + row.backendSlug());
    }

    private static List<NewJobRow> open(List<NewJobRow> rows, Map<UUID, Birth> births) {
        return rows.stream().filter(row -> !births.containsKey(row.id())).toList();
    }

    /// Requests that were answered before get the same job again, even when the wallet is empty by now. Two with one
    /// key
    /// inside the group: the second is written after the first, alone.
    private void refuseKnown(Connection connection, List<NewJobRow> rows, Map<UUID, Birth> births) throws SQLException {
        List<NewJobRow> keyed = withKey(rows);
        if (keyed.isEmpty()) {
            return;
        }
        Map<RequestKey, Earlier> earlier = register.recall(connection, keyed);
        Set<RequestKey> here = new HashSet<>();
        for (NewJobRow row : keyed) {
            Birth repeated = repeated(row, earlier.get(key(row)));
            if (repeated != null) {
                births.put(row.id(), repeated);
            } else if (!here.add(key(row))) {
                throw new TwiceInGroup();
            }
        }
    }

    /// Somebody on another server may write the same key at this moment: the database lets one of the two win.
    private void claimKeys(Connection connection, List<NewJobRow> rows, Map<UUID, Birth> births) throws SQLException {
        List<NewJobRow> keyed = withKey(rows);
        if (keyed.isEmpty()) {
            return;
        }
        register.remember(connection, keyed);
        Map<RequestKey, Earlier> winners = register.recall(connection, keyed);
        for (NewJobRow row : keyed) {
            Earlier winner = Objects.requireNonNull(winners.get(key(row)), "a key that was just remembered");
            if (!winner.jobId().equals(row.id())) {
                births.put(row.id(), Objects.requireNonNull(repeated(row, winner)));
            }
        }
    }

    private static @Nullable Birth repeated(NewJobRow row, @Nullable Earlier earlier) {
        if (earlier == null) {
            return null;
        }
        return earlier.sameRequest(Objects.requireNonNull(row.idempotency()))
                ? new Birth.Repeated(earlier.jobId())
                : new Birth.Refused(new HubException(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This idempotency key was used for another request; use a new one."));
    }

    private static List<NewJobRow> withKey(List<NewJobRow> rows) {
        return rows.stream().filter(row -> row.idempotency() != null).toList();
    }

    private static RequestKey key(NewJobRow row) {
        return new RequestKey(
                row.teamId(), Objects.requireNonNull(row.idempotency()).key());
    }

    /// Makes the group writer fall back to one by one, where the second finds the first's job.
    private static final class TwiceInGroup extends RuntimeException {}
}
