package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import jakarta.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.quantumhub.system.HubClient.Person;

/// A second factor: the codes of an authenticator.
@Story
class FactorStory {

    private static final HubClient ANYBODY = RunningHub.hub().client();
    private static final String MFA = "/api/v1/auth/mfa";

    private final Sql sql = RunningHub.hub().sql();

    /// The authenticator of somebody.
    private record Authenticator(byte[] secret) {

        private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

        static Authenticator of(String base32) {
            byte[] secret = new byte[base32.length() * 5 / 8];
            long buffer = 0;
            int bits = 0;
            int at = 0;
            for (char c : base32.toCharArray()) {
                buffer = buffer << 5 | ALPHABET.indexOf(c);
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    secret[at++] = (byte) (buffer >> bits);
                }
            }
            return new Authenticator(secret);
        }

        String code() {
            try {
                return new TimeBasedOneTimePasswordGenerator()
                        .generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), Instant.now());
            } catch (InvalidKeyException e) {
                throw new IllegalStateException(e);
            }
        }

        String wrongCode() {
            return String.format("%06d", (Integer.parseInt(code()) + 7777) % 1_000_000);
        }
    }

    private static String json(String member, String value) {
        return "{\"" + member + "\": \"" + value + "\"}";
    }

    /// As if half a minute had gone by: the code of this moment was not taken yet.
    private void forgetStep(Person person) {
        sql.run("update users set mfa_last_step = 0 where id = ?", person.id());
    }

    private Authenticator offered(Person person) {
        Answer offer =
                person.client().post(MFA, json("password", person.password())).expect(200);
        assertThat(offer.text("uri"))
                .startsWith("otpauth://totp/Quantum%20Hub:")
                .contains("secret=" + offer.text("secret"));
        assertThat(offer.text("qrSvg"))
                .startsWith("<svg ")
                .doesNotContain("script")
                .endsWith("</svg>");
        assertThat(offer.header("Cache-Control")).contains("no-store");
        return Authenticator.of(offer.text("secret"));
    }

    private JsonArray activated(Person person, Authenticator authenticator) {
        JsonArray codes = person.client()
                .post(MFA + "/activation", json("code", authenticator.code()))
                .expect(200)
                .json()
                .getJsonArray("recoveryCodes");
        forgetStep(person);
        return codes;
    }

    @Test
    void nothing_is_asked_for_before_a_code_has_been_shown() {
        Person ada = ANYBODY.register();
        ada.client().post(MFA, json("password", "not my password")).refused(401, "WRONG_CREDENTIALS");
        Authenticator authenticator = offered(ada);
        ANYBODY.login(ada.email(), ada.password()).expect(200);
        ada.client()
                .post(MFA + "/activation", json("code", authenticator.wrongCode()))
                .refused(401, "WRONG_CODE");
        assertThat(ada.client().get(MFA).expect(200).json().getBoolean("enabled"))
                .isFalse();
        assertThat(activated(ada, authenticator)).hasSize(10);
        assertThat(ada.client().get(MFA).expect(200).json().getBoolean("enabled"))
                .isTrue();
        assertThat(ada.client().get(MFA).expect(200).json().getInt("recoveryCodesLeft"))
                .isEqualTo(10);
        ada.client().post(MFA, json("password", ada.password())).refused(409, "FACTOR_ACTIVE");
        Postbox.await(ada.email(), "was changed", 1);
    }

    @Test
    void sign_in_takes_password_and_code_and_no_code_twice() {
        Person ada = ANYBODY.register();
        Authenticator authenticator = offered(ada);
        activated(ada, authenticator);
        ANYBODY.login(ada.email(), ada.password()).refused(401, "SECOND_FACTOR_REQUIRED");
        ANYBODY.login(ada.email(), "wrong password", authenticator.code()).refused(401, "WRONG_CREDENTIALS");
        ANYBODY.login(ada.email(), ada.password(), authenticator.wrongCode()).refused(401, "WRONG_CODE");
        String code = authenticator.code();
        ANYBODY.login(ada.email(), ada.password(), code).expect(200);
        ANYBODY.login(ada.email(), ada.password(), code).refused(401, "WRONG_CODE");
    }

    @Test
    void a_recovery_code_replaces_the_authenticator_once() {
        Person ada = ANYBODY.register();
        Authenticator authenticator = offered(ada);
        JsonArray codes = activated(ada, authenticator);
        String code = codes.getString(3);
        ANYBODY.login(ada.email(), ada.password(), code).expect(200);
        ANYBODY.login(ada.email(), ada.password(), code).refused(401, "WRONG_CODE");
        ANYBODY.login(
                        ada.email(),
                        ada.password(),
                        codes.getString(4).toLowerCase(java.util.Locale.ROOT).replace("-", " "))
                .expect(200);
        assertThat(ada.client().get(MFA).expect(200).json().getInt("recoveryCodesLeft"))
                .isEqualTo(8);
        ada.client()
                .post(MFA + "/recovery-codes", json("code", authenticator.code()))
                .expect(200);
        ANYBODY.login(ada.email(), ada.password(), codes.getString(5)).refused(401, "WRONG_CODE");
    }

    @Test
    void codes_are_not_guessed() {
        Person ada = ANYBODY.register();
        Authenticator authenticator = offered(ada);
        activated(ada, authenticator);
        for (int i = 0; i < 5; i++) {
            ANYBODY.login(ada.email(), ada.password(), authenticator.wrongCode())
                    .refused(401, "WRONG_CODE");
        }
        ANYBODY.login(ada.email(), ada.password(), authenticator.code()).refused(429, "TOO_MANY_REQUESTS");
    }

    @Test
    void the_factor_goes_with_password_and_code() {
        Person ada = ANYBODY.register();
        Authenticator authenticator = offered(ada);
        activated(ada, authenticator);
        String removal = MFA + "/removal";
        ada.client()
                .post(removal, "{\"password\": \"wrong password\", \"code\": \"" + authenticator.code() + "\"}")
                .refused(401, "WRONG_CREDENTIALS");
        ada.client()
                .post(
                        removal,
                        "{\"password\": \"" + ada.password() + "\", \"code\": \"" + authenticator.wrongCode() + "\"}")
                .refused(401, "WRONG_CODE");
        ada.client()
                .post(removal, "{\"password\": \"" + ada.password() + "\", \"code\": \"" + authenticator.code() + "\"}")
                .expect(204);
        ANYBODY.login(ada.email(), ada.password()).expect(200);
        ada.client()
                .post(removal, "{\"password\": \"" + ada.password() + "\", \"code\": \"123456\"}")
                .refused(409, "NO_FACTOR");
    }

    @Test
    void the_database_holds_neither_secret_nor_recovery_codes() {
        Person ada = ANYBODY.register();
        Authenticator authenticator = offered(ada);
        JsonArray codes = activated(ada, authenticator);
        String dump = sql.rows("select encode(mfa_secret_enc, 'escape') from users where id = ?", ada.id())
                + sql.rows("select encode(code_stamp, 'escape') from user_recovery_codes where user_id = ?", ada.id())
                        .toString();
        assertThat(dump).doesNotContain(new String(authenticator.secret(), StandardCharsets.ISO_8859_1));
        for (int i = 0; i < codes.size(); i++) {
            assertThat(dump).doesNotContain(codes.getString(i).substring(0, 5));
        }
        assertThat(sql.count("select octet_length(mfa_secret_enc) from users where id = ?", ada.id()))
                .isEqualTo(1 + 4 + 12 + 20 + 16);
    }
}
