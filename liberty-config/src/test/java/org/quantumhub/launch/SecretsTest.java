package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path home;

    @Test
    void a_secret_is_made_once_and_kept() {
        String secret = Secrets.of(home).secret("one");
        assertThat(secret).hasSize(28);
        assertThat(Secrets.of(home).secret("one")).isEqualTo(secret);
        assertThat(Secrets.of(home).secret("two")).isNotEqualTo(secret);
    }

    @Test
    void only_the_owner_may_read_the_file() throws IOException {
        Secrets.of(home).secret("one");
        Secrets.of(home).secret("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_forgotten_secret_leaves_the_file() throws IOException {
        Secrets secrets = Secrets.of(home);
        String secret = secrets.secret("one");
        secrets.forget("one");
        assertThat(Files.readString(home.resolve("secrets.properties"))).doesNotContain(secret);
    }

    /// The example of RFC 7677: user `user`, password `pencil`.
    @Test
    void a_verifier_holds_the_keys_of_the_standard_s_example() throws Exception {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        String verifier = ScramVerifier.of("pencil", salt, 4096);
        assertThat(verifier)
                .isEqualTo("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                        + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
    }
}
