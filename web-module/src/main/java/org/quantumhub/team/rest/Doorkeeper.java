package org.quantumhub.team.rest;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.AccessTokens;
import org.quantumhub.account.service.AccessTokens.Bearer;
import org.quantumhub.account.service.ApiKeys;
import org.quantumhub.account.service.ApiKeys.KeyHolder;
import org.quantumhub.account.service.Quotas;
import org.quantumhub.account.service.RateLimits.Standing;
import org.quantumhub.account.service.RequestGate;
import org.quantumhub.account.service.Sessions;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.team.service.Callers;
import org.quantumhub.team.service.Callers.Known;

/// Lets a request in, or not. Who comes shows an API key, or the access token of a session; the team that the request
/// acts for is found out with it. Neither ever reaches a log. Where the path names a team (`{teamId}`), the request
/// acts
/// for that one: a team that is not the caller's looks like one that is not there.
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class Doorkeeper implements ContainerRequestFilter, ContainerResponseFilter {

    static final String API_KEY = "X-API-Key";
    static final String TEAM = "X-Team-Id";

    /// The path parameter that names the team to act for.
    static final String TEAM_IN_PATH = "teamId";

    private static final String BEARER = "Bearer ";
    private static final String LIMIT = "hub.rateLimit";

    @Context
    ResourceInfo resource;

    @Inject
    Callers callers;

    @Inject
    AccessTokens tokens;

    @Inject
    Sessions sessions;

    @Inject
    ApiKeys apiKeys;

    @Inject
    RequestGate gate;

    @Inject
    Quotas quotas;

    /// Who comes: the session of a person, or the key of a machine.
    private record Guest(
            UUID userId, @Nullable UUID sessionId, @Nullable KeyHolder key) {}

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (Door.isOpen(method)) {
            return;
        }
        Guest guest = guest(request);
        Known known = known(guest, request);
        request.setSecurityContext(Door.signedIn(
                known.caller(), guest.sessionId(), request.getSecurityContext().isSecure()));
        Endpoint endpoint = Endpoint.of(method);
        if (guest.key() != null) {
            gate.pass(guest.key(), endpoint.resource(), endpoint.reads(), endpoint.name())
                    .ifPresent(standing -> request.setProperty(LIMIT, standing));
        }
        if (!endpoint.entrance()) {
            if (known.lacksFactor()) {
                throw new HubException(
                        ProblemCode.TEAM_REQUIRES_SECOND_FACTOR,
                        "This team asks its members for a second factor; get one at /api/v1/auth/mfa.");
            }
            quotas.spend(guest.userId());
        }
        if (!Door.allows(known.caller(), method)) {
            throw new HubException(ProblemCode.FORBIDDEN, "Your roles do not allow this.");
        }
    }

    private Known known(Guest guest, ContainerRequestContext request) {
        String inPath = request.getUriInfo().getPathParameters().getFirst(TEAM_IN_PATH);
        if (inPath == null) {
            return callers.of(guest.userId(), guest.key(), team(request.getHeaderString(TEAM)));
        }
        try {
            return callers.of(guest.userId(), guest.key(), UUID.fromString(inPath));
        } catch (IllegalArgumentException noId) {
            throw noTeam(noId);
        } catch (HubException refusal) {
            throw refusal.code() == ProblemCode.NOT_A_MEMBER ? noTeam(refusal) : refusal;
        }
    }

    private static HubException noTeam(RuntimeException why) {
        return new HubException(ProblemCode.NOT_FOUND, "There is no such team.", why);
    }

    /// Tells a machine with a limit how it stands.
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(LIMIT) instanceof Standing standing) {
            response.getHeaders().putSingle("RateLimit-Limit", standing.limit());
            response.getHeaders().putSingle("RateLimit-Remaining", standing.remaining());
            response.getHeaders().putSingle("RateLimit-Reset", standing.resetSeconds());
        }
    }

    /// A key that is shown decides, even beside a token: nobody means both.
    private Guest guest(ContainerRequestContext request) {
        String key = request.getHeaderString(API_KEY);
        if (key != null) {
            KeyHolder holder = apiKeys.holder(key)
                    .orElseThrow(() -> new HubException(ProblemCode.UNAUTHENTICATED, "This API key opens nothing."));
            return new Guest(holder.userId(), null, holder);
        }
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            throw new HubException(
                    ProblemCode.UNAUTHENTICATED,
                    "Sign in with an API key in X-API-Key, or with a token in Authorization: Bearer.");
        }
        String token = header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
        Bearer bearer = tokens.verify(token)
                .filter(shown -> sessions.isOpen(shown.userId(), shown.sessionId()))
                .orElseThrow(() -> new HubException(
                        ProblemCode.UNAUTHENTICATED, "This token opens nothing, or not any more; sign in again."));
        return new Guest(bearer.userId(), bearer.sessionId(), null);
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
