package org.quantumhub.account.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.EnterpriseSignIn;
import org.quantumhub.account.service.OidcConfig;
import org.quantumhub.account.service.Sessions.SignedIn;
import org.quantumhub.shared.rest.Problem;

/// Sign-in by the company's identity provider (OpenID Connect), for a browser.
@Path("/auth/oidc")
@ApplicationScoped
@PermitAll
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class OidcResource {

    private static final String COOKIE = "hub-oidc";
    private static final String COOKIE_PATH = "/api/v1/auth/oidc";

    @Inject
    EnterpriseSignIn signIn;

    @Inject
    OidcConfig config;

    @GET
    @Path("/login")
    @PermitAll
    @SecurityRequirements
    @Operation(operationId = "oidcLogin", summary = "Go to the company's identity provider; for browsers")
    @APIResponse(responseCode = "303", description = "To the provider; 404 when none is configured")
    public Response login() {
        EnterpriseSignIn.Started started = signIn.start();
        return Response.seeOther(URI.create(started.address()))
                .cookie(cookie(started.cookie(), (int) EnterpriseSignIn.PATIENCE.toSeconds()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("/callback")
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "oidcCallback",
            summary = "Come back from the company's identity provider; the answer is a session's tokens")
    @APIResponseSchema(TokenView.class)
    public Response callback(
            @QueryParam("code") @Nullable @Size(max = 4000) String code,
            @QueryParam("state") @Nullable @Size(max = 500) String state,
            @QueryParam("iss") @Nullable @Size(max = 500) String issuer,
            @CookieParam(COOKIE) @Nullable String cookie,
            @Context HttpServletRequest request) {
        SignedIn signedIn =
                signIn.finish(new EnterpriseSignIn.Brought(code, state, issuer), cookie, Visitors.of(request));
        Response.ResponseBuilder response = config.afterLoginUrl()
                // what stands behind the # is not sent to any server, and the token is good once
                .map(url -> Response.seeOther(URI.create(
                        url + "#refreshToken=" + URLEncoder.encode(signedIn.refreshToken(), StandardCharsets.UTF_8))))
                .orElseGet(() -> Response.ok(TokenView.of(signedIn)));
        return response.cookie(cookie("", 0))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(COOKIE_PATH)
                .maxAge(seconds)
                .httpOnly(true)
                .secure(config.isPublicUrlSecure())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
