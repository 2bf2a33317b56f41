package org.quantumhub.account.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// The company's identity provider, as OpenID Connect Core and Discovery describe one: authorization code with PKCE
/// (RFC 7636). Its answers are bounded in size and time and believed as far as its signature goes.
@ApplicationScoped
public class IdentityProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 1 << 18;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);
    private static final int MILLIS = 5_000;

    @Inject
    OidcConfig config;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private volatile @Nullable Discovered discovered;

    /// @param namesItself whether it puts its name into what it gives the browser (RFC 9207)
    private record Discovered(
            String authorization, String token, boolean namesItself, DefaultJWTProcessor<SecurityContext> processor) {}

    /// Where a browser goes to sign in.
    String authorizationUrl(String state, String nonce, String challenge) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", config.clientId());
        query.put("redirect_uri", config.redirectUri());
        query.put("scope", config.scopes());
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", challenge);
        query.put("code_challenge_method", "S256");
        String address = discovered().authorization();
        return address + (address.contains("?") ? "&" : "?") + form(query);
    }

    /// A browser that comes from another provider is sent away, before its code is shown to this one (RFC 9207).
    ///
    /// @param named how the provider calls itself in what the browser brings
    void requireNamed(@Nullable String named) {
        if (named == null ? discovered().namesItself() : !named.equals(config.issuer())) {
            throw refused();
        }
    }

    /// Exchanges a code for the claims of a verified ID token.
    ///
    /// @throws HubException `SIGN_IN_REFUSED` when the provider or its token says no, `UNAVAILABLE` when it says
    /// nothing
    JWTClaimsSet claims(String code, String verifier, String nonce) {
        Discovered provider = discovered();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", config.redirectUri());
        form.put("code_verifier", verifier);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(provider.token()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        if (config.clientSecret().isEmpty()) {
            form.put("client_id", config.clientId());
        } else {
            request.header("Authorization", "Basic " + basic());
        }
        JsonObject answer = answer(
                request.POST(HttpRequest.BodyPublishers.ofString(form(form))).build(), ProblemCode.SIGN_IN_REFUSED);
        try {
            JWTClaimsSet claims = provider.processor().process(answer.getString("id_token", ""), null);
            if (!nonce.equals(claims.getStringClaim("nonce"))) {
                throw refused();
            }
            return claims;
        } catch (KeySourceException unknown) {
            throw new HubException(
                    ProblemCode.UNAVAILABLE, "The identity provider's keys cannot be had; try again soon.", unknown);
        } catch (BadJOSEException | JOSEException | ParseException wrong) {
            throw new HubException(ProblemCode.SIGN_IN_REFUSED, "The identity provider's answer is not good.", wrong);
        }
    }

    static HubException refused() {
        return new HubException(ProblemCode.SIGN_IN_REFUSED, "The identity provider did not sign you in; start again.");
    }

    private String basic() {
        String pair = encoded(config.clientId()) + ":" + encoded(config.clientSecret());
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Discovered discovered() {
        Discovered known = discovered;
        if (known == null) {
            known = discover();
            discovered = known;
        }
        return known;
    }

    private Discovered discover() {
        String issuer = config.issuer();
        String address = (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration";
        JsonObject document = answer(
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(PATIENCE)
                        .GET()
                        .build(),
                ProblemCode.UNAVAILABLE);
        if (!issuer.equals(document.getString("issuer", ""))) {
            throw new HubException(ProblemCode.UNAVAILABLE, "The identity provider calls itself something else.");
        }
        for (String member : new String[] {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
            OidcConfig.requireSafe(document.getString(member, ""));
        }
        try {
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                            URI.create(document.getString("jwks_uri")).toURL(),
                            new DefaultResourceRetriever(MILLIS, MILLIS, LARGEST_ANSWER))
                    .retrying(true)
                    .build();
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    config.clientId(),
                    new JWTClaimsSet.Builder().issuer(issuer).build(),
                    Set.of("sub", "exp", "iat", "nonce")));
            return new Discovered(
                    document.getString("authorization_endpoint"),
                    document.getString("token_endpoint"),
                    document.getBoolean("authorization_response_iss_parameter_supported", false),
                    processor);
        } catch (MalformedURLException e) {
            throw new HubException(ProblemCode.UNAVAILABLE, "The identity provider's keys are nowhere.", e);
        }
    }

    /// @param otherwise what a refusal of the provider means
    private JsonObject answer(HttpRequest request, ProblemCode otherwise) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream stream = response.body()) {
                body = stream.readNBytes(LARGEST_ANSWER);
            }
            if (response.statusCode() != 200) {
                throw new HubException(
                        otherwise, "The identity provider answered with status " + response.statusCode() + ".");
            }
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
                return reader.readObject();
            }
        } catch (IOException | JsonException e) {
            throw new HubException(ProblemCode.UNAVAILABLE, "The identity provider does not answer as expected.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(ProblemCode.UNAVAILABLE, "The hub is stopping.", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
