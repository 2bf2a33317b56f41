package org.quantumhub.shared.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// An error as it leaves the hub (RFC 9457).
@Schema(name = "Problem", description = "What went wrong (RFC 9457). Further members name the field, line or limit.")
public record Problem(
        @Schema(description = "a URI that names the kind of problem")
        String type,

        @Schema(description = "the same text for every occurrence")
        String title,

        @Schema(description = "the HTTP status") int status,
        @Schema(description = "what happened this time") String detail,

        @Schema(description = "the stable word to program against")
        ProblemCode code,

        @Schema(description = "the request's id, for questions to the operator") @Nullable
        String requestId,

        @Schema(hidden = true) Map<String, Object> more) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "urn:quantumhub:problem:";

    static Problem of(HubException refusal, @Nullable String requestId) {
        ProblemCode code = refusal.code();
        Map<String, Object> details = Map.copyOf(refusal.details().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> java.util.Objects.requireNonNull(entry.getValue()))));
        return new Problem(
                TYPES + code.slug(),
                code.title(),
                code.kind().status(),
                String.valueOf(refusal.getMessage()),
                code,
                requestId,
                details);
    }

    public String json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", type)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .add("code", code.name());
        if (requestId != null) {
            json.add("requestId", requestId);
        }
        more.forEach((member, value) -> json.add(member, value(value)));
        JsonObject object = json.build();
        return object.toString();
    }

    private static JsonValue value(Object value) {
        return switch (value) {
            case Integer number -> Json.createValue(number);
            case Long number -> Json.createValue(number);
            case List<?> list -> Json.createArrayBuilder(list).build();
            default -> Json.createValue(value.toString());
        };
    }

    Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(json());
        if (more.get("retryAfter") instanceof Object seconds) {
            response.header("Retry-After", seconds.toString());
        }
        if (more.get("reset") instanceof Object seconds) {
            response.header("RateLimit-Limit", String.valueOf(more.get("limit")));
            response.header("RateLimit-Remaining", String.valueOf(more.get("remaining")));
            response.header("RateLimit-Reset", seconds.toString());
        }
        if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header("WWW-Authenticate", "Bearer realm=\"quantum-hub\"");
        }
        return response.build();
    }
}
