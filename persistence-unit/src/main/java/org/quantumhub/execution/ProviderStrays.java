package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.quantumhub.shared.Ids;

/// Notes tasks under this hub's mark that are in none of its books, on the connection of the caller's transaction.
@ApplicationScoped
public class ProviderStrays {

    /// A task that a provider lists under this hub's mark.
    public record Listed(String providerTaskId, String token, String status) {}

    /// Holds a provider's list against the books. What is in none of them is noted as a stray, and so is a second task
    /// under
    /// the token of one that is: the provider made two of one order. A token whose task is not known yet may be on its
    /// way.
    ///
    /// @return the strays that were not known before
    public List<Listed> reconcile(Connection connection, String provider, List<Listed> listed) throws SQLException {
        List<Listed> fresh = new ArrayList<>();
        for (Listed task : listed) {
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into hub.provider_strays (id, provider_slug, provider_task_id, token, status)
                    select ?, ?, ?, ?, ?
                     where not exists (select from hub.provider_tasks t
                                        where (t.token = ? and t.provider_task_id is null)
                                           or (t.provider_slug = ? and t.provider_task_id = ?))
                    on conflict (provider_slug, provider_task_id) do update set status = excluded.status, last_seen_at = now()
                    returning (xmax = 0)
                    """)) {
                statement.setObject(1, Ids.next());
                statement.setString(2, provider);
                statement.setString(3, task.providerTaskId());
                statement.setString(4, task.token());
                statement.setString(5, task.status());
                statement.setString(6, task.token());
                statement.setString(7, provider);
                statement.setString(8, task.providerTaskId());
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next() && rows.getBoolean(1)) {
                        fresh.add(task);
                    }
                }
            }
        }
        return fresh;
    }
}
