package org.quantumhub.hardware.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/// Where the secrets of providers come from: the server's configuration, `hub.provider.<provider>.<name>`, which is an
/// environment variable or a mounted file. The one place to ask, so that a team's own vault can be asked first.
@ApplicationScoped
public class ProviderCredentials {

    public Optional<String> find(String provider, String name) {
        return ConfigProvider.getConfig()
                .getOptionalValue("hub.provider." + provider + "." + name, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
