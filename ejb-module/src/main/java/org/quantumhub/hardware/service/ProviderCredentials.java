package org.quantumhub.hardware.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.team.Secret;
import org.quantumhub.team.service.SecretVault;

/// Where the secrets of providers come from, and the one place to ask. Who calls a provider says first in whose
/// [account][Account]; everything that is asked for meanwhile on that thread is of that account and of no other:
///
/// * in the hub's, from the server's configuration, `hub.provider.<provider>.<name>`, which is an environment variable
/// or
///   a mounted file;
/// * in a team's, from its vault. Addresses and patience are the hub's all the same: where a server connects to, and
/// how
///   long it waits there, is not for a team to say. What the team has not stored is missing; it is never filled up from
/// the hub's.
@ApplicationScoped
public class ProviderCredentials {

    private static final ScopedValue<Account> ACCOUNT = ScopedValue.newInstance();
    private static final Set<String> ADDRESSES =
            Set.of("endpoint", "s3-endpoint", "url", "region", "attempt-seconds", "call-seconds");

    /// As long as this a secret that is changed or switched off may still be used.
    private static final Duration REMEMBERED = Duration.ofSeconds(15);

    @Inject
    SecretVault vault;

    private final Cache<Place, Map<String, Secret>> opened = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    private record Place(UUID teamId, String provider) {}

    /// Calls a provider in an account.
    public <T> T in(Account account, Supplier<T> call) {
        return ScopedValue.where(ACCOUNT, account).call(call::get);
    }

    /// Whether the call that is being made is made in the hub's account.
    public boolean isHubs() {
        return account().teamId() == null;
    }

    private static Account account() {
        return ACCOUNT.orElse(Account.HUB);
    }

    public Optional<String> find(String provider, String name) {
        Account account = account();
        UUID teamId = account.teamId();
        if (teamId == null || ADDRESSES.contains(name)) {
            return configured(provider, name);
        }
        Map<String, Secret> secrets = account.trial() != null
                ? account.trial()
                : opened.get(new Place(teamId, provider), place -> vault.useAll(place.teamId(), place.provider()));
        return Optional.ofNullable(secrets.get(name)).map(Secret::reveal);
    }

    /// @throws ProviderException NOT_DONE when it is missing: nothing has been asked of anybody
    public String get(String provider, String name) {
        return find(provider, name).orElseThrow(() -> missing(provider, name));
    }

    static ProviderException missing(String provider, String name) {
        return new ProviderException(
                Kind.NOT_DONE, "CREDENTIALS_MISSING", "There is no " + name + " for " + provider + ".", 0, null, null);
    }

    /// For tests to stand in for.
    Optional<String> configured(String provider, String name) {
        return ConfigProvider.getConfig()
                .getOptionalValue("hub.provider." + provider + "." + name, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
