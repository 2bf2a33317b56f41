package org.quantumhub.account.rest;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.Visitor;

/// Reads from a request where it comes from.
final class Visitors {

    private static final int LONGEST_AGENT = 255;

    private Visitors() {}

    static Visitor of(HttpServletRequest request) {
        return new Visitor(request.getRemoteAddr(), decent(request.getHeader("User-Agent")));
    }

    /// What a client says it is, without what could end a line somewhere.
    private static @Nullable String decent(@Nullable String agent) {
        if (agent == null) {
            return null;
        }
        String text = agent.replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() > LONGEST_AGENT ? text.substring(0, LONGEST_AGENT) : text;
    }
}
