package org.quantumhub.account.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Session;
import org.quantumhub.account.SessionEnd;
import org.quantumhub.account.SignInMethod;
import org.quantumhub.account.service.Sessions;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Where the caller is signed in.
@Path("/auth/sessions")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class SessionsResource {

    @Inject
    Sessions sessions;

    @Schema(name = "Session")
    public record SessionView(
            UUID id,

            @Schema(description = "the name (jti) of its newest access token; no secret")
            UUID token,

            SignInMethod method,

            @Schema(description = "whether this request comes from it")
            boolean current,

            @Schema(description = "where it was refreshed from last") @Nullable
            String ipAddress,

            @Nullable String userAgent,
            Instant issuedAt,
            Instant refreshedAt,
            Instant expiresAt) {

        static SessionView of(Session session, UUID current) {
            return new SessionView(
                    session.id(),
                    session.jti(),
                    session.method(),
                    session.id().equals(current),
                    session.address(),
                    session.agent(),
                    session.issuedAt(),
                    session.refreshedAt(),
                    session.expiresAt());
        }
    }

    @GET
    @Operation(operationId = "listSessions", summary = "Where the caller is signed in, newest first")
    public PageView<SessionView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        UUID current = Door.session(security);
        return PageView.of(
                sessions.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)),
                session -> SessionView.of(session, current));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeSession", summary = "End a session, everywhere within five seconds")
    @APIResponse(responseCode = "204", description = "Its tokens open nothing any more")
    public void revoke(@PathParam("id") UUID id, @Context SecurityContext security) {
        Door.session(security);
        sessions.end(Door.caller(security), id, SessionEnd.REVOKED);
    }
}
