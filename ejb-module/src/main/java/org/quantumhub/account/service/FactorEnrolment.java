package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.quantumhub.account.User;
import org.quantumhub.shared.Caller;

/// How a person gets a second factor, and gets rid of it.
@ApplicationScoped
public class FactorEnrolment {

    private static final String ISSUER = "Quantum Hub";

    @Inject
    Accounts accounts;

    @Inject
    FactorTurns turns;

    @Inject
    SecondFactor factor;

    @Inject
    PasswordCheck passwords;

    /// What an authenticator is fed with, in three forms.
    ///
    /// @param secret base 32, to be typed
    /// @param uri `otpauth:`, to be opened
    /// @param qr SVG, to be photographed
    public record Offer(String secret, String uri, String qr) {

        @Override
        public String toString() {
            return "Offer[]"; // never the secret
        }
    }

    /// How the second factor stands.
    public record Standing(boolean enabled, int recoveryCodesLeft) {}

    public Standing standing(Caller caller) {
        FactorTurns.State state = turns.state(caller);
        return new Standing(state.enabled(), state.recoveryCodesLeft());
    }

    /// A secret for an authenticator; nothing is asked at sign-in before [#activate]. The password is asked for, so
    /// that
    /// a token that was left lying about locks nobody out.
    ///
    /// @throws HubException `FACTOR_ACTIVE` when there is one in force, `WRONG_CREDENTIALS`
    public Offer offer(Caller caller, String password) {
        passwords.require(caller, password);
        User user = accounts.me(caller);
        byte[] secret = turns.offer(caller);
        String uri = Totp.uri(ISSUER, user.email(), secret);
        return new Offer(Totp.base32(secret), uri, Totp.qr(uri));
    }

    /// A code of the authenticator puts the factor in force.
    ///
    /// @return recovery codes, shown this once
    public List<String> activate(Caller caller, String code) {
        factor.require(caller.userId(), code);
        return turns.activate(caller);
    }

    /// @return new recovery codes; the earlier ones are good for nothing
    public List<String> renewRecoveryCodes(Caller caller, String code) {
        factor.require(caller.userId(), code);
        return turns.renewCodes(caller);
    }

    /// Takes password and code; either alone may be in wrong hands.
    public void remove(Caller caller, String password, String code) {
        passwords.require(caller, password);
        factor.require(caller.userId(), code);
        turns.remove(caller);
    }
}
