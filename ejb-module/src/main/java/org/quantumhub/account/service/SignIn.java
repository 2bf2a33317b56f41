package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.SignInMethod;
import org.quantumhub.account.SignInThrottle.Scope;
import org.quantumhub.account.User;
import org.quantumhub.account.service.Logins.Known;
import org.quantumhub.account.service.Sessions.SignedIn;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Sign-in with a password, and with a code where the account asks for one.
@ApplicationScoped
public class SignIn {

    @Inject
    Passwords passwords;

    @Inject
    Logins logins;

    @Inject
    SecondFactor factor;

    @Inject
    Sessions sessions;

    @Inject
    Throttle throttle;

    /// What somebody gives to sign in.
    ///
    /// @param login e-mail address or user name
    /// @param code of the second factor, or a recovery code
    public record Given(
            String login, String password, @Nullable String code) {

        @Override
        public String toString() {
            return "Given[" + login + "]"; // never the password
        }
    }

    /// Every attempt is counted before it is checked, against the name that was given and against where it comes from.
    ///
    /// @throws HubException `WRONG_CREDENTIALS`, in the same words and time for an unknown name;
    /// `SECOND_FACTOR_REQUIRED` when the password was right and a code is missing; `WRONG_CODE`; `TOO_MANY_REQUESTS`
    public SignedIn signIn(Given given, Visitor visitor) {
        String login = User.normalised(given.login());
        throttle.begin(Scope.ADDRESS, visitor.address());
        throttle.begin(Scope.ACCOUNT, login);
        // hashing takes a quarter of a second: no transaction is open meanwhile
        Optional<Known> known = logins.find(login);
        boolean right = known.isPresent()
                ? passwords.matches(given.password(), known.get().passwordHash())
                : passwords.matchesNobody(given.password());
        if (!right || !known.map(Known::active).orElse(false)) {
            throw new HubException(ProblemCode.WRONG_CREDENTIALS, "Name and password do not belong together.");
        }
        throttle.succeeded(Scope.ACCOUNT, login);
        throttle.takeBack(Scope.ADDRESS, visitor.address());
        Known user = known.get();
        if (user.factor()) {
            if (given.code() == null) {
                throw new HubException(
                        ProblemCode.SECOND_FACTOR_REQUIRED, "Send the code of your second factor as 'code', too.");
            }
            factor.require(user.userId(), given.code());
        }
        return sessions.begin(user.userId(), SignInMethod.PASSWORD, visitor);
    }
}
