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
import org.quantumhub.execution.JobEndings.Attempt;
import org.quantumhub.execution.NewJobRow.Idempotency;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Pipeline;

/// Where jobs are born, a group at a time, on the connection of the caller's transaction.
@ApplicationScoped
public class JobRegister {

    private static final String SUBMIT = JobQueue.statement("submit.sql");
    private static final String RESULTS = JobQueue.statement("results.sql");

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

    /// Jobs that wait.
    public void add(Connection connection, List<NewJobRow> rows) throws SQLException {
        Pipeline pipeline = new Pipeline();
        add(pipeline, rows.stream().map(Arrival::waiting).toList());
        pipeline.run(connection);
    }

    /// Jobs that wait and jobs that are born with their end and their results, written together with what else is.
    public void add(Pipeline pipeline, List<Arrival> arrivals) {
        pipeline.add(
                SUBMIT,
                Columns.of(arrivals)
                        .uuid(Arrival::id)
                        .uuid(a -> a.row().teamId())
                        .uuid(a -> a.row().userId())
                        .text(a -> a.row().name())
                        .text(a -> a.row().runMode().name())
                        .text(a -> a.row().backendSlug())
                        .text(a -> isJson(a.row()) ? a.row().program().text() : null)
                        .text(a -> isJson(a.row()) ? null : a.row().program().text())
                        .text(a -> a.row().program().format().name())
                        .integer(a -> a.row().shots())
                        .bigint(a -> a.row().seed())
                        .bool(a -> a.row().memory())
                        .texts(a -> a.row().tags())
                        .text(a -> a.row().metadata())
                        .integer(a -> a.row().qubitCount())
                        .integer(a -> a.row().gateCount())
                        .integer(a -> a.row().depth())
                        .bigint(a -> a.row().expectedMicros())
                        .numeric(a -> a.row().estimatedCost().amount())
                        .text(a -> a.row().estimatedCost().currency().getCurrencyCode())
                        .uuid(a -> a.row().priceVersionId())
                        .text(a -> a.row().requestId())
                        .text(Arrival::endJson)
                        .text(a -> a.row().terms().json()));
        List<Attempt> ended =
                arrivals.stream().map(Arrival::ended).filter(Objects::nonNull).toList();
        if (!ended.isEmpty()) {
            pipeline.add(RESULTS, results(ended));
        }
    }

    private static Columns<Attempt> results(List<Attempt> ended) {
        Columns<Attempt> columns = Columns.of(ended)
                .uuid(a -> a.job().id())
                .uuid(a -> a.job().teamId())
                .integer(a -> a.job().fence())
                .integer(a -> a.job().shots())
                .numeric(Attempt::seconds)
                .text(Attempt::counts)
                .text(Attempt::memory)
                .uuid(a -> Ids.next())
                .uuid(a -> Ids.next())
                .text(Attempt::stored);
        return JobEndings.histograms(columns, ended);
    }

    private static boolean isJson(NewJobRow row) {
        return row.program().format() == ProgramFormat.CIRCUIT_JSON;
    }
}
