package org.quantumhub.hardware.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.quantumhub.hardware.DeviceAccessChanged;
import org.quantumhub.hardware.service.DeviceAccess.Allowed;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Lets jobs of a team only onto backends that the team may use. What a team may is remembered for five seconds, so
/// that
/// a submission does not pay for the question.
@ApplicationScoped
public class DeviceGate {

    @Inject
    DeviceAccess access;

    private final Cache<UUID, Allowed> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    /// @throws HubException `BACKEND_NOT_ALLOWED`
    public void pass(Caller caller, String backend) {
        if (!allows(caller, backend)) {
            throw new HubException(
                            ProblemCode.BACKEND_NOT_ALLOWED,
                            "Your team may not use '" + backend + "'; ask an admin of the team.")
                    .with("backend", backend);
        }
    }

    /// Whether the caller's team may use a backend.
    public boolean allows(Caller caller, String backend) {
        Allowed allowed = known.getIfPresent(caller.teamId());
        if (allowed == null) {
            allowed = access.of(caller);
            known.put(caller.teamId(), allowed);
        }
        return allowed.allows(backend);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeviceAccessChanged changed) {
        known.invalidate(changed.teamId());
    }
}
