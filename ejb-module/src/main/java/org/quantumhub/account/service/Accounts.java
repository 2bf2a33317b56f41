package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.SignInThrottle.Scope;
import org.quantumhub.account.User;
import org.quantumhub.account.UserRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;

/// Registration and the account itself.
@ApplicationScoped
public class Accounts {

    private static final Set<PlatformRole> ROLES_OF_NEWCOMERS = Set.of(PlatformRole.CONSUMER);

    @Inject
    UserRepository users;

    @Inject
    Passwords passwords;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Registrar registrar;

    @Inject
    AccountConfig config;

    @Inject
    Throttle throttle;

    /// Makes an account, and with it (by those who listen) a personal team and its wallet, all in one transaction.
    ///
    /// @throws HubException `EMAIL_TAKEN` or `USERNAME_TAKEN`; `TOO_MANY_REQUESTS` after very many from one address,
    /// since
    /// each sends a mail to whoever is named
    public User register(NewAccount account, Visitor visitor) {
        throttle.begin(Scope.REGISTRATION, visitor.address());
        registrar.refuseTaken(account);
        // hashing takes a quarter of a second: no transaction is open meanwhile
        return registrar.enter(
                account, passwords.hash(account.password()), ROLES_OF_NEWCOMERS, config.monthlyQuota(), false);
    }

    /// The account that asks.
    @Transactional
    public User me(Caller caller) {
        return users.find(caller.userId())
                .orElseThrow(() -> new HubException(ProblemCode.UNAUTHENTICATED, "This account is gone."));
    }

    /// The account of a signed-in person, before it is known for which team they act.
    @Transactional
    public Optional<User> active(UUID userId) {
        rowSecurity.actFor(userId);
        return users.find(userId).filter(User::isActive);
    }
}
