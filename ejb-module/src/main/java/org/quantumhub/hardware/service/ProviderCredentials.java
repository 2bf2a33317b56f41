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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.quantumhub.hardware.service.ProviderException.Kind;
import org.quantumhub.shared.HubException;
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

    private static final ScopedValue<Calling> CALLING = ScopedValue.newInstance();
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

    /// A call that is being made.
    ///
    /// @param shown the secrets that were handed out for it
    private record Calling(Account account, Set<Secret> shown) {}

    /// Calls a provider in an account. A provider may answer with what it was sent: the secrets are cut out of its
    /// words.
    ///
    /// @throws ProviderException what the call throws
    public <T> T in(Account account, Supplier<T> call) {
        Calling calling = new Calling(account, ConcurrentHashMap.newKeySet());
        try {
            return ScopedValue.where(CALLING, calling).call(call::get);
        } catch (ProviderException e) {
            throw e.without(calling.shown());
        }
    }

    /// Whether the call that is being made is made in the hub's account.
    public boolean isHubs() {
        return account().teamId() == null;
    }

    private static Account account() {
        return CALLING.isBound() ? CALLING.get().account() : Account.HUB;
    }

    public Optional<String> find(String provider, String name) {
        Optional<String> found = look(provider, name);
        if (CALLING.isBound() && !ADDRESSES.contains(name) && !name.startsWith("bucket") && !name.equals("prefix")) {
            found.ifPresent(value -> CALLING.get().shown().add(new Secret(value)));
        }
        return found;
    }

    private Optional<String> look(String provider, String name) {
        Account account = account();
        UUID teamId = account.teamId();
        if (teamId == null || ADDRESSES.contains(name)) {
            return configured(provider, name);
        }
        Map<String, Secret> secrets = account.trial() != null ? account.trial() : opened(new Place(teamId, provider));
        return Optional.ofNullable(secrets.get(name)).map(Secret::reveal);
    }

    /// What cannot be opened at the moment is no doubt about an order: nothing has been asked of anybody.
    private Map<String, Secret> opened(Place place) {
        try {
            return opened.get(place, asked -> vault.useAll(asked.teamId(), asked.provider()));
        } catch (HubException closed) {
            throw new ProviderException(
                    Kind.NOT_DONE, closed.code().name(), String.valueOf(closed.getMessage()), 0, null, closed);
        }
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
