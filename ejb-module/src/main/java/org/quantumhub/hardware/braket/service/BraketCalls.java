package org.quantumhub.hardware.braket.service;

import java.util.function.Supplier;
import org.quantumhub.hardware.service.ProviderException;
import org.quantumhub.hardware.service.ProviderException.Kind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.braket.model.DeviceOfflineException;
import software.amazon.awssdk.services.braket.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.braket.model.ThrottlingException;

/// What the SDK's exceptions say about the effect of a call.
final class BraketCalls {

    private BraketCalls() {}

    /// @throws ProviderException REFUSED where the service said no, NOT_DONE where it may be asked again, UNKNOWN where
    ///     nobody can tell
    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw new ProviderException(kind(e), code(e), message(e), e.statusCode(), e.requestId(), e);
        } catch (SdkClientException e) {
            // time-outs and broken connections, after the SDK's own attempts
            throw new ProviderException(
                    Kind.UNKNOWN, e.getClass().getSimpleName(), String.valueOf(e.getMessage()), 0, null, e);
        }
    }

    private static Kind kind(AwsServiceException e) {
        if (e instanceof ThrottlingException
                || e instanceof DeviceOfflineException
                || e instanceof ServiceQuotaExceededException
                || e.statusCode() == 429) {
            return Kind.NOT_DONE;
        }
        return e.statusCode() >= 400 && e.statusCode() < 500 ? Kind.REFUSED : Kind.UNKNOWN;
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? e.getClass().getSimpleName()
                : e.awsErrorDetails().errorCode();
    }

    private static String message(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorMessage();
    }
}
