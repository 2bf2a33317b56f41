package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.Roles;
import org.quantumhub.account.SessionEnd;
import org.quantumhub.account.User;
import org.quantumhub.account.UserDeleted;
import org.quantumhub.account.UserProfile;
import org.quantumhub.account.UserProfileRepository;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;

/// The transactions on accounts by their owners and by administrators.
@ApplicationScoped
public class UserTurns {

    /// Roles that everybody may take.
    private static final Set<PlatformRole> USUAL = EnumSet.of(PlatformRole.CONSUMER, PlatformRole.DEVELOPER);

    @Inject
    UserRepository users;

    @Inject
    UserProfileRepository profiles;

    @Inject
    EmailVerification verification;

    @Inject
    SessionTurns sessions;

    @Inject
    ApiKeys apiKeys;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Event<UserDeleted> deleted;

    @Inject
    Clock clock;

    @Transactional
    Page<User> list(Caller caller, Users.Query query, @Nullable UUID before, int size) {
        rowSecurity.administer(caller, Roles.ADMIN);
        String text = query.text() == null ? null : User.normalised(query.text());
        return Page.cut(users.search(text, query.role(), query.active(), before, size), size, User::id);
    }

    @Transactional
    User get(Caller caller, UUID id) {
        reach(caller, id);
        return users.find(id).orElseThrow(UserTurns::missing);
    }

    @Transactional
    User update(Caller caller, UUID id, UserChange change) {
        reach(caller, id);
        User user = users.lock(id).filter(found -> !found.isDeleted()).orElseThrow(UserTurns::missing);
        Instant now = clock.instant();
        if (change.fullName() != null) {
            user.rename(change.fullName().isBlank() ? null : change.fullName().strip(), now);
        }
        if (change.apiQuotaMonthly() != null) {
            administrators(caller, "apiQuotaMonthly");
            user.limitRequests(change.apiQuotaMonthly(), now);
        }
        if (change.roles() != null) {
            give(caller, user, change.roles(), now);
        }
        if (change.active() != null) {
            administrators(caller, "active");
            if (change.active()) {
                user.reopen(now);
            } else {
                user.close(now);
                write(); // before the next query does
                sessions.endAll(id, null, SessionEnd.CLOSED);
            }
        }
        write();
        String email = change.email() == null ? user.email() : User.normalised(change.email());
        if (!email.equals(user.email())) {
            user.wantEmail(email, now);
            verification.ask(user, email);
        }
        return user;
    }

    private void give(Caller caller, User user, Set<PlatformRole> wanted, Instant now) {
        EnumSet<PlatformRole> fresh = EnumSet.copyOf(wanted);
        fresh.removeAll(user.roles());
        if (!USUAL.containsAll(fresh)) {
            administrators(caller, "roles");
        }
        if (user.roles().contains(PlatformRole.ADMIN) && caller.has(Roles.ADMIN)) {
            // to see whether another administrator remains
            rowSecurity.administer(caller, Roles.ADMIN);
        }
        user.holdRoles(wanted, now);
    }

    /// @throws HubException `FORBIDDEN` for everybody else
    private void administrators(Caller caller, String field) {
        if (!caller.has(Roles.ADMIN)) {
            throw new HubException(ProblemCode.FORBIDDEN, "Only an administrator changes '" + field + "'.")
                    .with("field", field);
        }
        rowSecurity.administer(caller, Roles.ADMIN);
    }

    /// What the database refuses is refused here, where it has a name.
    private void write() {
        try {
            users.flush();
        } catch (PersistenceException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (String.valueOf(cause.getMessage()).contains("the last administrator stays")) {
                    throw new HubException(
                            ProblemCode.LAST_ADMINISTRATOR, "Nobody would be left to administer the hub.", e);
                }
                if (String.valueOf(cause.getMessage()).contains("would be without an owner")) {
                    // whoever asked before saw another owner, who has gone at the same moment
                    throw new HubException(
                            ProblemCode.LAST_OWNER,
                            "A team with other people in it would be left without an owner.",
                            e);
                }
            }
            throw e;
        }
    }

    @Transactional
    void delete(Caller caller, UUID id) {
        reach(caller, id);
        if (caller.has(Roles.ADMIN)) {
            rowSecurity.administer(caller, Roles.ADMIN);
        }
        User user = users.lock(id).filter(found -> !found.isDeleted()).orElseThrow(UserTurns::missing);
        Instant now = clock.instant();
        deleted.fire(new UserDeleted(id, user.username()));
        user.holdRoles(EnumSet.of(PlatformRole.CONSUMER), now);
        user.anonymise(now);
        write();
        sessions.endAll(id, null, SessionEnd.CLOSED);
        apiKeys.revokeAll(id);
    }

    @Transactional
    UserProfile profile(Caller caller, UUID id) {
        reach(caller, id);
        requireThere(id);
        return profiles.find(id).orElseGet(() -> new UserProfile(id, clock.instant()));
    }

    @Transactional
    UserProfile tell(Caller caller, UUID id, ProfileChange change) {
        reach(caller, id);
        Instant now = clock.instant();
        requireThere(id);
        UserProfile profile = profiles.find(id).orElseGet(() -> {
            UserProfile made = new UserProfile(id, now);
            profiles.add(made);
            return made;
        });
        profile.tell(
                change.organization(),
                change.bio(),
                change.avatarUrl(),
                change.contactInfo(),
                change.socialLinks(),
                now);
        return profile;
    }

    private void requireThere(UUID id) {
        if (users.find(id).filter(found -> !found.isDeleted()).isEmpty()) {
            throw missing();
        }
    }

    /// Makes an account visible to this transaction: the own one is, others are to administrators. Somebody else's
    /// looks
    /// like one that does not exist.
    private void reach(Caller caller, UUID id) {
        if (!id.equals(caller.userId())) {
            if (!caller.has(Roles.ADMIN)) {
                throw missing();
            }
            rowSecurity.administer(caller, Roles.ADMIN);
        }
    }

    private static HubException missing() {
        return new HubException(ProblemCode.NOT_FOUND, "There is no such user.");
    }
}
