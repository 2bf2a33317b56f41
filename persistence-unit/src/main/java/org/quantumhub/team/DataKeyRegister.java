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
import org.jspecify.annotations.Nullable;

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

    /// All keys of a team, retired ones too.
    public List<WrappedKey> of(Connection connection, UUID teamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEY + " where team_id = ? order by id")) {
            statement.setObject(1, teamId);
            return keys(statement);
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

    /// Keys that a wish for a master key has not reached yet: under another one than this, or wrapped before the wish,
    /// when the key may have had older material. They are locked against others who wrap.
    ///
    /// @param after goes on behind this key; null to begin
    public List<WrappedKey> toWrap(
            Connection connection, String masterKeyId, OffsetDateTime wished, @Nullable UUID after, int atMost)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(KEY + " where (master_key_id <> ? or wrapped_at <= ?)"
                        + " and (?::uuid is null or id > ?::uuid) order by id limit ? for no key update")) {
            statement.setString(1, masterKeyId);
            statement.setObject(2, wished);
            statement.setObject(3, after);
            statement.setObject(4, after);
            statement.setInt(5, atMost);
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

    /// Notes the wish, unless one like it is open for the same place.
    ///
    /// @param masterKeys where the servers that are to fulfil it keep their master keys
    public void wish(Connection connection, UUID id, KeyRotation.Kind kind, String masterKeys, UUID person)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.key_rotations (id, kind, master_keys, requested_by) values (?, ?, ?, ?)"
                        + " on conflict (kind, master_keys) where finished_at is null do nothing")) {
            statement.setObject(1, id);
            statement.setString(2, kind.name());
            statement.setString(3, masterKeys);
            statement.setObject(4, person);
            statement.executeUpdate();
        }
    }

    /// The oldest open wish for this place, kept by this transaction; empty when there is none, or another server is at
    /// it. Of a kind only the latest wish counts: two places that pulled at the same keys would never come to an end.
    public Optional<KeyRotation> open(Connection connection, String masterKeys) throws SQLException {
        return rotations(connection, """
                 where id = (select r.id from hub.key_rotations r
                              where r.finished_at is null and r.master_keys = ?
                                and not exists (select from hub.key_rotations n
                                                 where n.kind = r.kind and n.finished_at is null
                                                   and (n.requested_at, n.id) > (r.requested_at, r.id))
                              order by r.requested_at limit 1)
                   and finished_at is null
                   for no key update skip locked
                """, masterKeys).stream().findFirst();
    }

    public List<KeyRotation> latest(Connection connection) throws SQLException {
        return rotations(connection, " order by requested_at desc limit 20");
    }

    private static List<KeyRotation> rotations(Connection connection, String rest, String... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, kind, master_keys, requested_at, finished_at, rotated, failed from hub.key_rotations"
                        + rest)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<KeyRotation> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime finished = rows.getObject(5, OffsetDateTime.class);
                    found.add(new KeyRotation(
                            rows.getObject(1, UUID.class),
                            KeyRotation.Kind.valueOf(rows.getString(2)),
                            rows.getString(3),
                            rows.getObject(4, OffsetDateTime.class).toInstant(),
                            finished == null ? null : finished.toInstant(),
                            rows.getInt(6),
                            rows.getInt(7)));
                }
            }
            return found;
        }
    }

    /// Notes how far a wish is.
    ///
    /// @param more data keys done by this transaction
    /// @param failed data keys that do not open, as the last look found them
    public void progress(Connection connection, KeyRotation rotation, int more, int failed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.key_rotations set rotated = rotated + ?, failed = ? where id = ?")) {
            statement.setInt(1, more);
            statement.setInt(2, failed);
            statement.setObject(3, rotation.id());
            statement.executeUpdate();
        }
    }

    /// Ends a wish, and with it the earlier ones of its kind, which it has overtaken.
    public void finish(Connection connection, KeyRotation rotation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update hub.key_rotations r set finished_at = clock_timestamp()
                  from hub.key_rotations done
                 where done.id = ? and r.kind = done.kind and r.finished_at is null
                   and (r.requested_at, r.id) <= (done.requested_at, done.id)
                """)) {
            statement.setObject(1, rotation.id());
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
