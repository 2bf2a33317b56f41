package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/// The requests that a person has left in the calendar month (UTC), on the connection of the caller's transaction.
@ApplicationScoped
public class RequestQuota {

    private static final String MONTH = "date_trunc('month', now() at time zone 'utc')::date";

    /// Never more than a tenth of what is left: the nearer the end, the smaller the shares, until each request is taken
    /// by itself and the last one is exactly the last.
    private static final String TAKE = """
            with person as (
                select id, api_quota_monthly as monthly, case when quota_period = %1$s then api_quota_used else 0 end as used
                  from hub.users where id = ? for update),
            share as (
                select id, used, least(?, greatest(1, (monthly - used) / 10), monthly - used) as size from person)
            update hub.users u set api_quota_used = s.used + s.size, quota_period = %1$s
              from share s where u.id = s.id and s.size > 0
            returning s.size, u.quota_period""".formatted(MONTH);

    private static final String GIVE_BACK = "update hub.users set api_quota_used = greatest(0, api_quota_used - ?)"
            + " where id = ? and quota_period = ? and quota_period = " + MONTH;

    private static final String STATE = "select api_quota_monthly, case when quota_period = " + MONTH
            + " then api_quota_used else 0 end, extract(epoch from ((" + MONTH
            + " + interval '1 month') at time zone 'utc') - now())::bigint from hub.users where id = ?";

    /// Requests taken out of a quota.
    ///
    /// @param size how many; 0 when none is left
    /// @param month which month's they are
    public record Share(int size, LocalDate month) {}

    /// How a quota stands.
    ///
    /// @param used requests that were let in, or are in the share of a server
    public record State(int monthly, int used, long secondsToReset) {}

    /// Takes some of what is left. Two who take at the same moment come one after the other.
    public Share take(Connection connection, UUID userId, int atMost) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setObject(1, userId);
            take.setInt(2, atMost);
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? new Share(row.getInt(1), row.getObject(2, LocalDate.class))
                        : new Share(0, LocalDate.MIN);
            }
        }
    }

    /// Gives back what was taken and not used, while its month lasts.
    public void giveBack(Connection connection, UUID userId, int size, LocalDate month) throws SQLException {
        try (PreparedStatement give = connection.prepareStatement(GIVE_BACK)) {
            give.setInt(1, size);
            give.setObject(2, userId);
            give.setObject(3, month);
            give.executeUpdate();
        }
    }

    public State state(Connection connection, UUID userId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATE)) {
            statement.setObject(1, userId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new State(row.getInt(1), row.getInt(2), row.getLong(3)) : new State(0, 0, 1);
            }
        }
    }
}
