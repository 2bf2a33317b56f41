package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The keys of access tokens, shared by all servers, on the connection of the caller's transaction. Time is the
/// database's, so that servers whose clocks differ agree on which key signs.
@ApplicationScoped
public class SigningKeyStore {

    /// A stored key.
    ///
    /// @param publicJwk as JSON (RFC 7517)
    /// @param privateSealed opens with the hub's seal only
    /// @param current whether its time to sign has come
    /// @param ageSeconds since it was made
    public record Stored(String kid, String publicJwk, byte[] privateSealed, boolean current, long ageSeconds) {}

    /// All keys that a token may be signed with, the one that signs next or now first.
    public List<Stored> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select kid, public_jwk, private_sealed, use_from <= now(),"
                                + " extract(epoch from now() - created_at)::bigint from hub.signing_keys order by use_from desc, kid");
                ResultSet rows = statement.executeQuery()) {
            List<Stored> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(new Stored(
                        rows.getString(1), rows.getString(2), rows.getBytes(3), rows.getBoolean(4), rows.getLong(5)));
            }
            return keys;
        }
    }

    /// Makes others who want to add a key wait until this transaction has ended.
    public void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtext('hub.signing-keys'))")) {
            statement.execute();
        }
    }

    /// @param afterSeconds when it begins to sign: late enough for every server to have read it before
    public void add(Connection connection, String kid, String publicJwk, byte[] privateSealed, int afterSeconds)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into hub.signing_keys (kid, public_jwk, private_sealed, use_from)"
                        + " values (?, ?::jsonb, ?, now() + make_interval(secs => ?))")) {
            statement.setString(1, kid);
            statement.setString(2, publicJwk);
            statement.setBytes(3, privateSealed);
            statement.setInt(4, afterSeconds);
            statement.executeUpdate();
        }
    }

    /// Removes keys whose successor has been signing for so long that no token of theirs is alive.
    public int removeOutlived(Connection connection, int seconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from hub.signing_keys k where exists (select from hub.signing_keys n"
                        + " where n.use_from > k.use_from and n.use_from < now() - make_interval(secs => ?))")) {
            statement.setInt(1, seconds);
            return statement.executeUpdate();
        }
    }
}
