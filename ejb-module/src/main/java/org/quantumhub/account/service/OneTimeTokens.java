package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.quantumhub.account.OneTimeToken;
import org.quantumhub.account.OneTimeTokenRepository;
import org.quantumhub.account.TokenPurpose;
import org.quantumhub.account.User;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.RowSecurity;

/// Makes one-time tokens and takes them, in the transaction of whoever asks.
@ApplicationScoped
public class OneTimeTokens {

    @Inject
    OneTimeTokenRepository tokens;

    @Inject
    RowSecurity rowSecurity;

    @Inject
    Clock clock;

    /// A token as it goes into a mail.
    record Made(String text, Instant expiresAt) {

        @Override
        public String toString() {
            return "Made[]"; // never the text
        }
    }

    /// Makes a token; earlier ones of the person for the same purpose are good for nothing any more.
    ///
    /// @param email the address that it is sent to
    Made make(User user, TokenPurpose purpose, String email, Duration life) {
        Instant now = clock.instant();
        tokens.open(user.id(), purpose, now).forEach(earlier -> earlier.use(now));
        String text = SecretText.random();
        Instant expiresAt = now.plus(life);
        tokens.add(new OneTimeToken(Ids.next(), user.id(), purpose, email, SecretText.sha256(text), now, expiresAt));
        return new Made(text, expiresAt);
    }

    /// Whether a token could be taken.
    boolean isGood(String text, TokenPurpose purpose) {
        byte[] hash = SecretText.sha256(text);
        rowSecurity.presentToken(hash);
        return tokens.findByHash(hash)
                .filter(token -> token.isGoodFor(purpose, clock.instant()))
                .isPresent();
    }

    /// Takes a token, and acts for its owner from then on.
    ///
    /// @throws HubException `INVALID_LINK`
    OneTimeToken take(String text, TokenPurpose purpose) {
        byte[] hash = SecretText.sha256(text);
        Instant now = clock.instant();
        rowSecurity.presentToken(hash);
        OneTimeToken token = tokens.lockByHash(hash)
                .filter(found -> found.isGoodFor(purpose, now))
                .orElseThrow(OneTimeTokens::invalid);
        rowSecurity.actFor(token.userId());
        token.use(now);
        return token;
    }

    static HubException invalid() {
        return new HubException(
                ProblemCode.INVALID_LINK, "This link is wrong, was used before, or is too old; ask for another.");
    }
}
