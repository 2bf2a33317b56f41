package org.quantumhub.billing.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.BudgetBook;
import org.quantumhub.billing.Ledger;
import org.quantumhub.billing.Ledger.Purse;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.Transfer;
import org.quantumhub.billing.TransferKind;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.Pipeline;
import org.quantumhub.shared.service.Database;

/// Prices work, sets money aside for it, and settles in the end. Holding and settling happen on the connection of the
/// caller's transaction, so that work and money are never apart.
@ApplicationScoped
public class Charging {

    @Inject
    Prices prices;

    @Inject
    Ledger ledger;

    @Inject
    BudgetBook budgets;

    @Inject
    Clock clock;

    @Inject
    Database database;

    private final Cache<String, PriceVersion> inForce = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    /// Versions never change.
    private final Cache<UUID, PriceVersion> versions =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /// Nor do the currencies of wallets.
    private final Cache<UUID, String> currencies =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /// Money to be set aside for a piece of work.
    ///
    /// @param userId who spends it
    /// @param backend what it is spent on
    /// @param projectId what it is spent for
    /// @param reference the work; it is held for once
    public record Hold(
            UUID teamId,
            UUID userId,
            String backend,
            @Nullable UUID projectId,
            UUID reference,
            Money amount,
            String description) {}

    /// What became of a hold.
    ///
    /// @param held what was set aside
    /// @param cost what is charged of it, from nothing to all; the rest is given back
    public record Settlement(UUID teamId, UUID reference, Money held, Money cost, String description) {}

    /// The price in force for a backend, for whoever looks at the catalogue.
    public PriceVersion priceOf(String backendSlug) {
        return inForce(backendSlug, null);
    }

    /// The price in force for a backend in the currency of a team; remembered for two seconds, but never beyond its
    /// end.
    public PriceVersion priceOf(String backendSlug, UUID teamId) {
        return inForce(backendSlug, currencies.get(teamId, prices::currencyOf));
    }

    private PriceVersion inForce(String backendSlug, @Nullable String currency) {
        String key = currency + " " + backendSlug;
        PriceVersion price = inForce.get(key, one -> prices.inForce(backendSlug, currency));
        if (!price.isOver(clock.instant())) {
            return price;
        }
        inForce.asMap().remove(key, price);
        return inForce.get(key, one -> prices.inForce(backendSlug, currency));
    }

    /// What work costs that was submitted under a version of a price: never more than was set aside for it.
    ///
    /// @param seconds how long it ran
    public Money cost(UUID priceVersionId, int shots, double seconds, Money held) {
        PriceVersion price = versions.get(priceVersionId, prices::version);
        if (!price.isTimed()) {
            return held;
        }
        Money cost = price.cost(shots, BigDecimal.valueOf(seconds));
        return cost.compareTo(held) < 0 ? cost : held;
    }

    /// What several programs cost that were run as one task: the fee of one task and the shots of all.
    ///
    /// @param shots of each
    /// @param seconds how long all of them ran
    /// @param held what was set aside for each; so much for each is the most
    public Money costTogether(UUID priceVersionId, int shots, int programs, double seconds, Money held) {
        PriceVersion price = versions.get(priceVersionId, prices::version);
        Money cost = price.cost(Math.multiplyExact(shots, programs), BigDecimal.valueOf(seconds));
        Money most = held.times(programs);
        return cost.compareTo(most) < 0 ? cost : most;
    }

    /// Queues at the teams' wallets, and at their budgets if there are any, and finds out which of the holds they
    /// cover, in
    /// order. Until the transaction ends nobody else can take what is covered here.
    public Coverage cover(Connection connection, List<Hold> holds) throws SQLException {
        Set<UUID> teams = new TreeSet<>();
        holds.forEach(hold -> teams.add(hold.teamId()));
        Map<UUID, Purse> purses = ledger.lock(connection, teams);
        boolean budgeted = purses.values().stream().anyMatch(Purse::budgeted);
        return Coverage.of(holds, purses, budgeted ? budgets.lock(connection, teams) : List.of());
    }

    /// Why a hold would be refused now, if it would. Nothing is set aside.
    @Transactional
    public Optional<HubException> refusal(Caller caller, Hold hold) {
        return database.asRequest(connection ->
                Optional.ofNullable(cover(connection, List.of(hold)).refusals().get(hold.reference())));
    }

    /// Posts the holds that have come through, all of them covered before in this transaction.
    public void hold(Connection connection, Coverage coverage, Set<UUID> references) throws SQLException {
        Pipeline pipeline = new Pipeline();
        hold(pipeline, coverage, references, List.of());
        pipeline.run(connection);
    }

    /// Posts the holds that have come through together with the work they are for, and with them what has become of
    /// those that are settled already.
    ///
    /// @param settled of work among the references
    public void hold(Pipeline pipeline, Coverage coverage, Set<UUID> references, List<Settlement> settled) {
        // a release gives back to the budgets what it finds taken from them
        budgets.take(pipeline, coverage.takings(references));
        Stream<Transfer> holds = coverage.holds().stream()
                .filter(hold -> references.contains(hold.reference()))
                .filter(hold -> hold.amount().isPositive())
                .map(hold -> new Transfer(
                        TransferKind.HOLD, hold.teamId(), hold.reference(), hold.amount(), hold.description()));
        ledger.post(pipeline, Stream.concat(holds, transfers(settled).stream()).toList());
    }

    /// Charges what the work costs and gives the rest of the hold back.
    public void settle(Connection connection, List<Settlement> settlements) throws SQLException {
        ledger.post(connection, transfers(settlements));
    }

    private static List<Transfer> transfers(List<Settlement> settlements) {
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
        return transfers;
    }
}
