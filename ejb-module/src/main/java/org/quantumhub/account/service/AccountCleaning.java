package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.quantumhub.shared.service.Database;

/// Removes what nobody will ask for any more: sessions and one-time tokens that ended a month ago, forgotten attempts,
/// and whatever is left of people whose account was deleted.
@ApplicationScoped
public class AccountCleaning {

    private static final List<String> OLD = List.of(
            "delete from hub.user_sessions where expires_at < now() - interval '30 days'",
            "delete from hub.one_time_tokens where expires_at < now() - interval '30 days'");

    private static final String DELETED = " where user_id in (select id from hub.users where deleted_at is not null)";

    private static final List<String> PERSONAL = List.of(
            "delete from hub.user_sessions" + DELETED,
            "delete from hub.one_time_tokens" + DELETED,
            "delete from hub.user_profiles" + DELETED,
            "delete from hub.user_identities" + DELETED,
            "delete from hub.mails" + DELETED + " and status <> 'QUEUED'");

    @Inject
    Database database;

    @Inject
    Throttle throttle;

    @Transactional(TxType.REQUIRES_NEW)
    void clean() {
        database.asBackground(connection -> run(connection, OLD) + run(connection, PERSONAL));
        throttle.forget();
    }

    /// What a deleted account leaves behind beside itself. Should it fail, the next cleaning does it.
    @Transactional(TxType.REQUIRES_NEW)
    void eraseDeleted() {
        database.asBackground(connection -> run(connection, PERSONAL));
    }

    private static int run(Connection connection, List<String> statements) throws SQLException {
        int removed = 0;
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                removed += statement.executeUpdate(sql);
            }
        }
        return removed;
    }
}
