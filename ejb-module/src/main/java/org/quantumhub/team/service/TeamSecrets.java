package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.SealedSecret;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretRegister;
import org.quantumhub.team.TeamRepository;
import org.quantumhub.team.TeamSecret;
import org.quantumhub.team.WrappedKey;

/// Secrets of the team that the caller acts for, as its owners and admins look after them. What is written is never
/// read
/// back this way; who uses a secret asks the [SecretVault].
@ApplicationScoped
public class TeamSecrets {

    @Inject
    SecretRegister secrets;

    @Inject
    DataKeys keys;

    @Inject
    Envelopes envelopes;

    @Inject
    TeamRepository teams;

    @Inject
    Database database;

    /// What was written, and whether it is new.
    public record Written(TeamSecret secret, boolean isNew) {}

    @Transactional
    public Page<TeamSecret> list(Caller caller, @Nullable UUID after, int size) {
        caller.mayAdminister();
        return Page.cut(database.asRequest(c -> secrets.of(c, caller.teamId(), after, size)), size, TeamSecret::id);
    }

    @Transactional
    public TeamSecret get(Caller caller, String provider, String keyName) {
        caller.mayAdminister();
        return found(caller, provider, keyName);
    }

    private TeamSecret found(Caller caller, String provider, String keyName) {
        if (provider.equals(SecretRegister.OWN)) {
            throw unknown();
        }
        return database.asRequest(c -> secrets.find(c, caller.teamId(), provider, keyName))
                .orElseThrow(TeamSecrets::unknown);
    }

    /// Writes a secret, new or over the one that was there.
    @Transactional
    public Written put(Caller caller, String provider, String keyName, Secret secret, @Nullable String description) {
        caller.mayWrite().mayAdminister();
        boolean isNew = seal(caller, provider, keyName, secret, description) == 1;
        return new Written(found(caller, provider, keyName), isNew);
    }

    /// Keeps a secret of the hub's own for the team, such as the signing key of a webhook. Part of the running
    /// transaction, which acts for the caller.
    @Transactional(Transactional.TxType.MANDATORY)
    public void keep(Caller caller, String keyName, Secret secret) {
        seal(caller, SecretRegister.OWN, keyName, secret, null);
    }

    /// Forgets a secret of the hub's own.
    @Transactional(Transactional.TxType.MANDATORY)
    public void drop(Caller caller, String keyName) {
        database.asRequest(c -> secrets.remove(c, caller.teamId(), SecretRegister.OWN, keyName));
    }

    private int seal(Caller caller, String provider, String keyName, Secret secret, @Nullable String description) {
        teams.lock(caller.teamId());
        return database.asRequest(c -> {
            int revision = secrets.find(c, caller.teamId(), provider, keyName)
                            .map(TeamSecret::revision)
                            .orElse(0)
                    + 1;
            WrappedKey key = keys.active(c, caller.teamId());
            SealedSecret sealed = envelopes.seal(key, provider, keyName, revision, secret);
            secrets.put(c, Ids.next(), sealed, description, caller.userId());
            return revision;
        });
    }

    @Transactional
    public TeamSecret change(
            Caller caller, String provider, String keyName, @Nullable String description, @Nullable Boolean active) {
        caller.mayWrite().mayAdminister();
        found(caller, provider, keyName);
        database.asRequest(c -> secrets.change(c, caller.teamId(), provider, keyName, description, active));
        return found(caller, provider, keyName);
    }

    /// Has the secret tried out anew, soon.
    @Transactional
    public TeamSecret validate(Caller caller, String provider, String keyName) {
        caller.mayWrite().mayAdminister();
        found(caller, provider, keyName);
        database.asRequest(c -> secrets.doubt(c, caller.teamId(), provider, keyName));
        return found(caller, provider, keyName);
    }

    @Transactional
    public void remove(Caller caller, String provider, String keyName) {
        caller.mayWrite().mayAdminister();
        found(caller, provider, keyName);
        database.asRequest(c -> {
            secrets.suspect(c, caller.teamId(), provider); // without it the others may not be enough
            return secrets.remove(c, caller.teamId(), provider, keyName);
        });
    }

    /// Whether the team that the caller acts for has an active secret of one of these names with a provider.
    @Transactional
    public boolean has(Caller caller, String provider, Set<String> keyNames) {
        return database.asRequest(c -> secrets.has(c, caller.teamId(), provider, keyNames));
    }

    private static HubException unknown() {
        return new HubException(ProblemCode.NOT_FOUND, "There is no such secret.");
    }
}
