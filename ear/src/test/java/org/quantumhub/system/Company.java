package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/// The identity provider of a company: a real one, inside this process.
final class Company {

    static final String CLIENT = "quantum-hub";
    static final String ROLES = "hub-operators=OPERATOR+AUDITOR,hub-developers=DEVELOPER";
    static final String TEAM = "company-lab";
    static final String TEAMS = "lab=" + TEAM + ":MEMBER";

    private static final String NAME = "company";
    private static final MockOAuth2Server SERVER = started();

    private Company() {}

    private static MockOAuth2Server started() {
        MockOAuth2Server server = new MockOAuth2Server();
        try {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return server;
    }

    static String issuer() {
        return SERVER.issuerUrl(NAME).toString();
    }

    /// Whom the next sign-in is for.
    static void expects(String subject, String email, boolean verified, List<String> groups) {
        expects(subject, Map.of("email", email, "email_verified", verified, "groups", groups), 300);
    }

    static void expects(String subject, Map<String, Object> claims, long lifeSeconds) {
        SERVER.enqueueCallback(new DefaultOAuth2TokenCallback(NAME, subject, "JWT", null, claims, lifeSeconds));
    }
}
