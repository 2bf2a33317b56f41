package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds jobs on their way, on the connection of the caller's transaction.
@ApplicationScoped
public class UnfinishedJobs {

    private static final String FIND = """
            select j.id, j.team_id
              from hub.jobs j
             where j.status in ('SUBMITTED', 'QUEUED', 'PROVISIONING', 'RUNNING')
               and (?::uuid is null or j.team_id = ?::uuid)
               and (?::uuid is null or j.user_id = ?::uuid)
               and (?::text is null or j.backend_slug = ?::text)
               and (?::uuid is null or j.project_id = ?::uuid)
             order by j.id
             limit ?
            """;

    /// A job and its team.
    public record Unfinished(UUID id, UUID teamId) {}

    /// Jobs that can still be cancelled, oldest first; what is null is not asked for.
    public List<Unfinished> find(
            Connection connection,
            @Nullable UUID team,
            @Nullable UUID user,
            @Nullable String backend,
            @Nullable UUID project,
            int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            int at = 0;
            for (Object wanted : new @Nullable Object[] {team, user, backend, project}) {
                String text = wanted == null ? null : wanted.toString();
                statement.setString(++at, text);
                statement.setString(++at, text);
            }
            statement.setInt(++at, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                List<Unfinished> jobs = new ArrayList<>();
                while (rows.next()) {
                    jobs.add(new Unfinished(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
                }
                return jobs;
            }
        }
    }
}
