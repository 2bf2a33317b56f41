package org.quantumhub.account.service;

import com.ibm.websphere.security.jwt.InvalidBuilderException;
import com.ibm.websphere.security.jwt.InvalidClaimException;
import com.ibm.websphere.security.jwt.JwtBuilder;
import com.ibm.websphere.security.jwt.JwtException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quantumhub.account.User;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;

/// Sign-in with a password. The answer is a token that the server signs and MicroProfile JWT verifies.
@ApplicationScoped
public class SignIn {

    /// How long a token is good for.
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    @Inject
    Passwords passwords;

    @Inject
    Logins logins;

    /// A token and whose it is.
    public record SignedIn(String accessToken, User user) {

        @Override
        public String toString() {
            return "SignedIn[" + user.username() + "]"; // never the token
        }
    }

    /// @param login e-mail address or user name
    /// @throws HubException `WRONG_CREDENTIALS`, in the same words and time for an unknown name
    public SignedIn signIn(String login, String password) {
        // hashing takes a quarter of a second: no transaction is open meanwhile
        Optional<User> user = logins.find(User.normalised(login));
        boolean right = user.isPresent()
                ? passwords.matches(password, user.get().passwordHash())
                : passwords.matchesNobody(password);
        if (!right || !user.map(User::isActive).orElse(false)) {
            throw new HubException(ProblemCode.WRONG_CREDENTIALS, "Name and password do not belong together.");
        }
        User signedIn = user.get();
        logins.note(signedIn.id());
        return new SignedIn(token(signedIn), signedIn);
    }

    private static String token(User user) {
        try {
            return JwtBuilder.create("hub")
                    .subject(user.id().toString())
                    .claim("upn", user.email())
                    .claim(
                            "groups",
                            List.copyOf(user.roles().stream()
                                    .map(Enum::name)
                                    .sorted()
                                    .toList()))
                    .claim("jti", Ids.next().toString())
                    .buildJwt()
                    .compact();
        } catch (InvalidBuilderException | InvalidClaimException | JwtException e) {
            throw new HubException(ProblemCode.INTERNAL, "The server cannot sign tokens.", e);
        }
    }
}
