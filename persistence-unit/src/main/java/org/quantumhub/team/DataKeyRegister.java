package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Data keys in the database, and the wishes for new ones.
@ApplicationScoped
public class DataKeyRegister {

    private static final String KEY = "select id, team_id, wrapped_key, master_key_id from hub.team_data_keys";

    public Optional<WrappedKey> active(Connection connection, UUID teamId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(KEY + " where team_id = ? and status = 'ACTIVE'")) {
            statement.setObject(1, teamId);
            return keys(statement).stream().findFirst();
        }
    }

    public Optional<WrappedKey> find(Connection connection, UUID teamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEY + " where team_id = ? and id = ?")) {
            statement.setObject(1, teamId);
            statement.setObject(2, id);
            return keys(statement).stream().findFirst();
        }
    }

    public void add(Connection connection, WrappedKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.team_data_keys (id, team_id, wrapped_key, master_key_id) values (?, ?, ?, ?)")) {
            statement.setObject(1, key.id());
            statement.setObject(2, key.teamId());
            statement.setBytes(3, key.bytes());
            statement.setString(4, key.masterKeyId());
            statement.executeUpdate();
        }
    }

    public void retire(Connection connection, WrappedKey key) throws SQLException {
        run(connection, "update hub.team_data_keys set status = 'RETIRED' where team_id = ? and id = ?", key);
    }

    /// Once nothing is encrypted under it any more.
    public void destroy(Connection connection, WrappedKey key) throws SQLException {
        run(connection, "delete from hub.team_data_keys where team_id = ? and id = ?", key);
    }

    private static void run(Connection connection, String sql, WrappedKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key.teamId());
            statement.setObject(2, key.id());
            statement.executeUpdate();
        }
    }

    /// Keys that are wrapped under another master key than this one, locked against others who wrap.
    public List<WrappedKey> notUnder(Connection connection, String masterKeyId, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                KEY + " where master_key_id <> ? order by id limit ? for no key update skip locked")) {
            statement.setString(1, masterKeyId);
            statement.setInt(2, atMost);
            return keys(statement);
        }
    }

    public void rewrap(Connection connection, WrappedKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.team_data_keys"
                + " set wrapped_key = ?, master_key_id = ?, wrapped_at = now() where team_id = ? and id = ?")) {
            statement.setBytes(1, key.bytes());
            statement.setString(2, key.masterKeyId());
            statement.setObject(3, key.teamId());
            statement.setObject(4, key.id());
            statement.executeUpdate();
        }
    }

    /// How many data keys there are under each master key.
    public Map<String, Long> census(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select master_key_id, count(*) from hub.team_data_keys group by master_key_id");
                ResultSet rows = statement.executeQuery()) {
            Map<String, Long> census = new TreeMap<>();
            while (rows.next()) {
                census.put(rows.getString(1), rows.getLong(2));
            }
            return census;
        }
    }

    /// Teams whose active key is older than the wish for new ones.
    public List<UUID> teamsToRotate(Connection connection, OffsetDateTime since, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select team_id from hub.team_data_keys"
                + " where status = 'ACTIVE' and created_at <= ? order by team_id limit ?")) {
            statement.setObject(1, since);
            statement.setInt(2, atMost);
            List<UUID> teams = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    teams.add(rows.getObject(1, UUID.class));
                }
            }
            return teams;
        }
    }

    /// Notes the wish, unless one like it is open.
    public void wish(Connection connection, UUID id, KeyRotation.Kind kind, UUID person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.key_rotations"
                        + " (id, kind, requested_by) values (?, ?, ?) on conflict (kind) where finished_at is null do nothing")) {
            statement.setObject(1, id);
            statement.setString(2, kind.name());
            statement.setObject(3, person);
            statement.executeUpdate();
        }
    }

    /// The oldest open wish, kept by this transaction; empty when there is none, or another server is at it.
    public Optional<KeyRotation> open(Connection connection) throws SQLException {
        return rotations(
                        connection,
                        " where finished_at is null order by requested_at limit 1 for no key update skip locked")
                .stream()
                .findFirst();
    }

    public List<KeyRotation> latest(Connection connection) throws SQLException {
        return rotations(connection, " order by requested_at desc limit 20");
    }

    private static List<KeyRotation> rotations(Connection connection, String rest) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select id, kind, requested_at, finished_at, rotated from hub.key_rotations" + rest);
                ResultSet rows = statement.executeQuery()) {
            List<KeyRotation> found = new ArrayList<>();
            while (rows.next()) {
                OffsetDateTime finished = rows.getObject(4, OffsetDateTime.class);
                found.add(new KeyRotation(
                        rows.getObject(1, UUID.class),
                        KeyRotation.Kind.valueOf(rows.getString(2)),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        finished == null ? null : finished.toInstant(),
                        rows.getInt(5)));
            }
            return found;
        }
    }

    /// @param finished whether all is done
    public void progress(Connection connection, KeyRotation rotation, int more, boolean finished) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.key_rotations"
                + " set rotated = rotated + ?, finished_at = case when ? then clock_timestamp() end where id = ?")) {
            statement.setInt(1, more);
            statement.setBoolean(2, finished);
            statement.setObject(3, rotation.id());
            statement.executeUpdate();
        }
    }

    private static List<WrappedKey> keys(PreparedStatement statement) throws SQLException {
        List<WrappedKey> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new WrappedKey(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getBytes(3),
                        rows.getString(4)));
            }
        }
        return found;
    }
}
