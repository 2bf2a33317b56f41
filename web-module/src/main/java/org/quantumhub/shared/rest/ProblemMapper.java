package org.quantumhub.shared.rest;

import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParsingException;
import jakarta.persistence.OptimisticLockException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.HubException.Kind;
import org.quantumhub.shared.ProblemCode;

/// Turns whatever was thrown into a problem document. What nobody expected is logged here, once, and leaves without its
/// message or stack.
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        return answer(thrown, request);
    }

    static Response answer(Throwable thrown, HttpServletRequest request) {
        String requestId = requestId(request);
        HubException refusal = refusal(thrown);
        if (refusal.code().kind() == Kind.INTERNAL || refusal.code().kind() == Kind.UNAVAILABLE) {
            LOG.log(Level.ERROR, "request failed requestId=" + requestId, thrown);
        }
        return Problem.of(refusal, requestId).response();
    }

    private static @Nullable String requestId(HttpServletRequest request) {
        try {
            return RequestIds.of(request);
        } catch (IllegalStateException outsideRequest) {
            return null;
        }
    }

    private static HubException refusal(Throwable thrown) {
        return switch (thrown) {
            case HubException refusal -> refusal;
            case CompletionException e -> ofCause(e);
            case ConstraintViolationException e -> invalid(e);
            case JsonParsingException e -> malformed(e);
            case JsonbException e -> unreadable(e);
            case ProcessingException e -> ofCause(e);
            case WebApplicationException e -> ofStatus(e);
            case OptimisticLockException e ->
                new HubException(
                        ProblemCode.UNAVAILABLE, "Somebody changed this at the same moment; please try again.", e);
            default -> wrapped(thrown);
        };
    }

    private static HubException ofCause(Throwable thrown) {
        return thrown.getCause() == null ? wrapped(thrown) : refusal(thrown.getCause());
    }

    /// Containers wrap what services throw.
    private static HubException wrapped(Throwable thrown) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HubException refusal) {
                return refusal;
            }
        }
        return new HubException(ProblemCode.INTERNAL, "Something went wrong inside the hub; it is logged.", thrown);
    }

    private static HubException malformed(JsonParsingException e) {
        return new HubException(ProblemCode.MALFORMED_JSON, "The body is not JSON: look near the place given.")
                .with("line", e.getLocation().getLineNumber())
                .with("column", e.getLocation().getColumnNumber());
    }

    private static HubException unreadable(JsonbException e) {
        return e.getCause() instanceof JsonParsingException syntax
                ? malformed(syntax)
                : new HubException(ProblemCode.INVALID_FIELD, "A field has a value of another type than it takes.", e);
    }

    private static HubException invalid(ConstraintViolationException e) {
        List<FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field))
                .toList();
        FieldError first = errors.getFirst();
        return new HubException(ProblemCode.INVALID_FIELD, first.field() + ": " + first.message() + ".")
                .with("field", first.field())
                .with("errors", errors.stream().map(FieldError::members).toList());
    }

    private record FieldError(String field, String message) {

        Map<String, Object> members() {
            return Map.of("field", field, "message", message);
        }
    }

    /// The path inside the body or the name of the parameter; the method in front means nothing to a client.
    private static String field(ConstraintViolation<?> violation) {
        StringBuilder path = new StringBuilder();
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            if (depth++ >= 1 && node.getName() != null && !node.getName().equals("body")) {
                path.append(path.isEmpty() ? "" : ".").append(node.getName());
                if (node.getIndex() != null) {
                    path.append('[').append(node.getIndex()).append(']');
                }
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static HubException ofStatus(WebApplicationException e) {
        if (e.getCause() instanceof HubException refusal) {
            return refusal;
        }
        // a path parameter that is no id of anything is simply not there
        if (e instanceof NotFoundException) {
            return new HubException(ProblemCode.NOT_FOUND, "There is nothing at this address.");
        }
        ProblemCode code = codeOf(e.getResponse().getStatus());
        return new HubException(code, code.title() + ".", e);
    }

    /// The word for what the server itself refuses.
    static ProblemCode codeOf(int status) {
        return switch (status) {
            case 401 -> ProblemCode.UNAUTHENTICATED;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ProblemCode.UNAVAILABLE;
            default -> status < 500 ? ProblemCode.INVALID_PARAMETER : ProblemCode.INTERNAL;
        };
    }
}
