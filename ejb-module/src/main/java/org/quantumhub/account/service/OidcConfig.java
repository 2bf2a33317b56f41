package org.quantumhub.account.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.quantumhub.account.PlatformRole;

/// Settings of the company's identity provider (OpenID Connect), checked at the start.
@ApplicationScoped
public class OidcConfig {

    @Inject
    @ConfigProperty(name = "hub.oidc.issuer")
    Optional<String> issuer;

    @Inject
    @ConfigProperty(name = "hub.oidc.client-id")
    Optional<String> clientId;

    @Inject
    @ConfigProperty(name = "hub.oidc.client-secret")
    Optional<String> clientSecret;

    @Inject
    @ConfigProperty(name = "hub.oidc.scopes", defaultValue = "openid profile email")
    String scopes;

    @Inject
    @ConfigProperty(name = "hub.oidc.groups-claim", defaultValue = "groups")
    String groupsClaim;

    @Inject
    @ConfigProperty(name = "hub.oidc.roles")
    Optional<String> roles;

    @Inject
    @ConfigProperty(name = "hub.oidc.link-by-email", defaultValue = "false")
    boolean linkByEmail;

    @Inject
    @ConfigProperty(name = "hub.oidc.after-login-url")
    Optional<String> afterLoginUrl;

    @Inject
    @ConfigProperty(name = "hub.public-url", defaultValue = "http://localhost:9080")
    String publicUrl;

    private Map<String, Set<PlatformRole>> rolesOfGroups = Map.of();

    @PostConstruct
    void check() {
        if (isOn() && clientId().isEmpty()) {
            throw new IllegalArgumentException("hub.oidc.issuer is set, and hub.oidc.client-id is missing.");
        }
        issuer.filter(text -> !text.isBlank()).ifPresent(OidcConfig::requireSafe);
        rolesOfGroups = roles.map(OidcConfig::read).orElse(Map.of());
    }

    /// Tokens and secrets travel to the provider: in clear to this machine only.
    static void requireSafe(String address) {
        URI uri = URI.create(address);
        boolean here = Set.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(uri.getHost()));
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && here)) {
            throw new IllegalArgumentException(
                    "The identity provider is at " + address + ", which is no https address.");
        }
    }

    private static Map<String, Set<PlatformRole>> read(String text) {
        Map<String, Set<PlatformRole>> map = new LinkedHashMap<>();
        for (String entry : text.split(",")) {
            String[] parts = entry.strip().split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException(
                        "hub.oidc.roles is '" + text + "'; it must look like group=ROLE+ROLE,group=ROLE.");
            }
            EnumSet<PlatformRole> of = EnumSet.noneOf(PlatformRole.class);
            Arrays.stream(parts[1].split("\\+"))
                    .map(role -> PlatformRole.valueOf(role.strip().toUpperCase(Locale.ROOT)))
                    .forEach(of::add);
            map.put(parts[0].strip(), of);
        }
        return map;
    }

    public boolean isOn() {
        return issuer.filter(text -> !text.isBlank()).isPresent();
    }

    public String issuer() {
        return issuer.orElse("");
    }

    public String clientId() {
        return clientId.orElse("");
    }

    public String clientSecret() {
        return clientSecret.orElse("");
    }

    public String scopes() {
        return scopes;
    }

    /// The claims of the ID token that list what a person belongs to.
    public List<String> groupsClaims() {
        return Arrays.stream(groupsClaim.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// Which roles the members of a group have. Roles that stand here for no group are given by hand.
    public Map<String, Set<PlatformRole>> rolesOfGroups() {
        return rolesOfGroups;
    }

    /// Whether a person with an account of the same, verified address gets that account.
    public boolean linkByEmail() {
        return linkByEmail;
    }

    /// Where a browser goes after sign-in; without it the tokens are the answer.
    public Optional<String> afterLoginUrl() {
        return afterLoginUrl.filter(url -> !url.isBlank());
    }

    public String redirectUri() {
        return (publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl)
                + "/api/v1/auth/oidc/callback";
    }

    public boolean isPublicUrlSecure() {
        return publicUrl.startsWith("https:");
    }
}
