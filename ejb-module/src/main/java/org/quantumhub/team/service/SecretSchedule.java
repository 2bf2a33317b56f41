package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.DataKeyRegister;
import org.quantumhub.team.KeyRotation;
import org.quantumhub.team.SecretJudged;
import org.quantumhub.team.SecretRegister;
import org.quantumhub.team.SecretRegister.Due;
import org.quantumhub.team.SecretValidation;
import org.quantumhub.team.WrappedKey;

/// The transactions of what a timer does with secrets and their keys, as the background role.
@ApplicationScoped
public class SecretSchedule {

    private static final Logger LOG = System.getLogger(SecretSchedule.class.getName());
    private static final int LEASE_SECONDS = 180;
    private static final int KEYS_AT_A_TIME = 50;

    @Inject
    SecretRegister secrets;

    @Inject
    DataKeyRegister register;

    @Inject
    DataKeys keys;

    @Inject
    Envelopes envelopes;

    @Inject
    Database database;

    @Inject
    SecretConfig config;

    @Inject
    Event<SecretJudged> judged;

    /// Credentials that this server alone tries out, for the next three minutes.
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Due> due(Set<String> providers) {
        return database.asBackground(c -> secrets.due(c, providers, LEASE_SECONDS));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void note(Due tried, Set<String> keyNames, SecretValidation verdict, @Nullable String error) {
        boolean changed =
                database.asBackground(c -> secrets.judge(c, tried, keyNames, verdict, error, config.pauses()));
        if (changed) {
            judged.fire(new SecretJudged(tried.teamId(), tried.provider(), verdict == SecretValidation.VALID, error));
        }
    }

    /// A provider has just refused credentials: they are tried out soon, so that the team is told.
    @Transactional(TxType.REQUIRES_NEW)
    public void suspect(UUID teamId, String provider) {
        database.asBackground(c -> {
            secrets.suspect(c, teamId, provider);
            return provider;
        });
    }

    /// Does a piece of the oldest wish for new keys.
    ///
    /// @return whether there may be more to do
    @Transactional(TxType.REQUIRES_NEW)
    boolean rotate() {
        return database.asBackground(c -> {
            KeyRotation wish = register.open(c).orElse(null);
            if (wish == null) {
                return false;
            }
            int done = wish.kind() == KeyRotation.Kind.MASTER_KEY ? rewrap(c, wish) : renew(c, wish);
            register.progress(c, wish, done, done == 0);
            return true;
        });
    }

    /// The new master key is made with the first piece. Should this transaction fail after that, the next piece makes
    /// another one, which hurts nobody.
    private int rewrap(Connection connection, KeyRotation wish) throws SQLException {
        String current = wish.rotated() == 0 && register.census(connection).containsKey(envelopes.currentMasterKey())
                ? envelopes.renewMasterKey()
                : envelopes.currentMasterKey();
        List<WrappedKey> others = register.notUnder(connection, current, KEYS_AT_A_TIME);
        int done = 0;
        for (WrappedKey key : others) {
            try {
                register.rewrap(connection, envelopes.rewrap(key));
                done++;
            } catch (HubException lost) {
                // a key whose master key is gone opens nothing, whatever is done with it; the others go on
                LOG.log(Level.ERROR, "data key not wrapped anew team=" + key.teamId() + " key=" + key.id(), lost);
            }
        }
        return done;
    }

    private int renew(Connection connection, KeyRotation wish) throws SQLException {
        List<UUID> teams =
                register.teamsToRotate(connection, wish.requestedAt().atOffset(ZoneOffset.UTC), KEYS_AT_A_TIME);
        for (UUID team : teams) {
            keys.rotate(connection, team);
        }
        return teams.size();
    }
}
