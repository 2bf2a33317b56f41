package org.quantumhub.team.rest;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.team.service.Callers;

/// Lets a request in, or not. Who comes shows an API key, which is checked here, or a token, which the server has
/// checked before; the team it acts for is found out with it. Where the path names a team (`{teamId}`), the request
/// acts
/// for that one: a team that is not the caller's looks like one that is not there.
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class Doorkeeper implements ContainerRequestFilter {

    static final String API_KEY = "X-API-Key";
    static final String TEAM = "X-Team-Id";

    /// The path parameter that names the team to act for.
    static final String TEAM_IN_PATH = "teamId";

    @Context
    ResourceInfo resource;

    @Inject
    Callers callers;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (Door.isOpen(method)) {
            return;
        }
        Caller caller = caller(request);
        request.setSecurityContext(
                Door.signedIn(caller, request.getSecurityContext().isSecure()));
        if (!Door.allows(caller, method)) {
            throw new HubException(ProblemCode.FORBIDDEN, "Your roles do not allow this.");
        }
    }

    private Caller caller(ContainerRequestContext request) {
        String inPath = request.getUriInfo().getPathParameters().getFirst(TEAM_IN_PATH);
        if (inPath == null) {
            return caller(request, team(request.getHeaderString(TEAM)));
        }
        try {
            return caller(request, UUID.fromString(inPath));
        } catch (IllegalArgumentException noId) {
            // whether there is such a team is not for strangers to know
            caller(request, null);
            throw noTeam(noId);
        } catch (HubException refusal) {
            throw refusal.code() == ProblemCode.NOT_A_MEMBER ? noTeam(refusal) : refusal;
        }
    }

    private static HubException noTeam(RuntimeException why) {
        return new HubException(ProblemCode.NOT_FOUND, "There is no such team.", why);
    }

    private Caller caller(ContainerRequestContext request, @Nullable UUID team) {
        String key = request.getHeaderString(API_KEY);
        if (key != null) {
            return callers.ofApiKey(key, team)
                    .orElseThrow(() -> new HubException(ProblemCode.UNAUTHENTICATED, "This API key opens nothing."));
        }
        if (request.getSecurityContext().getUserPrincipal() instanceof JsonWebToken token
                && token.getSubject() != null) {
            return callers.ofToken(subject(token), team);
        }
        throw new HubException(
                ProblemCode.UNAUTHENTICATED,
                "Sign in with an API key in X-API-Key, or with a token in Authorization: Bearer.");
    }

    private static UUID subject(JsonWebToken token) {
        try {
            return UUID.fromString(token.getSubject());
        } catch (IllegalArgumentException e) {
            throw new HubException(ProblemCode.UNAUTHENTICATED, "This token is nobody's.", e);
        }
    }

    private static @Nullable UUID team(@Nullable String header) {
        try {
            return header == null ? null : UUID.fromString(header.strip());
        } catch (IllegalArgumentException e) {
            throw new HubException(ProblemCode.INVALID_PARAMETER, "X-Team-Id is not the id of a team.")
                    .with("parameter", TEAM);
        }
    }
}
