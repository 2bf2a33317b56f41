package org.quantumhub.shared.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] PLAIN = "JBSWY3DPEHPK3PXP".getBytes(StandardCharsets.UTF_8);

    private final Seal seal = Seal.with("a key of the old days");

    @Test
    void opens_what_it_sealed_for_the_same_purpose_and_owner_only() {
        byte[] sealed = seal.seal("factor", "ada", PLAIN);
        assertThat(seal.open("factor", "ada", sealed)).contains(PLAIN);
        assertThat(seal.open("factor", "bob", sealed)).isEmpty();
        assertThat(seal.open("mail", "ada", sealed)).isEmpty();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("JBSWY3");
        assertThat(seal.seal("factor", "ada", PLAIN)).isNotEqualTo(sealed);
    }

    @Test
    void notices_every_changed_byte() {
        byte[] sealed = seal.seal("factor", "ada", PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThat(seal.open("factor", "ada", altered)).as("byte %s", i).isEmpty();
        }
        assertThat(seal.open("factor", "ada", new byte[0])).isEmpty();
    }

    @Test
    void an_older_key_opens_and_proves_and_the_first_one_seals() {
        byte[] old = seal.seal("factor", "ada", PLAIN);
        byte[] oldStamp = seal.stamp("code", "abc");
        Seal both = Seal.with("a key of the new days, a key of the old days");
        assertThat(both.open("factor", "ada", old)).contains(PLAIN);
        assertThat(both.stamped("code", "abc", oldStamp)).isTrue();
        assertThat(both.stamped("code", "abd", oldStamp)).isFalse();
        byte[] fresh = both.seal("factor", "ada", PLAIN);
        assertThat(seal.open("factor", "ada", fresh)).isEmpty();
        assertThat(Seal.with("a key of the new days").open("factor", "ada", fresh))
                .contains(PLAIN);
    }

    @Test
    void refuses_to_work_without_a_key() {
        assertThatThrownBy(() -> Seal.with("")).hasMessageContaining("HUB_SEAL_KEY");
        assertThatThrownBy(() -> Seal.with("short")).hasMessageContaining("HUB_SEAL_KEY");
    }
}
