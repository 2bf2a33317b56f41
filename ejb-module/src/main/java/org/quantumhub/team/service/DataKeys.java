package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.DataKeyRegister;
import org.quantumhub.team.SealedSecret;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretRegister;
import org.quantumhub.team.WrappedKey;

/// The data keys of teams, inside the transaction of who needs one. Whoever writes holds the team's row, so that two
/// first secrets make one key.
@ApplicationScoped
public class DataKeys {

    @Inject
    DataKeyRegister keys;

    @Inject
    SecretRegister secrets;

    @Inject
    Envelopes envelopes;

    /// The key for new secrets of a team, made with the first one.
    WrappedKey active(Connection connection, UUID teamId) throws SQLException {
        var known = keys.active(connection, teamId);
        return known.isPresent() ? known.get() : fresh(connection, teamId);
    }

    private WrappedKey fresh(Connection connection, UUID teamId) throws SQLException {
        WrappedKey key = envelopes.newDataKey(teamId, Ids.next());
        keys.add(connection, key);
        return key;
    }

    Secret open(Connection connection, SealedSecret sealed) throws SQLException {
        WrappedKey key = keys.find(connection, sealed.teamId(), sealed.keyId())
                .orElseThrow(() -> new HubException(ProblemCode.INTERNAL, "The key of a secret is gone."));
        return envelopes.open(key, sealed);
    }

    /// Gives a team a new key: everything under the old one is encrypted anew, and the old one destroyed, in one
    /// transaction. Who reads meanwhile sees all of it before or all of it after.
    void rotate(Connection connection, UUID teamId) throws SQLException {
        WrappedKey old = keys.active(connection, teamId).orElse(null);
        if (old == null) {
            return;
        }
        keys.retire(connection, old);
        WrappedKey fresh = fresh(connection, teamId);
        for (SealedSecret sealed : secrets.under(connection, teamId, old.id())) {
            Secret secret = envelopes.open(old, sealed);
            secrets.reseal(
                    connection, envelopes.seal(fresh, sealed.provider(), sealed.keyName(), sealed.revision(), secret));
        }
        keys.destroy(connection, old);
    }
}
