package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Secrets of teams in the database. No entity: the role that serves requests has no right to read the encrypted value,
/// and an entity would ask for it.
@ApplicationScoped
public class SecretRegister {

    /// Secrets of this provider belong to the hub itself and are not listed.
    public static final String OWN = "_hub";

    private static final String COLUMNS = "id, team_id, provider, key_name, revision, description, is_active,"
            + " validation_status, last_validated_at, validation_error, last_used_at, created_by, created_at, updated_at";

    /// In the order of their ids, one more than asked for when there are more.
    public List<TeamSecret> of(Connection connection, UUID teamId, @Nullable UUID after, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + COLUMNS
                + " from hub.team_secrets where team_id = ? and provider <> ? and (?::uuid is null or id > ?::uuid)"
                + " order by id limit ?")) {
            statement.setObject(1, teamId);
            statement.setString(2, OWN);
            statement.setObject(3, after);
            statement.setObject(4, after);
            statement.setInt(5, atMost + 1);
            List<TeamSecret> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(secret(rows));
                }
            }
            return found;
        }
    }

    public Optional<TeamSecret> find(Connection connection, UUID teamId, String provider, String keyName)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select " + COLUMNS + " from hub.team_secrets where team_id = ? and provider = ? and key_name = ?")) {
            bind(statement, 1, teamId, provider, keyName);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(secret(rows)) : Optional.empty();
            }
        }
    }

    /// Writes a secret, new or over the one that was there; what was known of the earlier one's validity is forgotten.
    public void put(Connection connection, UUID id, SealedSecret sealed, @Nullable String description, UUID person)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into hub.team_secrets"
                + " (id, team_id, provider, key_name, encrypted_value, key_id, revision, description, created_by)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (team_id, provider, key_name) do update set encrypted_value = excluded.encrypted_value,"
                + " key_id = excluded.key_id, revision = excluded.revision, is_active = true,"
                + " description = coalesce(excluded.description, team_secrets.description),"
                + " validation_status = 'UNKNOWN', last_validated_at = null, validation_error = null,"
                + " created_by = excluded.created_by, updated_at = now()")) {
            statement.setObject(1, id);
            bind(statement, 2, sealed.teamId(), sealed.provider(), sealed.keyName());
            statement.setBytes(5, sealed.bytes());
            statement.setObject(6, sealed.keyId());
            statement.setInt(7, sealed.revision());
            statement.setString(8, description);
            statement.setObject(9, person);
            statement.executeUpdate();
        }
    }

    /// @return whether there was such a secret
    public boolean remove(Connection connection, UUID teamId, String provider, String keyName) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from hub.team_secrets where team_id = ? and provider = ? and key_name = ?")) {
            bind(statement, 1, teamId, provider, keyName);
            return statement.executeUpdate() == 1;
        }
    }

    /// Switches a secret on or off, or describes it anew; null leaves it as it is.
    ///
    /// @return whether there was such a secret
    public boolean change(
            Connection connection,
            UUID teamId,
            String provider,
            String keyName,
            @Nullable String description,
            @Nullable Boolean active)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.team_secrets"
                + " set description = coalesce(?, description), is_active = coalesce(?, is_active), updated_at = now()"
                + " where team_id = ? and provider = ? and key_name = ?")) {
            statement.setString(1, description);
            statement.setObject(2, active);
            bind(statement, 3, teamId, provider, keyName);
            return statement.executeUpdate() == 1;
        }
    }

    /// To be tried out anew.
    public boolean doubt(Connection connection, UUID teamId, String provider, String keyName) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.team_secrets"
                + " set validation_status = 'UNKNOWN', last_validated_at = null, validation_error = null"
                + " where team_id = ? and provider = ? and key_name = ?")) {
            bind(statement, 1, teamId, provider, keyName);
            return statement.executeUpdate() == 1;
        }
    }

    /// The active secrets of a team with a provider, as the background role reads them; their use is noted.
    ///
    /// @param keyName null for all of them
    public List<SealedSecret> use(Connection connection, UUID teamId, String provider, @Nullable String keyName)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.team_secrets"
                + " set last_used_at = now() where team_id = ? and provider = ? and is_active"
                + " and (?::text is null or key_name = ?::text)"
                + " returning team_id, provider, key_name, revision, encrypted_value, key_id")) {
            statement.setObject(1, teamId);
            statement.setString(2, provider);
            statement.setString(3, keyName);
            statement.setString(4, keyName);
            return sealed(statement);
        }
    }

    /// Everything that is encrypted under a data key.
    public List<SealedSecret> under(Connection connection, UUID teamId, UUID keyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select team_id, provider, key_name, revision, encrypted_value, key_id from hub.team_secrets"
                        + " where team_id = ? and key_id = ? order by id for no key update")) {
            statement.setObject(1, teamId);
            statement.setObject(2, keyId);
            return sealed(statement);
        }
    }

    public void reseal(Connection connection, SealedSecret sealed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.team_secrets"
                        + " set encrypted_value = ?, key_id = ? where team_id = ? and provider = ? and key_name = ? and revision = ?")) {
            statement.setBytes(1, sealed.bytes());
            statement.setObject(2, sealed.keyId());
            bind(statement, 3, sealed.teamId(), sealed.provider(), sealed.keyName());
            statement.setInt(6, sealed.revision());
            statement.executeUpdate();
        }
    }

    /// A team's credentials with a provider that are to be tried out.
    public record Due(UUID teamId, String provider) {}

    /// Takes credentials that were never tried, not for a day, or without success ten minutes ago; nobody else gets
    /// them
    /// until then.
    public List<Due> due(Connection connection, List<String> providers, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with due as (
                    select id from hub.team_secrets
                     where is_active and provider = any (?)
                       and (last_validated_at is null
                            or last_validated_at < now() - case validation_status when 'ERROR' then interval '10 minutes'
                                                                                  when 'UNKNOWN' then interval '5 minutes'
                                                                                  else interval '1 day' end)
                     order by last_validated_at nulls first limit ? for no key update skip locked)
                update hub.team_secrets s set last_validated_at = now() from due where s.id = due.id
                returning s.team_id, s.provider
                """)) {
            statement.setArray(1, connection.createArrayOf("text", providers.toArray()));
            statement.setInt(2, atMost);
            List<Due> due = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Due one = new Due(rows.getObject(1, UUID.class), rows.getString(2));
                    if (!due.contains(one)) {
                        due.add(one);
                    }
                }
            }
            return due;
        }
    }

    /// Notes what came of trying out a team's credentials with a provider.
    public void judge(Connection connection, Due tried, SecretValidation verdict, @Nullable String error)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.team_secrets"
                + " set validation_status = ?, validation_error = ?, last_validated_at = now()"
                + " where team_id = ? and provider = ? and is_active")) {
            statement.setString(1, verdict.name());
            statement.setString(2, error);
            statement.setObject(3, tried.teamId());
            statement.setString(4, tried.provider());
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int from, UUID teamId, String provider, String keyName)
            throws SQLException {
        statement.setObject(from, teamId);
        statement.setString(from + 1, provider);
        statement.setString(from + 2, keyName);
    }

    private static List<SealedSecret> sealed(PreparedStatement statement) throws SQLException {
        List<SealedSecret> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new SealedSecret(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getInt(4),
                        rows.getBytes(5),
                        rows.getObject(6, UUID.class)));
            }
        }
        return found;
    }

    private static TeamSecret secret(ResultSet row) throws SQLException {
        return new TeamSecret(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                row.getBoolean(7),
                SecretValidation.valueOf(row.getString(8)),
                time(row, 9),
                row.getString(10),
                time(row, 11),
                row.getObject(12, UUID.class),
                row.getObject(13, OffsetDateTime.class).toInstant(),
                row.getObject(14, OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
