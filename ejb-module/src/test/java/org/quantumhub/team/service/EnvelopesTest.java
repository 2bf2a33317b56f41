package org.quantumhub.team.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.SealedSecret;
import org.quantumhub.team.Secret;
import org.quantumhub.team.WrappedKey;

class EnvelopesTest {

    private static final UUID TEAM = UUID.randomUUID();
    private static final Secret SECRET = new Secret("canary-of-the-envelopes");

    @TempDir
    Path home;

    private Envelopes envelopes;
    private WrappedKey key;
    private SealedSecret sealed;

    @BeforeEach
    void one_secret() {
        envelopes = envelopes("word");
        key = envelopes.newDataKey(TEAM, UUID.randomUUID());
        sealed = envelopes.seal(key, "ionq", "api-key", 1, SECRET);
    }

    private Envelopes envelopes(String password) {
        return Servers.withFile(home, password);
    }

    private Path file() {
        return home.resolve("hub-secrets.p12");
    }

    @Test
    void what_was_sealed_opens_also_for_another_server_of_the_home() {
        assertThat(envelopes.open(key, sealed).reveal()).isEqualTo(SECRET.reveal());
        assertThat(envelopes("word").open(key, sealed).reveal()).isEqualTo(SECRET.reveal());
    }

    @Test
    void the_same_secret_twice_looks_different() {
        assertThat(envelopes.seal(key, "ionq", "api-key", 1, SECRET).bytes()).isNotEqualTo(sealed.bytes());
    }

    @Test
    void a_secret_moved_to_another_place_does_not_open() {
        UUID other = UUID.randomUUID();
        for (SealedSecret moved : new SealedSecret[] {
            new SealedSecret(other, "ionq", "api-key", 1, sealed.bytes(), key.id()),
            new SealedSecret(TEAM, "braket", "api-key", 1, sealed.bytes(), key.id()),
            new SealedSecret(TEAM, "ionq", "other", 1, sealed.bytes(), key.id()),
            new SealedSecret(TEAM, "ionq", "api-key", 2, sealed.bytes(), key.id())
        }) {
            assertThatThrownBy(() -> envelopes.open(key, moved)).isInstanceOf(HubException.class);
        }
        WrappedKey stolen = new WrappedKey(key.id(), other, key.bytes(), key.masterKeyId());
        assertThatThrownBy(() -> envelopes("word").open(stolen, sealed)).isInstanceOf(HubException.class);
    }

    @Test
    void a_new_master_key_opens_what_was_there_and_takes_it_over() throws Exception {
        String before = envelopes.currentMasterKey();
        String after = envelopes.renewedMasterKey(UUID.randomUUID());
        assertThat(after).isNotEqualTo(before).isEqualTo(envelopes.currentMasterKey());
        assertThat(envelopes("word").open(key, sealed).reveal()).isEqualTo(SECRET.reveal());
        WrappedKey rewrapped = envelopes.rewrap(key, after);
        assertThat(rewrapped.masterKeyId()).isEqualTo(after);
        assertThat(rewrapped.bytes()).isNotEqualTo(key.bytes());
        assertThat(envelopes("word").open(rewrapped, sealed).reveal()).isEqualTo(SECRET.reveal());
    }

    @Test
    void many_master_keys_stay_in_order() {
        String last = envelopes.currentMasterKey();
        for (int i = 0; i < 12; i++) {
            String next = envelopes.renewedMasterKey(UUID.randomUUID());
            assertThat(next).isNotEqualTo(last).isEqualTo(envelopes.currentMasterKey());
            last = next;
        }
    }

    @Test
    void a_wish_that_is_fulfilled_in_pieces_makes_one_master_key() {
        UUID wish = UUID.randomUUID();
        String made = envelopes.renewedMasterKey(wish);
        assertThat(envelopes.renewedMasterKey(wish)).isEqualTo(made);
        assertThat(envelopes("word").renewedMasterKey(wish)).isEqualTo(made).isEqualTo(envelopes.currentMasterKey());
    }

    @Test
    void a_data_key_that_was_altered_or_whose_master_key_is_gone_is_lost() {
        byte[] altered = key.bytes().clone();
        altered[altered.length - 1] ^= 1;
        for (WrappedKey lost : new WrappedKey[] {
            new WrappedKey(key.id(), TEAM, altered, key.masterKeyId()),
            new WrappedKey(key.id(), TEAM, key.bytes(), "file:master-1-000001"),
            new WrappedKey(key.id(), TEAM, key.bytes(), "aws-kms://nonsense")
        }) {
            assertThatThrownBy(() -> envelopes.rewrap(lost, envelopes.currentMasterKey()))
                    .isInstanceOf(DataKeyLostException.class);
        }
        assertThatThrownBy(() ->
                        envelopes.reopen(key, new SealedSecret(TEAM, "ionq", "api-key", 2, sealed.bytes(), key.id())))
                .isInstanceOf(DataKeyLostException.class);
        // a file that cannot be read is another matter: the keys in it may be had later
        assertThatThrownBy(() -> envelopes("other").rewrap(key, key.masterKeyId()))
                .isInstanceOfSatisfying(
                        HubException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.SECRETS_UNAVAILABLE));
    }

    @Test
    void what_is_tried_out_is_what_will_be_used() throws Exception {
        envelopes.tryOut();
        Files.writeString(file(), "no keystore");
        assertThatThrownBy(() -> envelopes.tryOut())
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining(file().toString());
    }

    @Test
    void without_the_file_or_its_password_nothing_opens() throws Exception {
        assertThatThrownBy(() -> envelopes("other").open(key, sealed)).isInstanceOf(HubException.class);
        Files.delete(file());
        assertThatThrownBy(() -> envelopes("word").open(key, sealed))
                .isInstanceOf(HubException.class)
                .hasRootCauseMessage("The master key " + key.masterKeyId() + " is not in " + file()
                        + "; servers that share a database share that file.");
    }

    @Test
    void the_file_is_for_its_owner_and_holds_no_key_in_clear() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("canary");
    }

    @Test
    void a_secret_shows_itself_to_nobody() {
        assertThat(SECRET.toString()).isEqualTo("***");
        assertThat("x" + SECRET).isEqualTo("x***");
        assertThat(SECRET.cutFrom("the key canary-of-the-envelopes is wrong")).isEqualTo("the key *** is wrong");
    }
}
