package org.quantumhub.team.service;

import com.google.crypto.tink.Aead;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.WrappedKey;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/// Wraps under a key that never leaves AWS KMS: each call is one of `Encrypt` or `Decrypt`. The associated data goes
/// with
/// it as the encryption context, by names: KMS opens under the same context only, key policies can ask for it, and AWS
/// writes it into its trail.
///
/// `Decrypt` names the key that is meant, so that nothing opens that some other key wrapped.
record KmsAead(KmsClient client, KmsKey key) implements Aead {

    @Override
    public byte[] encrypt(byte[] plaintext, byte @Nullable [] associatedData) throws GeneralSecurityException {
        EncryptResponse answer = call(() -> client.encrypt(request -> request.keyId(key.arn())
                .plaintext(SdkBytes.fromByteArray(plaintext))
                .encryptionContext(WrappedKey.named(bound(associatedData)))));
        return answer.ciphertextBlob().asByteArray();
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte @Nullable [] associatedData) throws GeneralSecurityException {
        DecryptResponse answer = call(() -> client.decrypt(request -> request.keyId(key.arn())
                .ciphertextBlob(SdkBytes.fromByteArray(ciphertext))
                .encryptionContext(WrappedKey.named(bound(associatedData)))));
        return answer.plaintext().asByteArray();
    }

    private static byte[] bound(byte @Nullable [] associatedData) {
        return associatedData == null ? new byte[0] : associatedData;
    }

    private <T> T call(Supplier<T> call) throws GeneralSecurityException {
        try {
            return call.get();
        } catch (AwsServiceException refused) {
            throw judged(refused);
        } catch (SdkException | UncheckedIOException | KmsClients.NoCredentialsException away) {
            // after the client's own attempts; a connection that is cut leaves it as an unchecked I/O failure
            throw unavailable(
                    hasNoCredentials(away) ? "the hub has no credentials for AWS KMS" : "AWS KMS cannot be reached",
                    away.getMessage(),
                    away);
        }
    }

    private static boolean hasNoCredentials(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof KmsClients.NoCredentialsException || hasNoCredentials(failure.getCause()));
    }

    private GeneralSecurityException judged(AwsServiceException refused) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : String.valueOf(refused.awsErrorDetails().errorCode());
        return switch (code) {
            case "InvalidCiphertextException", "IncorrectKeyException" ->
                new GeneralSecurityException(
                        "The data key was not wrapped under " + key.arn() + " for this team, or was altered.", refused);
            case "NotFoundException" ->
                new MasterKeyException(
                        "AWS KMS has no such master key", "AWS KMS has no key " + key.arn() + ".", true, refused);
            default -> unavailable(reason(code, refused.statusCode()), refused.getMessage(), refused);
        };
    }

    private static String reason(String code, int status) {
        return switch (code) {
            case "AccessDeniedException" -> "AWS KMS denies the hub the use of the master key";
            case "DisabledException" -> "the master key is disabled in AWS KMS";
            case "KMSInvalidStateException" -> "the master key is being deleted in AWS KMS, or is not ready";
            case "InvalidKeyUsageException" -> "the master key in AWS KMS is not one to encrypt with";
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidClientTokenIdException",
                    "InvalidSignatureException",
                    "IncompleteSignatureException",
                    "MissingAuthenticationTokenException",
                    "ExpiredTokenException" -> "AWS KMS does not accept the credentials of the hub";
            case "ThrottlingException", "LimitExceededException" -> "AWS KMS asks the hub to slow down";
            default -> status >= 500 ? "AWS KMS fails" : "AWS KMS refuses the call of the hub";
        };
    }

    private MasterKeyException unavailable(String reason, @Nullable String detail, Throwable cause) {
        return new MasterKeyException(reason, reason + " (" + key.arn() + "): " + detail, false, cause);
    }
}
