package org.quantumhub.shared.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Who may call which resource. What a resource does not open with `@PermitAll` or `@RolesAllowed` stays shut. Who the
/// caller is, `org.quantumhub.team.rest` finds out.
public final class Door {

    /// For `@RolesAllowed`: whoever is signed in.
    public static final String ANYBODY = "**";

    private Door() {}

    /// Whether everybody may call a resource method, signed in or not.
    public static boolean isOpen(@Nullable Method method) {
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

    /// Whether the roles of a caller let it call a resource method.
    public static boolean allows(Caller caller, @Nullable Method method) {
        return Arrays.stream(rolesOf(method)).anyMatch(role -> allows(caller, role));
    }

    private static boolean allows(Caller caller, String role) {
        return role.equals(ANYBODY) || caller.has(role);
    }

    /// What the rest of the request sees of a caller who has been let in.
    ///
    /// @param sessionId the session of whoever shows a token, null for whoever shows an API key
    public static SecurityContext signedIn(Caller caller, @Nullable UUID sessionId, boolean secure) {
        return new SignedIn(caller, sessionId, secure);
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

    /// Who is signed in, if anybody is.
    public static Optional<Caller> known(SecurityContext security) {
        return security.getUserPrincipal() instanceof Person person ? Optional.of(person.caller) : Optional.empty();
    }

    /// The session of a person who is signed in. What changes how an account is entered asks for one: an API key that
    /// leaked must not lock its owner out.
    ///
    /// @throws HubException `SESSION_NEEDED` for whoever comes with an API key
    public static UUID session(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Person person && person.sessionId != null) {
            return person.sessionId;
        }
        throw new HubException(ProblemCode.SESSION_NEEDED, "Sign in for this; an API key is not enough.");
    }

    private record Person(Caller caller, @Nullable UUID sessionId) implements Principal {

        @Override
        public String getName() {
            return caller.userId().toString();
        }
    }

    /// What the rest of the request sees of the caller.
    private record SignedIn(Caller caller, @Nullable UUID sessionId, boolean secure) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return new Person(caller, sessionId);
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
