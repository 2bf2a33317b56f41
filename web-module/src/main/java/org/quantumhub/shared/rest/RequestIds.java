package org.quantumhub.shared.rest;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.service.Origin;

/// Gives every request an id: the client's, if it sent a decent one in `X-Request-Id`, else a new one. It comes back
/// with
/// the answer, stands on every problem and on the job. A `traceparent` (W3C Trace Context) is handed back as it came.
@Provider
@PreMatching
@Priority(0)
public class RequestIds implements ContainerRequestFilter, ContainerResponseFilter {

    static final String HEADER = "X-Request-Id";
    static final String TRACE = "traceparent";
    private static final String PROPERTY = "hub.requestId";
    private static final Pattern DECENT = Pattern.compile("[A-Za-z0-9._:/+=-]{1,100}");
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public void filter(ContainerRequestContext request) {
        String sent = request.getHeaderString(HEADER);
        String id = sent != null && DECENT.matcher(sent).matches()
                ? sent
                : Ids.next().toString();
        request.setProperty(PROPERTY, id);
        Origin.name(id);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof String id) {
            response.getHeaders().putSingle(HEADER, id);
        }
        String trace = request.getHeaderString(TRACE);
        if (trace != null && TRACEPARENT.matcher(trace).matches()) {
            response.getHeaders().putSingle(TRACE, trace);
        }
    }

    /// The id of a request; properties of a request are attributes of its servlet.
    public static String of(HttpServletRequest request) {
        return request.getAttribute(PROPERTY) instanceof String id ? id : "-";
    }
}
