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
import java.time.OffsetDateTime;
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

    /// Each may take two calls of a key service, and a transaction has its limit.
    private static final int KEYS_AT_A_TIME = 20;

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
            KeyRotation wish = register.open(c, envelopes.place()).orElse(null);
            if (wish == null) {
                return false;
            }
            Piece piece = wish.kind() == KeyRotation.Kind.MASTER_KEY ? rewrap(c, wish) : renew(c, wish);
            register.progress(c, wish, piece.done(), piece.failed());
            if (piece.done() == 0) {
                register.finish(c, wish);
            }
            return true;
        });
    }

    /// What one transaction has done; nothing means that nothing is left to do.
    private record Piece(int done, int failed) {}

    /// Goes on behind keys that do not open, however many there are. A master key that cannot be used now ends the
    /// piece
    /// and not the wish: what is done stays done, and the next tick tries the rest.
    private Piece rewrap(Connection connection, KeyRotation wish) throws SQLException {
        String master = envelopes.renewedMasterKey(wish.id());
        int done = 0;
        int failed = 0;
        UUID after = null;
        while (done < KEYS_AT_A_TIME) {
            List<WrappedKey> next = register.toWrap(connection, master, since(wish), after, KEYS_AT_A_TIME);
            if (next.isEmpty()) {
                break;
            }
            for (WrappedKey key : next) {
                after = key.id();
                try {
                    register.rewrap(connection, envelopes.rewrap(key, master));
                    done++;
                } catch (DataKeyLostException lost) {
                    // it opens nothing, whatever is done with it; the others go on
                    LOG.log(Level.ERROR, "data key lost team=" + key.teamId() + " key=" + key.id(), lost);
                    failed++;
                } catch (HubException away) {
                    if (done == 0) {
                        throw away;
                    }
                    return new Piece(done, failed);
                }
            }
        }
        return new Piece(done, failed);
    }

    private static OffsetDateTime since(KeyRotation wish) {
        return wish.requestedAt().atOffset(ZoneOffset.UTC);
    }

    private Piece renew(Connection connection, KeyRotation wish) throws SQLException {
        List<UUID> teams = register.teamsToRotate(connection, since(wish), KEYS_AT_A_TIME);
        int failed = wish.failed();
        for (UUID team : teams) {
            failed += keys.rotate(connection, team);
        }
        return new Piece(teams.size(), failed);
    }
}
