package org.quantumhub.account.service;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.EnterpriseSignedIn;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.SignInMethod;
import org.quantumhub.account.User;
import org.quantumhub.account.service.Sessions.SignedIn;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Seal;

/// Sign-in by the company's identity provider: it says who somebody is, the hub says what that means here.
///
/// What the hub must remember between the two visits of the browser lies sealed in a cookie of that browser, so any
/// server can go on, and a link from elsewhere signs nobody in.
@ApplicationScoped
public class EnterpriseSignIn {

    /// How long somebody may take at the provider.
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(EnterpriseSignIn.class.getName());
    private static final String PURPOSE = "oidc";
    private static final int LONGEST_NAME = 40;

    @Inject
    OidcConfig config;

    @Inject
    IdentityProvider provider;

    @Inject
    EnterpriseTurns turns;

    @Inject
    Sessions sessions;

    @Inject
    Event<EnterpriseSignedIn> signedIn;

    @Inject
    Seal seal;

    @Inject
    Clock clock;

    /// The first visit.
    ///
    /// @param address of the provider, where the browser goes now
    /// @param cookie what the browser brings back
    public record Started(String address, String cookie) {}

    /// @throws HubException `NOT_FOUND` when no provider is configured
    public Started start() {
        requireOn();
        String state = SecretText.random();
        String nonce = SecretText.random();
        String verifier = SecretText.random(64);
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(SecretText.sha256(verifier));
        String memory = String.join(
                " ",
                state,
                nonce,
                verifier,
                String.valueOf(clock.instant().plus(PATIENCE).getEpochSecond()));
        byte[] cookie = seal.seal(PURPOSE, PURPOSE, memory.getBytes(StandardCharsets.US_ASCII));
        return new Started(
                provider.authorizationUrl(state, nonce, challenge),
                Base64.getUrlEncoder().withoutPadding().encodeToString(cookie));
    }

    /// What the provider gave the browser to bring back.
    ///
    /// @param issuer as the provider calls itself, if it does
    public record Brought(
            @Nullable String code,
            @Nullable String state,
            @Nullable String issuer) {}

    /// The second visit.
    ///
    /// @throws HubException `SIGN_IN_REFUSED`; `EMAIL_TAKEN` when somebody else's account has the address
    public SignedIn finish(Brought brought, @Nullable String cookie, Visitor visitor) {
        requireOn();
        String[] memory = memory(cookie);
        String code = brought.code();
        String state = brought.state();
        if (code == null
                || state == null
                || !MessageDigest.isEqual(
                        memory[0].getBytes(StandardCharsets.US_ASCII), state.getBytes(StandardCharsets.UTF_8))) {
            throw IdentityProvider.refused();
        }
        provider.requireNamed(brought.issuer());
        JWTClaimsSet claims = provider.claims(code, memory[2], memory[1]);
        UUID userId = account(claims);
        Set<String> groups = GroupClaims.of(claims.getClaims(), config.groupsClaims());
        holdRoles(userId, groups);
        signedIn.fire(new EnterpriseSignedIn(userId, groups));
        return sessions.begin(userId, SignInMethod.ENTERPRISE, visitor);
    }

    private void requireOn() {
        if (!config.isOn()) {
            throw new HubException(ProblemCode.NOT_FOUND, "No identity provider is configured.");
        }
    }

    private String[] memory(@Nullable String cookie) {
        try {
            String[] memory = seal.open(PURPOSE, PURPOSE, Base64.getUrlDecoder().decode(cookie == null ? "" : cookie))
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).split(" "))
                    .orElseThrow(IdentityProvider::refused);
            if (clock.instant().getEpochSecond() > Long.parseLong(memory[3])) {
                throw IdentityProvider.refused();
            }
            return memory;
        } catch (IllegalArgumentException noBase64) {
            throw new HubException(
                    ProblemCode.SIGN_IN_REFUSED, "The cookie of this sign-in is broken; start again.", noBase64);
        }
    }

    private UUID account(JWTClaimsSet claims) {
        String issuer = claims.getIssuer();
        String subject = claims.getSubject();
        return turns.find(issuer, subject).orElseGet(() -> firstVisit(issuer, subject, claims));
    }

    private UUID firstVisit(String issuer, String subject, JWTClaimsSet claims) {
        String email = User.normalised(text(claims, "email"));
        if (email.isEmpty()) {
            throw new HubException(
                    ProblemCode.SIGN_IN_REFUSED, "The identity provider does not tell your e-mail address.");
        }
        boolean verified = Boolean.TRUE.equals(claims.getClaim("email_verified"));
        if (config.linkByEmail() && verified) {
            var linked = turns.linkByEmail(issuer, subject, email);
            if (linked.isPresent()) {
                return linked.get();
            }
        }
        String wanted = username(claims, email);
        NewAccount account = NewAccount.trusted(wanted, email, "", text(claims, "name"));
        try {
            return turns.enter(issuer, subject, account, verified);
        } catch (HubException taken) {
            if (taken.code() != ProblemCode.USERNAME_TAKEN) {
                throw taken;
            }
            String other = wanted + "-" + SecretText.random(6).toLowerCase(Locale.ROOT);
            return turns.enter(issuer, subject, NewAccount.trusted(other, email, "", text(claims, "name")), verified);
        }
    }

    private static String username(JWTClaimsSet claims, String email) {
        String name = text(claims, "preferred_username");
        String decent = (name.isEmpty() ? email.substring(0, Math.max(0, email.indexOf('@'))) : name)
                .replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceAll("^[^A-Za-z0-9]+", "");
        if (decent.length() < 2) {
            decent = "user-" + SecretText.random(6).toLowerCase(Locale.ROOT);
        }
        return decent.substring(0, Math.min(LONGEST_NAME, decent.length()));
    }

    private static String text(JWTClaimsSet claims, String name) {
        try {
            String text = claims.getStringClaim(name);
            return text == null || text.length() > 100 && !name.equals("email") ? "" : text.strip();
        } catch (ParseException otherwise) {
            return "";
        }
    }

    private void holdRoles(UUID userId, Set<String> groups) {
        EnumSet<PlatformRole> mapped = EnumSet.noneOf(PlatformRole.class);
        EnumSet<PlatformRole> held = EnumSet.noneOf(PlatformRole.class);
        config.rolesOfGroups().forEach((group, roles) -> {
            mapped.addAll(roles);
            if (groups.contains(group)) {
                held.addAll(roles);
            }
        });
        if (mapped.isEmpty()) {
            return;
        }
        try {
            turns.hold(userId, mapped, held);
        } catch (RuntimeException e) {
            // the last administrator keeps the role whatever the provider says
            LOG.log(Level.WARNING, "roles of user={0} were not taken over: {1}", userId, e.toString());
        }
    }
}
