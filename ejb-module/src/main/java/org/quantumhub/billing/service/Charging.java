package org.quantumhub.billing.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.quantumhub.billing.Ledger;
import org.quantumhub.billing.PriceRepository;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.Transfer;
import org.quantumhub.billing.TransferKind;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Prices work, sets money aside for it, and settles in the end. Holding and settling happen on the connection of the
/// caller's transaction, so that work and money are never apart.
@ApplicationScoped
public class Charging {

    @Inject
    PriceRepository prices;

    @Inject
    Ledger ledger;

    private final Cache<String, PriceVersion> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    /// Money to be set aside for a piece of work.
    public record Hold(UUID teamId, UUID reference, Money amount, String description) {}

    /// What became of a hold.
    ///
    /// @param held what was set aside
    /// @param cost what is charged of it, from nothing to all; the rest is given back
    public record Settlement(UUID teamId, UUID reference, Money held, Money cost, String description) {}

    /// The price in force for a backend; remembered for two seconds.
    @Transactional
    public PriceVersion priceOf(String backendSlug) {
        PriceVersion price = known.getIfPresent(backendSlug);
        if (price == null) {
            price = prices.ofBackend(backendSlug)
                    .orElseThrow(() -> new HubException(
                            ProblemCode.BACKEND_UNAVAILABLE, "The backend '" + backendSlug + "' has no price."));
            known.put(backendSlug, price);
        }
        return price;
    }

    /// Queues at the teams' wallets and tells what each can spend until the transaction ends.
    public Map<UUID, Money> available(Connection connection, Collection<UUID> teams) throws SQLException {
        return ledger.lock(connection, teams);
    }

    public void hold(Connection connection, List<Hold> holds) throws SQLException {
        ledger.post(
                connection,
                holds.stream()
                        .filter(hold -> hold.amount().isPositive())
                        .map(hold -> new Transfer(
                                TransferKind.HOLD, hold.teamId(), hold.reference(), hold.amount(), hold.description()))
                        .toList());
    }

    /// Charges what the work costs and gives the rest of the hold back.
    public void settle(Connection connection, List<Settlement> settlements) throws SQLException {
        List<Transfer> transfers = new ArrayList<>();
        for (Settlement s : settlements) {
            if (s.cost().isPositive()) {
                transfers.add(new Transfer(TransferKind.CHARGE, s.teamId(), s.reference(), s.cost(), s.description()));
            }
            Money rest = s.held().minus(s.cost());
            if (rest.isPositive()) {
                transfers.add(new Transfer(TransferKind.RELEASE, s.teamId(), s.reference(), rest, s.description()));
            }
        }
        ledger.post(connection, transfers);
    }
}
