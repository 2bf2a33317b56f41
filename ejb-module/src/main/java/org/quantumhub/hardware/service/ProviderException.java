package org.quantumhub.hardware.service;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quantumhub.team.Secret;

/// A call to a provider that did not do what was asked. The kind says what is known about its effect, because that
/// decides what may be done next.
public final class ProviderException extends RuntimeException {

    private static final int LONGEST = 500;
    private static final Set<String> CREDENTIALS = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException");

    /// What is known.
    public enum Kind {
        /// the provider will never do it; nothing was made
        REFUSED,
        /// nothing was made, and it may be asked again
        NOT_DONE,
        /// nobody answered before anything was asked for: nothing was made, and it may be asked again
        UNREACHED,
        /// nobody knows whether it was done
        UNKNOWN,
        /// the answer makes no sense
        BROKEN
    }

    private final Kind kind;
    private final String code;
    private final int status;
    private final @Nullable String requestId;

    /// @param code the provider's word for it
    /// @param status HTTP status, 0 without an answer
    /// @param requestId the provider's id of the call
    public ProviderException(
            Kind kind, String code, String message, int status, @Nullable String requestId, @Nullable Throwable cause) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) : message, cause);
        this.kind = kind;
        this.code = code;
        this.status = status;
        this.requestId = requestId;
    }

    public static ProviderException broken(String code, String message) {
        return new ProviderException(Kind.BROKEN, code, message, 0, null, null);
    }

    public static ProviderException refused(String code, String message) {
        return new ProviderException(Kind.REFUSED, code, message, 0, null, null);
    }

    /// The same without what must not be told.
    ProviderException without(Collection<Secret> secrets) {
        String clean = String.valueOf(getMessage());
        for (Secret secret : secrets) {
            clean = secret.cutFrom(clean);
        }
        return clean.equals(getMessage())
                ? this
                : new ProviderException(kind, code, clean, status, requestId, getCause());
    }

    /// Whether the provider refuses whoever asks, not what is asked. Amazon answers some of it with 400.
    public boolean isAboutCredentials() {
        return kind == Kind.REFUSED && (status == 401 || status == 403 || CREDENTIALS.contains(code));
    }

    public Kind kind() {
        return kind;
    }

    /// Whether it is certain that nothing was made, and worth asking again.
    public boolean isUndone() {
        return kind == Kind.NOT_DONE || kind == Kind.UNREACHED;
    }

    /// Whether the provider did not answer as it should: what its circuit breaker counts.
    public boolean isSilence() {
        return kind == Kind.UNKNOWN || kind == Kind.UNREACHED;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public @Nullable String requestId() {
        return requestId;
    }
}
