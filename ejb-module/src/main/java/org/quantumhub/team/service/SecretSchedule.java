package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.DataKeyRegister;
import org.quantumhub.team.KeyRotation;
import org.quantumhub.team.SecretRegister;
import org.quantumhub.team.SecretRegister.Due;
import org.quantumhub.team.SecretValidation;
import org.quantumhub.team.WrappedKey;

/// The transactions of what a timer does with secrets and their keys, as the background role.
@ApplicationScoped
public class SecretSchedule {

    private static final int AT_A_TIME = 20;
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

    @Transactional(TxType.REQUIRES_NEW)
    List<Due> due(List<String> providers) {
        return database.asBackground(c -> secrets.due(c, providers, AT_A_TIME));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void note(Due tried, SecretValidation verdict, @Nullable String error) {
        database.asBackground(c -> {
            secrets.judge(c, tried, verdict, error);
            return tried;
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
        for (WrappedKey key : others) {
            register.rewrap(connection, envelopes.rewrap(key));
        }
        return others.size();
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
