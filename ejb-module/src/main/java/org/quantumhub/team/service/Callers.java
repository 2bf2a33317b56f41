package org.quantumhub.team.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.ApiKeys;
import org.quantumhub.account.service.ApiKeys.KeyHolder;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.team.MembershipChanged;
import org.quantumhub.team.TeamStanding;

/// Finds out on whose behalf a request acts, from what the door has verified. Answers are remembered for five seconds:
/// that is how long a role taken away may still work.
@ApplicationScoped
public class Callers {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    @Inject
    ApiKeys apiKeys;

    @Inject
    Memberships memberships;

    private final Cache<Asked, Caller> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    private record Asked(UUID userId, @Nullable UUID teamId) {}

    /// The bearer of a token.
    ///
    /// @param teamId the team that the request names, null for the person's default
    /// @throws HubException `NOT_A_MEMBER` when the person is not in that team, `UNAUTHENTICATED` when the account is
    /// gone
    public Caller ofToken(UUID userId, @Nullable UUID teamId) {
        return caller(new Asked(userId, teamId));
    }

    /// The holder of an API key, who always acts for the key's own team.
    ///
    /// @param teamId the team that the request names, if any
    /// @return empty when the key opens nothing
    public Optional<Caller> ofApiKey(String key, @Nullable UUID teamId) {
        Optional<KeyHolder> holder = apiKeys.holder(key);
        if (holder.isPresent() && teamId != null && !holder.get().teamId().equals(teamId)) {
            throw new HubException(ProblemCode.NOT_A_MEMBER, "This API key acts for another team than the one named.");
        }
        return holder.map(h -> caller(new Asked(h.userId(), h.teamId())));
    }

    /// Who belongs where has changed, or what a team may do: nothing remembered here holds any more. Other servers
    /// notice within five seconds.
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) MembershipChanged changed) {
        known.invalidateAll();
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) TeamStanding standing) {
        known.invalidateAll();
    }

    /// The person has chosen another default team. Remembered a moment too late, or not at all, it shows in five
    /// seconds.
    void forgetDefault(UUID userId) {
        known.invalidate(new Asked(userId, null));
    }

    private Caller caller(Asked asked) {
        Caller caller = known.getIfPresent(asked);
        if (caller == null) {
            caller = memberships.resolve(asked.userId, asked.teamId);
            known.put(asked, caller);
        }
        return caller;
    }
}
