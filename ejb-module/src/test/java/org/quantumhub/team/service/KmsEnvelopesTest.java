package org.quantumhub.team.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.aws.KmsStub;
import org.quantumhub.aws.KmsStub.Call;
import org.quantumhub.aws.KmsStub.State;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.SealedSecret;
import org.quantumhub.team.Secret;
import org.quantumhub.team.WrappedKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/// Data keys wrapped by AWS KMS: the real client against a stub that speaks its protocol and checks every request.
class KmsEnvelopesTest {

    private static final UUID TEAM = UUID.randomUUID();
    private static final Secret SECRET = new Secret("canary-of-the-key-service");

    @TempDir
    Path home;

    private final KmsStub kms = new KmsStub();
    private final String first = kms.newKey("eu-central-1");
    private final String second = kms.newKey("us-west-2");
    private WrappedKey key;
    private SealedSecret sealed;

    @BeforeEach
    void one_secret() {
        System.setProperty("aws.accessKeyId", KmsStub.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", KmsStub.SECRET_KEY);
        Envelopes envelopes = server(first);
        key = envelopes.newDataKey(TEAM, UUID.randomUUID());
        sealed = envelopes.seal(key, "ionq", "api-key", 1, SECRET);
    }

    @AfterEach
    void every_request_was_as_the_model_says() {
        kms.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        assertThat(kms.wrongRequests()).isEmpty();
    }

    private Envelopes server(String kmsKey) {
        return Servers.withKms(home, "word", kms.endpoint(), kmsKey);
    }

    private Envelopes serverWithFile() {
        return Servers.withFile(home, "word", kms.endpoint());
    }

    private String opened(Envelopes server, WrappedKey wrapped) {
        return server.open(wrapped, sealed).reveal();
    }

    private static HubException refused(Throwable thrown) {
        assertThat(thrown).isInstanceOf(HubException.class);
        return (HubException) thrown;
    }

    @Test
    void a_data_key_is_wrapped_by_the_service_for_its_team() {
        assertThat(key.masterKeyId()).isEqualTo("aws-kms://" + first);
        Map<String, String> context =
                Map.of("team", TEAM.toString(), "data-key", key.id().toString());
        assertThat(opened(server(first), key)).isEqualTo(SECRET.reveal());
        assertThat(kms.calls())
                .contains(new Call("Encrypt", first, context))
                .last()
                .isEqualTo(new Call("Decrypt", first, context));
    }

    @Test
    void an_opened_data_key_is_kept() {
        Envelopes server = server(first);
        opened(server, key);
        kms.forgetCalls();
        opened(server, key);
        server.seal(key, "ionq", "other", 1, SECRET);
        assertThat(kms.calls()).isEmpty();
    }

    @Test
    void in_the_row_of_another_team_or_as_another_key_it_does_not_open() {
        for (WrappedKey moved : new WrappedKey[] {
            new WrappedKey(key.id(), UUID.randomUUID(), key.bytes(), key.masterKeyId()),
            new WrappedKey(UUID.randomUUID(), TEAM, key.bytes(), key.masterKeyId())
        }) {
            assertThatThrownBy(() -> opened(server(first), moved))
                    .isInstanceOf(HubException.class)
                    .hasRootCauseInstanceOf(InvalidCiphertextException.class);
            assertThatThrownBy(() -> server(first).rewrap(moved, "aws-kms://" + second))
                    .isInstanceOf(DataKeyLostException.class);
        }
    }

    /// The key that is named decides, and not the one that the wrapped bytes lead to.
    @Test
    void under_the_name_of_another_master_key_it_does_not_open() {
        String third = kms.newKey("eu-central-1");
        WrappedKey renamed = new WrappedKey(key.id(), TEAM, key.bytes(), "aws-kms://" + third);
        assertThatThrownBy(() -> opened(server(first), renamed))
                .isInstanceOf(HubException.class)
                .hasRootCauseInstanceOf(IncorrectKeyException.class);
        assertThatThrownBy(() -> server(first).rewrap(renamed, "aws-kms://" + second))
                .isInstanceOf(DataKeyLostException.class);
        byte[] altered = key.bytes().clone();
        altered[altered.length - 1] ^= 1;
        assertThatThrownBy(() -> server(first)
                        .rewrap(new WrappedKey(key.id(), TEAM, altered, key.masterKeyId()), "aws-kms://" + second))
                .isInstanceOf(DataKeyLostException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED, the master key is disabled in AWS KMS",
        "PENDING_DELETION, 'the master key is being deleted in AWS KMS, or is not ready'",
        "DENIED, AWS KMS denies the hub the use of the master key",
        "DELETED, AWS KMS has no such master key"
    })
    void what_is_wrong_with_the_key_is_told_in_a_sentence(State state, String reason) {
        kms.set(first, state);
        for (Throwable thrown : new Throwable[] {
            catchThrowable(() -> opened(server(first), key)),
            catchThrowable(() -> server(first).newDataKey(TEAM, UUID.randomUUID()))
        }) {
            HubException refused = refused(thrown);
            assertThat(refused.code()).isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
            assertThat(refused)
                    .hasMessage("Secrets can be neither written nor used at the moment: " + reason + ".")
                    .hasMessageNotContaining(first);
            assertThat(refused.getCause()).hasMessageContaining(first);
        }
        assertThatThrownBy(() -> server(first).tryOut())
                .isInstanceOfSatisfying(
                        MasterKeyException.class,
                        away -> assertThat(away.reason()).isEqualTo(reason));
        kms.set(first, State.ENABLED);
        assertThat(opened(server(first), key)).isEqualTo(SECRET.reveal());
    }

    @Test
    void while_the_service_is_down_only_what_is_open_already_is_used() {
        Envelopes warm = server(first);
        opened(warm, key);
        kms.down();
        assertThat(opened(warm, key)).isEqualTo(SECRET.reveal());
        HubException refused = refused(catchThrowable(() -> opened(server(first), key)));
        assertThat(refused.code()).isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
        assertThat(refused).hasMessageEndingWith(": AWS KMS cannot be reached.");
        assertThatThrownBy(() -> warm.rewrap(key, "aws-kms://" + first)).isInstanceOf(HubException.class);
        kms.up();
        assertThat(opened(server(first), key)).isEqualTo(SECRET.reveal());
    }

    @Test
    void what_passes_by_itself_is_tried_again() {
        kms.fail(400, "ThrottlingException", 1);
        kms.fail(500, "KeyUnavailableException", 1);
        assertThat(opened(server(first), key)).isEqualTo(SECRET.reveal());
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, AWS KMS asks the hub to slow down",
        "500, KMSInternalException, AWS KMS fails",
        "400, ExpiredTokenException, AWS KMS does not accept the credentials of the hub",
        "400, InvalidKeyUsageException, the master key in AWS KMS is not one to encrypt with",
        "400, SomethingNewException, AWS KMS refuses the call of the hub"
    })
    void what_does_not_pass_is_told(int status, String type, String reason) {
        kms.fail(status, type, 100);
        assertThat(refused(catchThrowable(() -> opened(server(first), key)))).hasMessageEndingWith(": " + reason + ".");
    }

