package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether this server can use its master key: tried out at the start and every minute, while it cannot be used at
/// every
/// tick. It is told when that changes, and shown in health; a server whose key service is away goes on with everything
/// else.
@ApplicationScoped
public class MasterKeyWatch {

    private static final Logger LOG = System.getLogger(MasterKeyWatch.class.getName());
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Inject
    Envelopes envelopes;

    @Inject
    Clock clock;

    private volatile Instant next = Instant.EPOCH;
    private volatile @Nullable String trouble;

    /// Why secrets can be neither written nor used; empty when they can.
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void look() {
        Instant now = clock.instant();
        if (trouble == null && now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        try {
            envelopes.tryOut();
            tell(null, "");
        } catch (MasterKeyException away) {
            tell(away.reason(), String.valueOf(away.getMessage()));
        } catch (GeneralSecurityException broken) {
            tell("the master key does not open what it wrapped", String.valueOf(broken.getMessage()));
        }
    }

    private void tell(@Nullable String found, String detail) {
        String known = trouble;
        trouble = found;
        if (found != null && !found.equals(known)) {
            LOG.log(Level.WARNING, "secrets can be neither written nor used until it is mended: {0}", detail);
        } else if (found == null && known != null) {
            LOG.log(Level.INFO, "secrets can be written and used again");
        }
    }
}
