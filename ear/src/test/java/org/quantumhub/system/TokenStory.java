package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
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

    private static KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(RunningHub.hub().home().resolve("hub-key.p12"))) {
            keys.load(file, RunningHub.hub().keyStorePassword().toCharArray());
        }
        return keys;
    }

    private static PrivateKey hubsKey() throws Exception {
        return (PrivateKey)
                keys().getKey("default", RunningHub.hub().keyStorePassword().toCharArray());
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
        String again = signed(header, claims, hubsKey());
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
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        refused(signed(header, claims, generator.generateKeyPair().getPrivate()));
    }

    @Test
    void the_public_key_is_no_secret_to_sign_with() throws Exception {
        PublicKey known = keys().getCertificate("default").getPublicKey();
        String text = encoded(changed(header, "alg", Json.createValue("HS256"))) + "." + real[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(known.getEncoded(), "HmacSHA256"));
        refused(text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_token_whose_time_is_over_is_refused() throws Exception {
        long now = claims.getJsonNumber("iat").longValue();
        JsonObject old =
                changed(changed(claims, "exp", Json.createValue(now - 3600)), "iat", Json.createValue(now - 7200));
        refused(signed(header, old, hubsKey()));
    }

    @Test
    void a_token_of_another_issuer_is_refused() throws Exception {
        refused(signed(header, changed(claims, "iss", Json.createValue("somebody-else")), hubsKey()));
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
                hubsKey()));
        refused(signed(header, changed(claims, "sub", Json.createValue("nobody")), hubsKey()));
        refused("");
        refused("x");
        refused("a.b.c");
        refused("....");
    }

    @Test
    void roles_in_a_token_are_not_believed() throws Exception {
        JsonObject promoted =
                changed(claims, "groups", Json.createArrayBuilder().add("ADMIN").build());
        JsonObject me = ANYBODY.bearer(signed(header, promoted, hubsKey()))
                .get("/api/v1/auth/me")
                .expect(200)
                .json();
        assertThat(me.getString("role")).isEqualTo("user");
    }
}
