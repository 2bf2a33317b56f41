package org.quantumhub.system;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/// A provider inside this process that asks for no password. It speaks the protocol, and says what it is told to say,
/// which a well-behaved one would not.
final class LightCompany implements Company {

    private static final String NAME = "company";
    private static final LightCompany COMPANY = new LightCompany();

    private final Map<String, Employee> employees = new ConcurrentHashMap<>();
    private final Map<String, Employee> codes = new ConcurrentHashMap<>();
    private final MockOAuth2Server server = started();

    private LightCompany() {}

    static LightCompany company() {
        return COMPANY;
    }

    private MockOAuth2Server started() {
        MockOAuth2Server begun = new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(new WhoseCode())));
        try {
            begun.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        // makes its key and finds its classes now, not while a hub waits for an answer
        begun.issueToken(NAME, "nobody", CLIENT);
        Answer.of(new Browser().get(begun.wellKnownUrl(NAME).uri())).expect(200);
        return begun;
    }

    /// Tells about the person who came back with the code.
    private final class WhoseCode extends DefaultOAuth2TokenCallback {

        WhoseCode() {
            super(NAME);
        }

        private Employee of(TokenRequest request) {
            AuthorizationCodeGrant grant = (AuthorizationCodeGrant) request.getAuthorizationGrant();
            Employee employee = codes.get(grant.getAuthorizationCode().getValue());
            if (employee == null) {
                throw new IllegalStateException("Nobody was given this code.");
            }
            return employee;
        }

        @Override
        public String subject(TokenRequest request) {
            return subjectOf(of(request));
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            return claims(of(request));
        }
    }

    private static String subjectOf(Employee employee) {
        return UUID.nameUUIDFromBytes(employee.username().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Map<String, Object> claims(Employee someone) {
        Employee employee = employees.getOrDefault(someone.username(), someone);
        return Map.of(
                "email", employee.email(),
                "email_verified", employee.emailVerified(),
                "preferred_username", employee.username(),
                "groups", employee.groups(),
                "realm_access", Map.of("roles", employee.roles()));
    }

    @Override
    public String issuer() {
        return server.issuerUrl(NAME).toString();
    }

    @Override
    public void employs(Employee employee) {
        employees.put(employee.username(), employee);
    }

    @Override
    public URI signIn(Browser browser, URI door, Employee employee) {
        URI back = Browser.next(browser.get(door));
        String code = back.getRawQuery().replaceFirst("^(?:.*&)?code=([^&]+).*$", "$1");
        codes.put(code, employee);
        return back;
    }

    @Override
    public String tokenForAnotherService(Employee employee) {
        return server.issueToken(NAME, subjectOf(employee), "another-service", claims(employee))
                .serialize();
    }

    /// What the next sign-in is told, whoever it is for.
    void answers(String subject, Map<String, Object> claims, long lifeSeconds) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(NAME, subject, "JWT", null, claims, lifeSeconds));
    }
}
