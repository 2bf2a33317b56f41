package org.quantumhub.shared.rest;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.service.Callers;

/// Lets a request in, or not. Who comes shows an API key, which is checked here, or a token, which the server has
/// checked
/// before. What a resource does not open with `@PermitAll` or `@RolesAllowed` stays shut.
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class Door implements ContainerRequestFilter {

    /// For `@RolesAllowed`: whoever is signed in.
    public static final String ANYBODY = "**";

    static final String API_KEY = "X-API-Key";
    static final String TEAM = "X-Team-Id";

    @Context
    ResourceInfo resource;

    @Inject
    Callers callers;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (isOpen(method)) {
            return;
        }
        Caller caller = caller(request);
        request.setSecurityContext(
                new SignedIn(caller, request.getSecurityContext().isSecure()));
        String[] roles = rolesOf(method);
        if (roles.length == 0 || Arrays.stream(roles).noneMatch(role -> allows(caller, role))) {
            throw new HubException(ProblemCode.FORBIDDEN, "Your roles do not allow this.");
        }
    }

    private static boolean isOpen(@Nullable Method method) {
        return method != null
                && (method.isAnnotationPresent(PermitAll.class)
                        || (!method.isAnnotationPresent(RolesAllowed.class)
                                && method.getDeclaringClass().isAnnotationPresent(PermitAll.class)));
    }

    /// No annotation, no role, no way in.
    private static String[] rolesOf(@Nullable Method method) {
        if (method == null) {
            return new String[0];
        }
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        if (roles == null) {
            roles = method.getDeclaringClass().getAnnotation(RolesAllowed.class);
        }
        return roles == null ? new String[0] : roles.value();
    }

    private static boolean allows(Caller caller, String role) {
        return role.equals(ANYBODY) || caller.has(role);
    }

    private Caller caller(ContainerRequestContext request) {
        UUID team = team(request.getHeaderString(TEAM));
        String key = request.getHeaderString(API_KEY);
        if (key != null) {
            return callers.ofApiKey(key, team)
                    .orElseThrow(() -> new HubException(ProblemCode.UNAUTHENTICATED, "This API key opens nothing."));
        }
        if (request.getSecurityContext().getUserPrincipal() instanceof JsonWebToken token
                && token.getSubject() != null) {
            return callers.ofToken(UUID.fromString(token.getSubject()), team);
        }
        throw new HubException(
                ProblemCode.UNAUTHENTICATED,
                "Sign in with an API key in X-API-Key, or with a token in Authorization: Bearer.");
    }

    private static @Nullable UUID team(@Nullable String header) {
        try {
            return header == null ? null : UUID.fromString(header.strip());
        } catch (IllegalArgumentException e) {
            throw new HubException(ProblemCode.INVALID_PARAMETER, "X-Team-Id is not the id of a team.")
                    .with("parameter", TEAM);
        }
    }

    /// Who is signed in.
    ///
    /// @throws HubException `UNAUTHENTICATED` on a resource that is open to everybody
    public static Caller caller(SecurityContext security) {
        // what a resource gets is a proxy of the context, but the principal is the one put there
        if (security.getUserPrincipal() instanceof Person person) {
            return person.caller;
        }
        throw new HubException(ProblemCode.UNAUTHENTICATED, "Sign in first.");
    }

    private record Person(Caller caller) implements Principal {

        @Override
        public String getName() {
            return caller.userId().toString();
        }
    }

    /// What the rest of the request sees of the caller.
    private record SignedIn(Caller caller, boolean secure) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return new Person(caller);
        }

        @Override
        public boolean isUserInRole(String role) {
            return allows(caller, role);
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getAuthenticationScheme() {
            return "hub";
        }
    }
}
