package org.quantumhub.account.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.User;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Access tokens: signed JWTs (RFC 7519, profile of RFC 9068), good for a quarter of an hour.
///
/// Verification follows RFC 8725: one algorithm, whatever the header says; the key comes from our own ring by its name
/// and from nowhere else; type, issuer, audience and every time are asked for. What a token says about roles is not
/// believed: they are looked up.
@ApplicationScoped
public class AccessTokens {

    /// How long a token is good for.
    public static final Duration LIFE = Duration.ofMinutes(15);

    /// For whom tokens are.
    public static final String AUDIENCE = "quantum-hub";

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST = 4096;

    @Inject
    SigningKeys keys;

    @Inject
    AccountConfig config;

    @Inject
    Clock clock;

    /// Verified tokens, for as long as a client may be expected to send the same one again soon.
    private final Cache<String, Bearer> verified = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    /// Who shows a token: a person, in one session.
    public record Bearer(UUID userId, UUID sessionId, Instant expiresAt) {}

    /// @param jti the token's own name
    String issue(User user, UUID sessionId, UUID jti) {
        RSAKey key = keys.signing();
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(config.issuer())
                .audience(AUDIENCE)
                .subject(user.id().toString())
                .jwtID(jti.toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("sid", sessionId.toString())
                .claim("upn", user.email())
                .claim("groups", user.roles().stream().map(Enum::name).sorted().toList())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new HubException(ProblemCode.INTERNAL, "The server cannot sign tokens.", e);
        }
        return token.serialize();
    }

    /// Who shows this token; empty when it is not a good token of ours, for whatever reason.
    public Optional<Bearer> verify(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Bearer bearer = verified.getIfPresent(text);
        if (bearer == null) {
            try {
                bearer = bearer(SignedJWT.parse(text));
            } catch (ParseException | JOSEException | IllegalArgumentException noToken) {
                return Optional.empty();
            }
            if (bearer == null) {
                return Optional.empty();
            }
            verified.put(text, bearer);
        }
        return clock.instant().isBefore(bearer.expiresAt().plus(SKEW)) ? Optional.of(bearer) : Optional.empty();
    }

    private @Nullable Bearer bearer(SignedJWT token) throws ParseException, JOSEException {
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())
                || !TYPE.equals(header.getType())
                || header.getKeyID() == null
                || header.getCriticalParams() != null
                || namesAKeyOfItsOwn(header)) {
            return null;
        }
        RSAKey key = keys.verifying(header.getKeyID()).orElse(null);
        if (key == null || !token.verify(new RSASSAVerifier(key))) {
            return null;
        }
        JWTClaimsSet claims = token.getJWTClaimsSet();
        return inForce(claims)
                ? new Bearer(
                        UUID.fromString(claims.getSubject()),
                        UUID.fromString(claims.getStringClaim("sid")),
                        claims.getExpirationTime().toInstant())
                : null;
    }

    private static boolean namesAKeyOfItsOwn(JWSHeader header) {
        return header.getJWK() != null
                || header.getJWKURL() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null;
    }

    private boolean inForce(JWTClaimsSet claims) throws ParseException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        Date begins = claims.getNotBeforeTime();
        return config.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(AUDIENCE)
                && claims.getSubject() != null
                && claims.getStringClaim("sid") != null
                && expires != null
                && issued != null
                && begins != null
                && now.isBefore(expires.toInstant().plus(SKEW))
                && !now.isBefore(begins.toInstant().minus(SKEW))
                && !now.isBefore(issued.toInstant().minus(SKEW))
                && !expires.toInstant().isAfter(issued.toInstant().plus(LIFE));
    }
}
