package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.RequestQuota;
import org.quantumhub.account.User;
import org.quantumhub.account.UserProfile;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;

/// Accounts, looked after by their owners and by administrators.
@ApplicationScoped
public class Users {

    @Inject
    UserTurns turns;

    @Inject
    PasswordCheck passwords;

    @Inject
    Registrar registrar;

    @Inject
    Sessions sessions;

    @Inject
    AccountCleaning cleaning;

    @Inject
    Quotas quotas;

    /// Which accounts an administrator wants to see.
    ///
    /// @param text part of a name or address, null for any
    public record Query(
            @Nullable String text,
            @Nullable PlatformRole role,
            @Nullable Boolean active) {}

    /// Accounts, newest first, for administrators.
    public Page<User> list(Caller caller, Query query, @Nullable UUID before, int size) {
        return turns.list(caller, query, before, size);
    }

    /// The caller's own account, or for an administrator anybody's.
    public User get(Caller caller, UUID id) {
        return turns.get(caller, id);
    }

    /// Changes an account. Roles beyond the usual, the quota and whether it is open at all are an administrator's; a
    /// new
    /// e-mail address takes the owner's password, because whoever has it can ask for a new one.
    ///
    /// @throws HubException `WRONG_CREDENTIALS`, `EMAIL_TAKEN`, `FORBIDDEN`, `LAST_ADMINISTRATOR`
    public User update(Caller caller, UUID id, UserChange change, @Nullable String password) {
        if (change.email() != null) {
            if (id.equals(caller.userId())) {
                passwords.require(caller, password == null ? "" : password);
            }
            String wanted = User.normalised(change.email());
            if (!wanted.equals(turns.get(caller, id).email()) && registrar.knows(wanted)) {
                throw new HubException(ProblemCode.EMAIL_TAKEN, "There is an account with this e-mail address already.")
                        .with("field", "email");
            }
        }
        User user = turns.update(caller, id, change);
        if (Boolean.FALSE.equals(change.active())) {
            sessions.forget();
        }
        return user;
    }

    /// Closes an account for good and takes from it whatever tells whose it was. What it paid stays on record.
    ///
    /// @throws HubException `LAST_ADMINISTRATOR`
    public void delete(Caller caller, UUID id) {
        turns.delete(caller, id);
        sessions.forget();
        cleaning.eraseDeleted();
    }

    /// How many requests the person has made this month, and may make.
    public RequestQuota.State quota(Caller caller, UUID id) {
        return quotas.standing(turns.get(caller, id).id());
    }

    public UserProfile profile(Caller caller, UUID id) {
        return turns.profile(caller, id);
    }

    public UserProfile tell(Caller caller, UUID id, ProfileChange change) {
        return turns.tell(caller, id, change);
    }
}
