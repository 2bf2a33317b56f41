package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
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
            + " validation_status, last_validated_at, validation_error, last_used_at, created_by, created_at, updated_at,"
            + " last_verdict, last_verdict_at, validation_due_at";

    /// Nothing is known of the value, and it is to be tried out now.
    private static final String UNTRIED =
            " validation_status = 'UNKNOWN', last_validated_at = null, validation_error = null,"
                    + " validation_failures = 0, validation_due_at = now()";

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
    /// The caller holds the team's row. Not by `on conflict`: that would ask for the right to read what is written.
    public void put(Connection connection, UUID id, SealedSecret sealed, @Nullable String description, UUID person)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update hub.team_secrets"
                + " set encrypted_value = ?, key_id = ?, revision = ?, description = coalesce(?, description),"
                + " is_active = true," + UNTRIED + ", last_verdict = null, last_verdict_at = null,"
                + " created_by = ?, updated_at = now() where team_id = ? and provider = ? and key_name = ?")) {
            statement.setBytes(1, sealed.bytes());
            statement.setObject(2, sealed.keyId());
            statement.setInt(3, sealed.revision());
            statement.setString(4, description);
            statement.setObject(5, person);
            bind(statement, 6, sealed.teamId(), sealed.provider(), sealed.keyName());
            if (statement.executeUpdate() == 1) {
                return;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("insert into hub.team_secrets"
                + " (id, team_id, provider, key_name, encrypted_value, key_id, revision, description, created_by)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
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
                + " set description = coalesce(?, description), is_active = coalesce(?, is_active), updated_at = now(),"
                + " validation_due_at = case when ?::boolean is null then validation_due_at else now() end"
                + " where team_id = ? and provider = ? and key_name = ?")) {
            statement.setString(1, description);
            statement.setObject(2, active);
            statement.setObject(3, active);
            bind(statement, 4, teamId, provider, keyName);
            return statement.executeUpdate() == 1;
        }
    }

    /// To be tried out anew.
    public boolean doubt(Connection connection, UUID teamId, String provider, String keyName) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.team_secrets set" + UNTRIED + " where team_id = ? and provider = ? and key_name = ?")) {
            bind(statement, 1, teamId, provider, keyName);
            return statement.executeUpdate() == 1;
        }
    }

    /// Has all credentials of a team with a provider tried out anew, because the provider has just refused them. What
    /// is
    /// known of them stays until then.
    public void suspect(Connection connection, UUID teamId, String provider) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update hub.team_secrets set validation_due_at = now() where team_id = ? and provider = ? and is_active")) {
            statement.setObject(1, teamId);
            statement.setString(2, provider);
            statement.executeUpdate();
        }
    }

    /// Whether a team has an active secret of one of these names with a provider.
    public boolean has(Connection connection, UUID teamId, String provider, Collection<String> keyNames)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select exists (select from hub.team_secrets"
                + " where team_id = ? and provider = ? and is_active and key_name = any (?))")) {
            statement.setObject(1, teamId);
            statement.setString(2, provider);
            statement.setArray(3, connection.createArrayOf("text", keyNames.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /// The same as [#use] without noting it: trying a secret out is no use of it, and what comes of it is recorded.
    public List<SealedSecret> lookAll(Connection connection, UUID teamId, String provider) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select team_id, provider, key_name, revision, encrypted_value, key_id from hub.team_secrets"
                        + " where team_id = ? and provider = ? and is_active order by key_name")) {
            statement.setObject(1, teamId);
            statement.setString(2, provider);
            return sealed(statement);
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

    /// One secret, as the background role reads it.
    public Optional<SealedSecret> look(Connection connection, UUID teamId, String provider, String keyName)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select team_id, provider, key_name, revision, encrypted_value, key_id from hub.team_secrets"
                        + " where team_id = ? and provider = ? and key_name = ? and is_active")) {
            bind(statement, 1, teamId, provider, keyName);
            return sealed(statement).stream().findFirst();
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
    ///
    /// @param lease until when nobody else tries them; who comes later than that, or after a new value, writes nothing
    public record Due(UUID teamId, String provider, OffsetDateTime lease) {}

    /// Takes the credentials that have waited longest to be tried out, if there are any: all that the team has with the
    /// provider, because they are tried together.
    public Optional<Due> due(Connection connection, Collection<String> providers, int leaseSeconds)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with due as (
                    select team_id, provider
                      from (select team_id, provider, min(validation_due_at) as since from hub.team_secrets
                             where is_active and provider = any (?) and validation_due_at <= now()
                             group by team_id, provider
                             order by since
                             limit 20) waiting
                     where pg_try_advisory_xact_lock(hashtextextended('secrets of ' || team_id || ' with ' || provider, 0))
                     limit 1)
                update hub.team_secrets s set validation_due_at = now() + make_interval(secs => ?)
                  from due where s.team_id = due.team_id and s.provider = due.provider and s.is_active
                returning s.team_id, s.provider, s.validation_due_at
                """)) {
            statement.setArray(1, connection.createArrayOf("text", providers.toArray()));
            statement.setInt(2, leaseSeconds);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Due(
                                rows.getObject(1, UUID.class),
                                rows.getString(2),
                                rows.getObject(3, OffsetDateTime.class)))
                        : Optional.empty();
            }
        }
    }

    /// How long it takes until credentials are tried out again.
    ///
    /// @param usual seconds after a verdict
    /// @param retry seconds after the first time that the provider could not be asked; twice as long each time
    /// @param longest seconds at most
    public record Pauses(int usual, int retry, int longest) {}

    /// Notes what came of trying out some of a team's credentials with a provider. A value that was written meanwhile
    /// is
    /// not touched, nor are they all when somebody else tries them by now.
    ///
    /// @return whether the provider says something else than before: INVALID for the first time, or VALID again
    public boolean judge(
            Connection connection,
            Due tried,
            Collection<String> keyNames,
            SecretValidation verdict,
            @Nullable String error,
            Pauses pauses)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with before as (
                    select id, last_verdict from hub.team_secrets
                     where team_id = ? and provider = ? and is_active and validation_due_at = ? and key_name = any (?)
                     order by id for no key update)
                update hub.team_secrets s
                   set validation_status = n.status, validation_error = ?, last_validated_at = now(),
                       last_verdict = case when n.status in ('VALID', 'INVALID') then n.status else s.last_verdict end,
                       last_verdict_at = case when n.status in ('VALID', 'INVALID') then now() else s.last_verdict_at end,
                       validation_failures = case n.status when 'ERROR' then s.validation_failures + 1 else 0 end,
                       validation_due_at = case n.status
                           when 'ERROR' then now() + make_interval(secs => least(n.retry * 2 ^ least(s.validation_failures, 20), n.longest))
                           when 'UNKNOWN' then 'infinity'
                           else now() + make_interval(secs => n.usual) end
                  from before, (values (?::text, ?::float8, ?::float8, ?::float8)) as n (status, usual, retry, longest)
                 where s.id = before.id
                returning before.last_verdict
                """)) {
            statement.setObject(1, tried.teamId());
            statement.setString(2, tried.provider());
            statement.setObject(3, tried.lease());
            statement.setArray(4, connection.createArrayOf("text", keyNames.toArray()));
            statement.setString(5, error);
            statement.setString(6, verdict.name());
            statement.setInt(7, pauses.usual());
            statement.setInt(8, pauses.retry());
            statement.setInt(9, pauses.longest());
            boolean changed = false;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String before = rows.getString(1);
                    changed |= switch (verdict) {
                        case INVALID -> !"INVALID".equals(before);
                        case VALID -> "INVALID".equals(before);
                        case UNKNOWN, ERROR -> false;
                    };
                }
            }
            return changed;
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
                row.getString(15) == null ? null : SecretValidation.valueOf(row.getString(15)),
                time(row, 16),
                time(row, 17),
                time(row, 11),
                row.getObject(12, UUID.class),
                row.getObject(13, OffsetDateTime.class).toInstant(),
                row.getObject(14, OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        // what is never due has an endless time
        return time == null || time.equals(OffsetDateTime.MAX) ? null : time.toInstant();
    }
}
