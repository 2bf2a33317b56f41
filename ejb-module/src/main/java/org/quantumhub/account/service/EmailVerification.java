package org.quantumhub.account.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.quantumhub.account.AccountSecured;
import org.quantumhub.account.AccountSecured.Change;
import org.quantumhub.account.EmailVerificationAsked;
import org.quantumhub.account.OneTimeToken;
import org.quantumhub.account.TokenPurpose;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.account.service.OneTimeTokens.Made;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Finds out whether an e-mail address belongs to who says so.
@ApplicationScoped
public class EmailVerification {

    private static final Duration LIFE = Duration.ofDays(3);

    @Inject
    UserRepository users;

    @Inject
    OneTimeTokens tokens;

    @Inject
    Event<EmailVerificationAsked> asked;

    @Inject
    Event<AccountSecured> secured;

    @Inject
    AccountConfig config;

    @Inject
    Clock clock;

    /// People who were seen verified; nobody loses that.
    private final Cache<UUID, Boolean> verified =
            Caffeine.newBuilder().maximumSize(50_000).build();

    /// Sends a link to an address, in the transaction that makes the account or changes the address.
    void ask(User user, String email) {
        Made token = tokens.make(user, TokenPurpose.EMAIL_VERIFICATION, email, LIFE);
        asked.fire(new EmailVerificationAsked(user.id(), user.username(), email, token.text(), token.expiresAt()));
    }

    /// Sends the link again; does nothing when there is nothing to verify.
    @Transactional
    public void askAgain(Caller caller) {
        User user = users.lock(caller.userId()).orElseThrow();
        String pending = user.pendingEmail();
        if (pending != null) {
            ask(user, pending);
        } else if (!user.isEmailVerified()) {
            ask(user, user.email());
        }
    }

    /// Somebody opened the link.
    ///
    /// @throws HubException `INVALID_LINK`; `EMAIL_TAKEN` when the address became somebody else's meanwhile
    @Transactional
    public User verify(String token) {
        OneTimeToken taken = tokens.take(token, TokenPurpose.EMAIL_VERIFICATION);
        User user = users.lock(taken.userId()).filter(User::isActive).orElseThrow(OneTimeTokens::invalid);
        String before = user.email();
        if (!taken.email().equals(before)
                && !taken.email().equals(Objects.requireNonNullElse(user.pendingEmail(), ""))) {
            throw OneTimeTokens.invalid();
        }
        boolean changed = user.verifyEmail(taken.email(), clock.instant());
        try {
            users.flush();
        } catch (PersistenceException e) {
            throw Registrar.taken(e);
        }
        if (changed) {
            secured.fire(new AccountSecured(user.id(), user.username(), before, Change.EMAIL_CHANGED));
        }
        return user;
    }

    /// Whether the installation takes work from verified addresses only. Asked first, because the answer is usually no
    /// and
    /// costs no transaction.
    public boolean isRequiredForWork() {
        return !config.unverifiedMaySubmit();
    }

    /// Refuses people whose address is not verified, where the installation wants it so.
    ///
    /// @throws HubException `EMAIL_NOT_VERIFIED`
    @Transactional
    public void requireForWork(Caller caller) {
        if (verified.getIfPresent(caller.userId()) != null) {
            return;
        }
        if (!users.find(caller.userId()).map(User::isEmailVerified).orElse(false)) {
            throw new HubException(
                    ProblemCode.EMAIL_NOT_VERIFIED, "Confirm your e-mail address first; a link was sent to it.");
        }
        verified.put(caller.userId(), true);
    }
}
