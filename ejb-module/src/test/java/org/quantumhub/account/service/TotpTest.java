package org.quantumhub.account.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    /// The secret of the test vectors of RFC 6238, appendix B.
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /// The vectors have eight digits; six digits are the last six of them.
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codes_are_those_of_the_standard(long second, String eightDigits) {
        String code = eightDigits.substring(2);
        Instant moment = Instant.ofEpochSecond(second);
        assertThat(Totp.code(SECRET, moment)).isEqualTo(code);
        assertThat(Totp.stepOf(code, SECRET, moment)).hasValue(second / 30);
    }

    @Test
    void the_neighbours_of_a_code_are_taken_and_no_others() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        for (int away = -1; away <= 1; away++) {
            String code = Totp.code(SECRET, now.plusSeconds(30L * away));
            assertThat(Totp.stepOf(code, SECRET, now)).hasValue(1_234_567_890 / 30 + away);
        }
        for (int away : new int[] {-3, -2, 2, 3}) {
            assertThat(Totp.stepOf(Totp.code(SECRET, now.plusSeconds(30L * away)), SECRET, now))
                    .isEmpty();
        }
        for (String wrong : new String[] {"", "5924", "00" + Totp.code(SECRET, now), "٠٠٥٩٢٤"}) {
            assertThat(Totp.stepOf(wrong, SECRET, now)).isEmpty();
        }
    }

    /// The vectors of RFC 4648, section 10, without their padding.
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base_32_is_that_of_the_standard(String plain, String encoded) {
        assertThat(Totp.base32(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    @Test
    void the_address_escapes_what_people_are_called() {
        assertThat(Totp.uri("Quantum Hub", "a&b=c@example.org", SECRET))
                .isEqualTo("otpauth://totp/Quantum%20Hub:a%26b%3Dc%40example.org?secret=" + Totp.base32(SECRET)
                        + "&issuer=Quantum%20Hub&algorithm=SHA1&digits=6&period=30");
    }
}
