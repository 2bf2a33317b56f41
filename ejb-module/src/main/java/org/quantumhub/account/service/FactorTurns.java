package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import org.quantumhub.account.AccountSecured;
import org.quantumhub.account.AccountSecured.Change;
import org.quantumhub.account.RecoveryCodes;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.RowSecurity;
import org.quantumhub.shared.service.Seal;

/// The transactions of the second factor.
@ApplicationScoped
public class FactorTurns {

    private static final String SECRET = "second-factor";
    private static final String RECOVERY = "recovery-code";
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LENGTH = 10;

    @Inject
    UserRepository users;

    @Inject
    RecoveryCodes recoveryCodes;

    @Inject
    Database database;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Event<AccountSecured> secured;

    @Inject
    Seal seal;

    @Inject
    Clock clock;

    /// How the second factor of a person stands.
    record State(boolean enabled, int recoveryCodesLeft) {}

    @Transactional
    State state(Caller caller) {
        User user = own(caller);
        return new State(
                user.isMfaEnabled(),
                user.isMfaEnabled()
                        ? database.asRequest(c -> recoveryCodes.unused(c, user.id()))
                                .size()
                        : 0);
    }

    /// Takes a code once. What was taken stays taken, so this is a transaction of its own.
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean take(UUID userId, String code) {
        rowSecurity.actFor(userId);
        User user = users.lock(userId).orElseThrow();
        String typed = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return typed.length() == RECOVERY_LENGTH ? takeRecovery(user, typed) : takeTimed(user, typed);
    }

    private boolean takeTimed(User user, String code) {
        OptionalLong step = Totp.stepOf(code, secret(user), clock.instant());
        return step.isPresent() && user.takeStep(step.getAsLong());
    }

    private byte[] secret(User user) {
        byte[] sealed = user.factorSecret();
        if (sealed == null) {
            throw new HubException(ProblemCode.NO_FACTOR, "No second factor was offered.");
        }
        return seal.open(SECRET, user.id().toString(), sealed)
                .orElseThrow(() -> new HubException(
                        ProblemCode.INTERNAL, "The second factor was sealed with a HUB_SEAL_KEY that is not given."));
    }

    private boolean takeRecovery(User user, String code) {
        boolean taken = database.asRequest(connection -> {
            for (byte[] stamp : recoveryCodes.unused(connection, user.id())) {
                if (seal.stamped(RECOVERY, user.id() + code, stamp)) {
                    recoveryCodes.use(connection, user.id(), stamp);
                    return true;
                }
            }
            return false;
        });
        if (taken) {
            tell(user, Change.RECOVERY_CODE_USED);
        }
        return taken;
    }

    /// What an authenticator needs.
    ///
    /// @return the new secret, of which the account keeps a sealed copy
    @Transactional
    byte[] offer(Caller caller) {
        User user = locked(caller);
        if (user.isMfaEnabled()) {
            throw new HubException(ProblemCode.FACTOR_ACTIVE, "There is a second factor already; remove it first.");
        }
        byte[] secret = Totp.newSecret();
        user.offerFactor(seal.seal(SECRET, user.id().toString(), secret), clock.instant());
        return secret;
    }

    /// @return recovery codes, shown this once
    @Transactional
    List<String> activate(Caller caller) {
        User user = locked(caller);
        if (user.isMfaEnabled()) {
            throw new HubException(ProblemCode.FACTOR_ACTIVE, "There is a second factor already.");
        }
        user.activateFactor(clock.instant());
        tell(user, Change.FACTOR_ADDED);
        return renewCodes(user);
    }

    @Transactional
    List<String> renewCodes(Caller caller) {
        return renewCodes(requireFactor(locked(caller)));
    }

    private List<String> renewCodes(User user) {
        List<String> shown = new ArrayList<>();
        List<byte[]> stamps = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = Totp.base32(Totp.newSecret()).substring(0, RECOVERY_LENGTH);
            shown.add(code.substring(0, RECOVERY_LENGTH / 2) + "-" + code.substring(RECOVERY_LENGTH / 2));
            stamps.add(seal.stamp(RECOVERY, user.id() + code));
        }
        database.asRequest(connection -> {
            recoveryCodes.replace(connection, user.id(), stamps);
            return user;
        });
        return shown;
    }

    @Transactional
    void remove(Caller caller) {
        User user = requireFactor(locked(caller));
        user.removeFactor(clock.instant());
        database.asRequest(connection -> {
            recoveryCodes.replace(connection, user.id(), List.of());
            return user;
        });
        tell(user, Change.FACTOR_REMOVED);
    }

    private static User requireFactor(User user) {
        if (!user.isMfaEnabled()) {
            throw new HubException(ProblemCode.NO_FACTOR, "There is no second factor.");
        }
        return user;
    }

    private User own(Caller caller) {
        return users.find(caller.userId()).orElseThrow(FactorTurns::gone);
    }

    private User locked(Caller caller) {
        return users.lock(caller.userId()).orElseThrow(FactorTurns::gone);
    }

    private static HubException gone() {
        return new HubException(ProblemCode.UNAUTHENTICATED, "This account is gone.");
    }

    private void tell(User user, Change change) {
        secured.fire(new AccountSecured(user.id(), user.username(), user.email(), change));
    }
}
