package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

    private static final Logger LOG = System.getLogger(DataKeys.class.getName());

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
    ///
    /// A key that is lost is replaced all the same, so that the team can write its secrets again. It stays, retired,
    /// with
    /// what is under it: should its master key be found, the secrets open again, and the next rotation takes them over.
    ///
    /// @return how many keys of the team are lost
    int rotate(Connection connection, UUID teamId) throws SQLException {
        List<WrappedKey> old = keys.of(connection, teamId);
        for (WrappedKey key : old) {
            keys.retire(connection, key);
        }
        WrappedKey fresh = fresh(connection, teamId);
        int lost = 0;
        for (WrappedKey key : old) {
            if (takenOver(connection, key, fresh)) {
                keys.destroy(connection, key);
            } else {
                lost++;
            }
        }
        return lost;
    }

    private boolean takenOver(Connection connection, WrappedKey old, WrappedKey fresh) throws SQLException {
        boolean whole = true;
        for (SealedSecret sealed : secrets.under(connection, old.teamId(), old.id())) {
            try {
                Secret secret = envelopes.reopen(old, sealed);
                secrets.reseal(
                        connection,
                        envelopes.seal(fresh, sealed.provider(), sealed.keyName(), sealed.revision(), secret));
            } catch (DataKeyLostException lost) {
                LOG.log(Level.ERROR, "data key lost team=" + old.teamId() + " key=" + old.id(), lost);
                whole = false;
            }
        }
        return whole;
    }
}
