package org.quantumhub.account.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// The two small pages that links in mails lead to. They run no script and load nothing, and nothing that anybody typed
/// stands in them.
final class Pages {

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private Pages() {}

    static Response saying(String sentence) {
        return page("<p>" + sentence + "</p>");
    }

    /// @param problem what was wrong with the last try
    static Response newPassword(@Nullable String problem) {
        return page(
                (problem == null ? "" : "<p role=\"alert\">" + problem + "</p>")
                        + "<form method=\"post\"><p><label for=\"password\">New password, at least ten characters</label></p>"
                        + "<p><input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\""
                        + " minlength=\"10\" maxlength=\"1000\" required></p><p><button>Change the password</button></p></form>");
    }

    private static Response page(String body) {
        return Response.ok(
                        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Quantum Hub</title>"
                                + "<meta name=\"viewport\" content=\"width=device-width\"><style>body{font-family:sans-serif;"
                                + "max-width:26rem;margin:4rem auto;padding:0 1rem;color:#1c2430}input,button{font:inherit;padding:.5rem;"
                                + "width:100%;box-sizing:border-box}</style></head><body><h1>Quantum Hub</h1>" + body
                                + "</body></html>",
                        MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY)
                .build();
    }
}
