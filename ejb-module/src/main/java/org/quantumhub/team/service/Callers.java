package org.quantumhub.team.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    Memberships memberships;

    private final Cache<Asked, Known> remembered = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    private record Asked(UUID userId, @Nullable UUID teamId) {}

    /// A caller.
    ///
    /// @param lacksFactor whether the team asks for a second factor that the person does not have
    public record Known(Caller caller, boolean lacksFactor) {}

    /// Somebody whose identity the door has proved.
    ///
    /// @param key the API key that was shown, which always acts for its own team; null for the bearer of a token
    /// @param teamId the team that the request names, null for the key's or the person's default
    /// @throws HubException `NOT_A_MEMBER` when the person is not in that team, `UNAUTHENTICATED` when the account is
    /// gone
    public Known of(UUID userId, @Nullable KeyHolder key, @Nullable UUID teamId) {
        if (key != null && teamId != null && !key.teamId().equals(teamId)) {
            throw new HubException(ProblemCode.NOT_A_MEMBER, "This API key acts for another team than the one named.");
        }
        Asked asked = new Asked(userId, key != null ? key.teamId() : teamId);
        Known known = remembered.getIfPresent(asked);
        if (known == null) {
            known = memberships.resolve(asked.userId, asked.teamId);
            remembered.put(asked, known);
        }
        return known;
    }

    /// Who belongs where has changed, or what a team may do: nothing remembered here holds any more. Other servers
    /// notice within five seconds.
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) MembershipChanged changed) {
        forget();
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) TeamStanding standing) {
        forget();
    }

    /// The person has chosen another default team. Remembered a moment too late, or not at all, it shows in five
    /// seconds.
    void forgetDefault(UUID userId) {
        remembered.invalidate(new Asked(userId, null));
    }

    /// This server asks again about everybody.
    void forget() {
        remembered.invalidateAll();
    }
}
