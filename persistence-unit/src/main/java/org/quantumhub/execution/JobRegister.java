package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.quantumhub.execution.NewJobRow.Idempotency;
import org.quantumhub.shared.Columns;

/// Where jobs are born, a group at a time, on the connection of the caller's transaction.
@ApplicationScoped
public class JobRegister {

    private static final String SUBMIT = JobQueue.statement("submit.sql");

    private static final String REMEMBER = """
            insert into hub.idempotency_keys (team_id, key, request_hash, job_id)
            select team_id, key, decode(request_hash, 'hex'), job_id
              from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) as i (team_id, key, request_hash, job_id)
             order by team_id, key
            on conflict (team_id, key) do nothing
            """;

    private static final String RECALL = """
            select k.team_id, k.key, k.request_hash, k.job_id
              from hub.idempotency_keys k
              join unnest(?::uuid[], ?::text[]) as i (team_id, key) on k.team_id = i.team_id and k.key = i.key
            """;

    /// The name of a request: keys are the team's own.
    public record RequestKey(UUID teamId, String key) {}

    /// The job a request made before.
    public record Earlier(byte[] requestHash, UUID jobId) {

        public boolean sameRequest(Idempotency idempotency) {
            return Arrays.equals(requestHash, idempotency.requestHash());
        }
    }

    /// Remembers which request made which job. A key that is known already keeps its job; [#recall] tells which.
    /// Two requests with one key that come at the same time queue here, and the second sees the first's job.
    public void remember(Connection connection, List<NewJobRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
            Columns.of(rows)
                    .uuid(NewJobRow::teamId)
                    .text(r -> idempotency(r).key())
                    .text(r -> java.util.HexFormat.of().formatHex(idempotency(r).requestHash()))
                    .uuid(NewJobRow::id)
                    .bind(statement);
            statement.executeUpdate();
        }
    }

    /// Which jobs these requests made.
    public Map<RequestKey, Earlier> recall(Connection connection, List<NewJobRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECALL)) {
            Columns.of(rows)
                    .uuid(NewJobRow::teamId)
                    .text(r -> idempotency(r).key())
                    .bind(statement);
            try (ResultSet found = statement.executeQuery()) {
                Map<RequestKey, Earlier> earlier = new HashMap<>();
                while (found.next()) {
                    earlier.put(
                            new RequestKey(found.getObject(1, UUID.class), found.getString(2)),
                            new Earlier(found.getBytes(3), found.getObject(4, UUID.class)));
                }
                return earlier;
            }
        }
    }

    private static Idempotency idempotency(NewJobRow row) {
        return Objects.requireNonNull(row.idempotency());
    }

    public void add(Connection connection, List<NewJobRow> rows, int leaseSeconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUBMIT)) {
            Columns.of(rows)
                    .uuid(NewJobRow::id)
                    .uuid(NewJobRow::teamId)
                    .uuid(NewJobRow::userId)
                    .text(NewJobRow::name)
                    .text(r -> r.runMode().name())
                    .text(NewJobRow::backendSlug)
                    .text(r -> isJson(r) ? r.program().text() : null)
                    .text(r -> isJson(r) ? null : r.program().text())
                    .text(r -> r.program().format().name())
                    .integer(NewJobRow::shots)
                    .bigint(NewJobRow::seed)
                    .bool(NewJobRow::memory)
                    .texts(NewJobRow::tags)
                    .text(NewJobRow::metadata)
                    .integer(NewJobRow::qubitCount)
                    .integer(NewJobRow::gateCount)
                    .integer(NewJobRow::depth)
                    .bigint(NewJobRow::expectedMicros)
                    .numeric(r -> r.estimatedCost().amount())
                    .text(r -> r.estimatedCost().currency().getCurrencyCode())
                    .uuid(NewJobRow::priceVersionId)
                    .text(NewJobRow::requestId)
                    .uuid(NewJobRow::claimedBy)
                    .integer(r -> leaseSeconds)
                    .text(r -> r.terms().json())
                    .bind(statement);
            statement.executeUpdate();
        }
    }

    private static boolean isJson(NewJobRow row) {
        return row.program().format() == ProgramFormat.CIRCUIT_JSON;
    }
}
