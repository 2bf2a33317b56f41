package org.quantumhub.hardware.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendRepository;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// The catalogue of backends, the same for everybody and remembered for two seconds.
@ApplicationScoped
public class Catalogue {

    @Inject
    BackendRepository backends;

    private final Cache<String, Backend> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    @Transactional
    public List<Backend> all() {
        return backends.all();
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional
    public Backend get(String slug) {
        Backend backend = known.getIfPresent(slug);
        if (backend == null) {
            backend = backends.find(slug)
                    .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no backend '" + slug + "'."));
            known.put(slug, backend);
        }
        return backend;
    }
}
