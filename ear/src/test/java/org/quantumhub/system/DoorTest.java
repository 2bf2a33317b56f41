package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.rest.Door;

/// The rule of the door: what is not opened stays shut.
class DoorTest {

    private static final Caller DEVELOPER =
            new Caller(UUID.randomUUID(), UUID.randomUUID(), Set.of("DEVELOPER"), "OWNER", false);

    static class Undecided {
        public void forgotten() {}

        @RolesAllowed(Door.ANYBODY)
        public void signedIn() {}

        @RolesAllowed("ADMIN")
        public void administrators() {}

        @PermitAll
        public void everybody() {}
    }

    @RolesAllowed("DEVELOPER")
    static class Developers {
        public void inherited() {}

        @RolesAllowed("AUDITOR")
        public void auditors() {}
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        return type.getMethod(name);
    }

    @Test
    void a_method_without_an_annotation_is_shut_for_everybody() throws NoSuchMethodException {
        Method forgotten = method(Undecided.class, "forgotten");
        assertThat(Door.isOpen(forgotten)).isFalse();
        assertThat(Door.allows(DEVELOPER, forgotten)).isFalse();
        assertThat(Door.isOpen(null)).isFalse();
        assertThat(Door.allows(DEVELOPER, null)).isFalse();
    }

    @Test
    void annotations_open_it_for_whom_they_name() throws NoSuchMethodException {
        assertThat(Door.isOpen(method(Undecided.class, "everybody"))).isTrue();
        assertThat(Door.allows(DEVELOPER, method(Undecided.class, "signedIn"))).isTrue();
        assertThat(Door.allows(DEVELOPER, method(Undecided.class, "administrators")))
                .isFalse();
    }

    @Test
    void the_class_speaks_where_the_method_is_silent() throws NoSuchMethodException {
        assertThat(Door.allows(DEVELOPER, method(Developers.class, "inherited")))
                .isTrue();
        assertThat(Door.allows(DEVELOPER, method(Developers.class, "auditors"))).isFalse();
    }

    @Test
    void only_who_was_let_in_is_a_caller() {
        assertThat(Door.caller(Door.signedIn(DEVELOPER, null, false))).isEqualTo(DEVELOPER);
        assertThat(Door.signedIn(DEVELOPER, null, false).isUserInRole("DEVELOPER"))
                .isTrue();
        assertThat(Door.signedIn(DEVELOPER, null, false).isUserInRole("ADMIN")).isFalse();
        assertThatThrownBy(() -> Door.caller(new NobodyHere())).isInstanceOf(HubException.class);
    }

    private static final class NobodyHere implements jakarta.ws.rs.core.SecurityContext {
        @Override
        public java.security.@org.jspecify.annotations.Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return true;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "none";
        }
    }
}