    @Test
    void credentials_that_are_wrong_or_missing_are_told() {
        AwsCredentialsProvider wrong =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KmsStub.ACCESS_KEY, "another"));
        assertThat(reasonFor(wrong)).isEqualTo("AWS KMS does not accept the credentials of the hub");
        assertThat(reasonFor(() -> {
                    throw SdkClientException.create("none in the chain");
                }))
                .isEqualTo("the hub has no credentials for AWS KMS");
    }

    private String reasonFor(AwsCredentialsProvider credentials) {
        URI endpoint = kms.endpoint();
        try (KmsClients clients = new KmsClients(Optional.of(endpoint), Duration.ofSeconds(20), credentials)) {
            Throwable thrown = catchThrowable(() ->
                    clients.aead(new KmsKey(first)).encrypt(new byte[16], WrappedKey.binding(TEAM, UUID.randomUUID())));
            assertThat(thrown).isInstanceOf(MasterKeyException.class);
            return ((MasterKeyException) thrown).reason();
        }
    }

    /// From the file to one key of KMS, to another in another region, and back. Servers that hold an earlier setting go
    /// on: a wrapped key names its master key.
    @Test
    void data_keys_move_from_place_to_place() throws Exception {
        Envelopes file = serverWithFile();
        WrappedKey wrapped = file.newDataKey(TEAM, UUID.randomUUID());
        sealed = file.seal(wrapped, "ionq", "api-key", 1, SECRET);
        String before = file.currentMasterKey();
        for (Envelopes moving : new Envelopes[] {server(first), server(second), serverWithFile()}) {
            String master = moving.renewedMasterKey(UUID.randomUUID());
            wrapped = moving.rewrap(wrapped, master);
            assertThat(wrapped.masterKeyId()).isEqualTo(master).isEqualTo(moving.currentMasterKey());
            for (Envelopes any : new Envelopes[] {serverWithFile(), server(first), server(second)}) {
                assertThat(opened(any, wrapped)).isEqualTo(SECRET.reveal());
            }
        }
        assertThat(wrapped.masterKeyId()).startsWith("file:").isNotEqualTo(before);
        assertThat(serverWithFile().place()).isEqualTo("file");
        assertThat(server(second).place()).isEqualTo("aws-kms://" + second);
    }

    @Test
    void a_move_stops_where_a_key_service_is_away_and_goes_on_behind_a_key_that_is_gone() {
        kms.set(second, State.DISABLED);
        assertThatThrownBy(() -> server(second).rewrap(key, "aws-kms://" + second))
                .isInstanceOf(HubException.class);
        kms.set(second, State.DELETED);
        assertThatThrownBy(() -> server(second).rewrap(key, "aws-kms://" + second))
                .as("not the data key is lost, the new master key is missing")
                .isInstanceOf(HubException.class);
        kms.set(second, State.ENABLED);
        kms.set(first, State.DISABLED);
        assertThatThrownBy(() -> server(second).rewrap(key, "aws-kms://" + second))
                .isInstanceOf(HubException.class);
        assertThatThrownBy(() -> server(second).reopen(key, sealed)).isInstanceOf(HubException.class);
        kms.set(first, State.DELETED);
        assertThatThrownBy(() -> server(second).reopen(key, sealed)).isInstanceOf(DataKeyLostException.class);
        assertThatThrownBy(() -> server(second).rewrap(key, "aws-kms://" + second))
                .isInstanceOf(DataKeyLostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alias/hub",
                "1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1:123456789012:alias/hub",
                "arn:aws:kms:eu-central-1:12345:key/1234abcd",
                "arn:aws:s3:::bucket",
                "arn:aws:kms:eu-central-1:123456789012:key/../x"
            })
    void what_is_not_the_arn_of_a_key_is_refused_at_the_start(String given) {
        assertThatThrownBy(() -> server(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + given + "' is not the ARN of a key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
                "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            })
    void keys_of_every_part_of_amazon_are_known(String given) {
        assertThat(new KmsKey(given).region()).isEqualTo(given.split(":")[3]);
    }
}
