package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.quantumhub.account.ApiKeyRepository;
import org.quantumhub.account.Scope;
import org.quantumhub.account.service.ApiKeys.KeyHolder;
import org.quantumhub.shared.service.RowSecurity;

/// Looks a shown API key up, seeing no other key while it does.
@ApplicationScoped
public class KeyDoor {

    @Inject
    ApiKeyRepository keys;

    @Inject
    RowSecurity rowSecurity;

    @Transactional
    Optional<KeyHolder> check(ApiKeyValue shown, Instant now) {
        rowSecurity.presentKey(shown.prefix());
        return keys.findByPrefix(shown.prefix())
                .filter(key -> ApiKeys.sameHash(key.hash(), shown.hash()) && key.opens(now))
                .map(key -> new KeyHolder(
                        key.id(),
                        key.version(),
                        key.userId(),
                        key.teamId(),
                        key.expireAt(),
                        key.scopes().stream()
                                .flatMap(scope -> Scope.read(scope).stream())
                                .toList(),
                        key.rateLimit()));
    }
}
