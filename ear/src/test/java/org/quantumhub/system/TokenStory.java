package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.service.Seal;
import org.quantumhub.system.HubClient.Person;

/// Tokens that somebody made up. The hub's own key, read from its home, makes those that are wrong in one point only.
@Story
class TokenStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();

    private final Person mallory = ANYBODY.register();
    private final String[] real = mallory.client()
            .headers()
            .getOrDefault("Authorization", "")
            .substring("Bearer ".length())
            .split("\\.");
    private final JsonObject header = decoded(real[0]);
    private final JsonObject claims = decoded(real[1]);

    private static JsonObject decoded(String part) {
        String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String encoded(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }

    private static String encoded(JsonObject part) {
        return encoded(part.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The hub's own key, read from where it keeps it and opened with its seal.
    private static RSAKey hubsKey() {
        List<@Nullable String> row = RunningHub.hub()
                .sql()
                .rows("select kid, encode(private_sealed, 'hex') from signing_keys where use_from <= now()"
                        + " order by use_from desc limit 1")
                .getFirst();
        byte[] opened = Seal.with(RunningHub.SEAL_KEY)
                .open("signing-key", String.valueOf(row.get(0)), HexFormat.of().parseHex(String.valueOf(row.get(1))))
                .orElseThrow();
        try {
            return RSAKey.parse(new String(opened, StandardCharsets.UTF_8));
        } catch (ParseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String signed(JsonObject header, JsonObject claims) throws Exception {
        return signed(header, claims, hubsKey().toPrivateKey());
    }

    private static PrivateKey anotherKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static String signed(JsonObject header, JsonObject claims, PrivateKey key) throws GeneralSecurityException {
        String text = encoded(header) + "." + encoded(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return text + "." + encoded(signature.sign());
    }

    private JsonObject changed(JsonObject object, String member, jakarta.json.JsonValue value) {
        return Json.createObjectBuilder(object).add(member, value).build();
    }

    private static void refused(String token) {
        ANYBODY.bearer(token).get("/api/v1/auth/me").refused(401, "UNAUTHENTICATED");
    }

    @Test
    void what_the_hub_signed_is_taken() throws Exception {
        String again = signed(header, claims, hubsKey().toPrivateKey());
        assertThat(ANYBODY.bearer(again).get("/api/v1/auth/me").expect(200).id())
                .isEqualTo(mallory.id());
        assertThat(header.getString("alg")).isEqualTo("RS256");
        assertThat(claims.getJsonNumber("exp").longValue()
                        - claims.getJsonNumber("iat").longValue())
                .isEqualTo(15 * 60);
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        JsonObject none = changed(header, "alg", Json.createValue("none"));
        refused(encoded(none) + "." + real[1] + ".");
        refused(encoded(none) + "." + real[1] + "." + real[2]);
        refused(real[0] + "." + real[1] + ".");
        refused(real[0] + "." + real[1]);
    }

    @Test
    void a_token_of_another_key_is_refused() throws Exception {
        refused(signed(header, claims, anotherKey()));
    }

    @Test
    void the_public_key_is_no_secret_to_sign_with() throws Exception {
        byte[][] secrets = {
            hubsKey().toPublicKey().getEncoded(),
            hubsKey().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            hubsKey().getModulus().decode()
        };
        for (byte[] secret : secrets) {
            String text = encoded(changed(header, "alg", Json.createValue("HS256"))) + "." + real[1];
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            refused(text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void no_other_algorithm_is_taken_though_the_key_would_do() throws Exception {
        for (String algorithm : new String[] {"RS384", "RS512", "PS256", "ES256", "none", "rs256", ""}) {
            refused(signed(changed(header, "alg", Json.createValue(algorithm)), claims));
        }
    }

    @Test
    void the_name_of_a_key_leads_to_the_hubs_own_keys_only() throws Exception {
        for (String kid : new String[] {
            "",
            "../../../../dev/null",
            "default",
            "' or '1'='1",
            UUID.randomUUID().toString(),
            header.getString("kid") + " ",
            "https://eve.example.org/key"
        }) {
            refused(signed(changed(header, "kid", Json.createValue(kid)), claims));
        }
        refused(signed(Json.createObjectBuilder(header).remove("kid").build(), claims));
        refused(signed(changed(header, "kid", Json.createValue(7)), claims));
    }

    @Test
    void a_token_does_not_bring_its_own_key() throws Exception {
        RSAKey eves = new RSAKeyGenerator(2048).keyID("eve").generate();
        JsonObject jwk;
        try (JsonReader reader =
                Json.createReader(new StringReader(eves.toPublicJWK().toJSONString()))) {
            jwk = reader.readObject();
        }
        refused(signed(changed(header, "jwk", jwk), claims, eves.toPrivateKey()));
        refused(signed(
                changed(changed(header, "jwk", jwk), "kid", Json.createValue("eve")), claims, eves.toPrivateKey()));
        // not even beside a good signature
        refused(signed(changed(header, "jwk", jwk), claims));
        for (String pointer : new String[] {"jku", "x5u"}) {
            refused(signed(changed(header, pointer, Json.createValue("https://127.0.0.1:1/keys")), claims));
        }
    }

    @Test
    void a_token_that_asks_for_what_the_hub_does_not_know_is_refused() throws Exception {
        JsonObject critical = changed(
                changed(header, "crit", Json.createArrayBuilder().add("exp").build()), "exp", Json.createValue(1));
        refused(signed(critical, claims));
        refused(signed(changed(header, "typ", Json.createValue("JWT")), claims));
        refused(signed(Json.createObjectBuilder(header).remove("typ").build(), claims));
        refused(signed(changed(header, "typ", Json.createValue("secevent+jwt")), claims));
    }

    @Test
    void a_token_for_another_audience_is_refused() throws Exception {
        refused(signed(header, changed(claims, "aud", Json.createValue("another-service"))));
        refused(signed(header, Json.createObjectBuilder(claims).remove("aud").build()));
    }

    @Test
    void a_token_without_what_every_token_has_is_refused() throws Exception {
        for (String claim : new String[] {"exp", "iat", "nbf", "iss", "sub", "sid"}) {
            refused(signed(
                    header, Json.createObjectBuilder(claims).remove(claim).build()));
        }
    }

    @Test
    void a_token_that_lives_too_long_or_has_not_begun_is_refused() throws Exception {
        long now = claims.getJsonNumber("iat").longValue();
        refused(signed(header, changed(claims, "exp", Json.createValue(now + 3600))));
        refused(signed(header, changed(claims, "nbf", Json.createValue(now + 600))));
        JsonObject tomorrow = changed(
                changed(claims, "iat", Json.createValue(now + 86_400)), "exp", Json.createValue(now + 86_400 + 600));
        refused(signed(header, tomorrow));
    }

    @Test
    void a_token_of_another_persons_session_is_refused() throws Exception {
        Person ada = ANYBODY.register();
        JsonObject hers = changed(claims, "sub", Json.createValue(ada.id().toString()));
        refused(signed(header, hers));
        refused(signed(
                header,
                changed(claims, "sid", Json.createValue(UUID.randomUUID().toString()))));
        refused(signed(header, changed(claims, "sid", Json.createValue("no id"))));
    }

    @Test
    void published_keys_verify_what_the_hub_signs_and_hold_nothing_private() throws Exception {
        String published = ANYBODY.get("/api/v1/auth/jwks").expect(200).body();
        JWKSet keys = JWKSet.parse(published);
        RSAKey key = keys.getKeyByKeyId(header.getString("kid")).toRSAKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(published).doesNotContainPattern("\"(d|p|q|dp|dq|qi)\"");
        assertThat(SignedJWT.parse(String.join(".", real)).verify(new RSASSAVerifier(key)))
                .isTrue();
    }

    @Test
    void a_new_key_takes_over_and_tokens_of_the_old_one_stay_good() throws Exception {
        Sql sql = RunningHub.hub().sql();
        Person admin = ANYBODY.register();
        mallory.client().send("POST", "/api/v1/auth/signing-keys").refused(403, "FORBIDDEN");
        sql.run("insert into user_roles (user_id, role) values (?, 'ADMIN')", admin.id());
        HubClient client = ANYBODY.bearer(
                ANYBODY.login(admin.email(), admin.password()).expect(200).text("accessToken"));
        String kid = Await.until(
                        "the role is known",
                        () -> client.send("POST", "/api/v1/auth/signing-keys"),
                        answer -> answer.status() != 403)
                .expect(201)
                .text("kid");
        assertThat(ANYBODY.get("/api/v1/auth/jwks").expect(200).body())
                .contains(kid)
                .contains(header.getString("kid"));
        // it is published a minute before it signs: as if that minute were over
        sql.run("update signing_keys set use_from = now() where kid = ?", kid);
        String next = Await.until(
                "the new key signs",
                () -> ANYBODY.login(mallory.email(), mallory.password())
                        .expect(200)
                        .text("accessToken"),
                token -> decoded(token.split("\\.")[0]).getString("kid").equals(kid));
        ANYBODY.bearer(next).get("/api/v1/auth/me").expect(200);
        ANYBODY.bearer(String.join(".", real)).get("/api/v1/auth/me").expect(200);
        // a key that has outlived its tokens is forgotten, and what it signs opens nothing
        PrivateKey outlived = hubsKeyNamed(header.getString("kid"));
        sql.run("update signing_keys set use_from = now() - interval '1 hour' where kid = ?", kid);
        sql.run("update signing_keys set use_from = now() - interval '2 hours' where kid <> ?", kid);
        Await.until(
                "the old key is forgotten",
                () -> ANYBODY.bearer(signedBy(outlived)).get("/api/v1/auth/me"),
                answer -> answer.status() == 401);
        ANYBODY.bearer(next).get("/api/v1/auth/me").expect(200);
    }

    /// A good token of the earlier key that was not shown before.
    private String signedBy(PrivateKey key) {
        try {
            return signed(
                    header,
                    changed(claims, "jti", Json.createValue(UUID.randomUUID().toString())),
                    key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey hubsKeyNamed(String kid) throws Exception {
        String sealed = RunningHub.hub()
                .sql()
                .value("select encode(private_sealed, 'hex') from signing_keys where kid = ?", kid);
        byte[] opened = Seal.with(RunningHub.SEAL_KEY)
                .open("signing-key", kid, HexFormat.of().parseHex(sealed))
                .orElseThrow();
        return RSAKey.parse(new String(opened, StandardCharsets.UTF_8)).toPrivateKey();
    }

    @Test
    void no_token_reaches_the_log_however_wrong_it_is() throws Exception {
        String forged = signed(header, claims, anotherKey());
        refused(forged);
        refused("not.a.token-" + mallory.id());
        String log = Project.read(RunningHub.hub().home().resolve("logs/messages.log"));
        assertThat(log)
                .doesNotContain(forged.substring(forged.lastIndexOf('.') + 1))
                .doesNotContain("token-" + mallory.id())
                .doesNotContain(real[2]);
    }

    @Test
    void a_token_whose_time_is_over_is_refused() throws Exception {
        long now = claims.getJsonNumber("iat").longValue();
        JsonObject old =
                changed(changed(claims, "exp", Json.createValue(now - 3600)), "iat", Json.createValue(now - 7200));
        refused(signed(header, old, hubsKey().toPrivateKey()));
    }

    @Test
    void a_token_of_another_issuer_is_refused() throws Exception {
        refused(signed(
                header,
                changed(claims, "iss", Json.createValue("somebody-else")),
                hubsKey().toPrivateKey()));
    }

    @Test
    void a_token_that_was_altered_is_refused() {
        Person victim = ANYBODY.register();
        JsonObject stolen = changed(claims, "sub", Json.createValue(victim.id().toString()));
        refused(real[0] + "." + encoded(stolen) + "." + real[2]);
        JsonObject promoted =
                changed(claims, "groups", Json.createArrayBuilder().add("ADMIN").build());
        refused(real[0] + "." + encoded(promoted) + "." + real[2]);
    }

    @Test
    void a_token_for_nobody_is_refused() throws Exception {
        refused(signed(
                header,
                changed(claims, "sub", Json.createValue(UUID.randomUUID().toString())),
                hubsKey().toPrivateKey()));
        refused(signed(
                header,
                changed(claims, "sub", Json.createValue("nobody")),
                hubsKey().toPrivateKey()));
        refused("");
        refused("x");
        refused("a.b.c");
        refused("....");
    }

    @Test
    void roles_in_a_token_are_not_believed() throws Exception {
        JsonObject promoted =
                changed(claims, "groups", Json.createArrayBuilder().add("ADMIN").build());
        JsonObject me = ANYBODY.bearer(signed(header, promoted, hubsKey().toPrivateKey()))
                .get("/api/v1/auth/me")
                .expect(200)
                .json();
        assertThat(me.getString("role")).isEqualTo("user");
    }
}
