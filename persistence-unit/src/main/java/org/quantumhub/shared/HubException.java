package org.quantumhub.shared;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one root of what the hub refuses. The kind decides the HTTP status, the code is the stable word that clients
/// program against (all of them in [ProblemCode]), the message is for people.
public class HubException extends RuntimeException {

    private final ProblemCode code;
    private final transient Map<String, @Nullable Object> details = new LinkedHashMap<>();

    public HubException(ProblemCode code, String message) {
        super(message);
        this.code = code;
    }

    public HubException(ProblemCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// Adds a member to the problem document, such as the field or the line that is wrong.
    public HubException with(String member, @Nullable Object value) {
        details.put(member, value);
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    public Map<String, @Nullable Object> details() {
        return Map.copyOf(withoutNulls());
    }

    private Map<String, Object> withoutNulls() {
        Map<String, Object> known = new LinkedHashMap<>();
        details.forEach((member, value) -> {
            if (value != null) {
                known.put(member, value);
            }
        });
        return known;
    }

    /// What kind of refusal it is, each with its HTTP status.
    public enum Kind {
        INVALID(400),
        UNAUTHENTICATED(401),
        PAYMENT_REQUIRED(402),
        FORBIDDEN(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        NOT_ACCEPTABLE(406),
        CONFLICT(409),
        TOO_LARGE(413),
        UNSUPPORTED_MEDIA_TYPE(415),
        UNPROCESSABLE(422),
        TOO_MANY_REQUESTS(429),
        INTERNAL(500),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
