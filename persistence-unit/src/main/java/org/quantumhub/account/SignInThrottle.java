package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Counts attempts that have not succeeded, on the connection of the caller's transaction.
///
/// An attempt is counted before it is checked, so that a thousand at the same moment are a thousand, not one. After so
/// many free ones each further attempt waits twice as long as the one before, up to a quarter of an hour; an hour
/// without one forgets all.
@ApplicationScoped
public class SignInThrottle {

    private static final String BEGIN = """
            insert into hub.sign_in_throttles as t (scope, subject, failures, blocked_until, updated_at)
            values (?, ?, 1, now(), now())
            on conflict (scope, subject) do update
               set failures = case when t.updated_at < now() - interval '1 hour' then 1 else t.failures + 1 end,
                   blocked_until = case when t.updated_at < now() - interval '1 hour' or t.failures + 1 < ? then now()
                                        else now() + make_interval(secs => least(900, power(2, least(t.failures + 1 - ?, 20)))) end,
                   updated_at = now()
             where t.blocked_until <= now()
            returning failures""";

    /// What is counted apart.
    public enum Scope {
        /// Passwords for one name, whether or not there is an account of it.
        ACCOUNT,
        /// Passwords from one address.
        ADDRESS,
        /// Codes of the second factor of one account.
        FACTOR,
        /// Mails to reset the password of one account.
        RESET,
        /// Mails and tokens to reset passwords, from one address.
        RESET_ADDRESS,
        /// New accounts, each of which sends a mail, from one address.
        REGISTRATION
    }

    /// Counts an attempt.
    ///
    /// @param free how many attempts cost nothing
    /// @return seconds to wait, 0 when the attempt may be made
    public long begin(Connection connection, Scope scope, byte[] subject, int free) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            begin.setString(1, scope.name());
            begin.setBytes(2, subject);
            begin.setInt(3, free);
            begin.setInt(4, free);
            try (ResultSet row = begin.executeQuery()) {
                if (row.next()) {
                    return 0;
                }
            }
        }
        try (PreparedStatement wait = connection.prepareStatement(
                "select greatest(1, ceil(extract(epoch from blocked_until - now())))::bigint from hub.sign_in_throttles"
                        + " where scope = ? and subject = ?")) {
            wait.setString(1, scope.name());
            wait.setBytes(2, subject);
            try (ResultSet row = wait.executeQuery()) {
                return row.next() ? row.getLong(1) : 1;
            }
        }
    }

    /// Forgets all attempts: one has succeeded.
    public void clear(Connection connection, Scope scope, byte[] subject) throws SQLException {
        run(connection, "delete from hub.sign_in_throttles where scope = ? and subject = ?", scope, subject);
    }

    /// Takes one attempt back, because it has succeeded; those of others from the same place stay.
    public void takeBack(Connection connection, Scope scope, byte[] subject) throws SQLException {
        run(
                connection,
                "update hub.sign_in_throttles set failures = greatest(0, failures - 1), blocked_until = now()"
                        + " where scope = ? and subject = ?",
                scope,
                subject);
    }

    private static void run(Connection connection, String sql, Scope scope, byte[] subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, scope.name());
            statement.setBytes(2, subject);
            statement.executeUpdate();
        }
    }

    /// Removes what nobody will ask about any more.
    public int forget(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from hub.sign_in_throttles where updated_at < now() - interval '1 day'")) {
            return statement.executeUpdate();
        }
    }
}
