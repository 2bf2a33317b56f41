package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Ledger;
import org.quantumhub.billing.PriceComponents;
import org.quantumhub.billing.PriceLists;
import org.quantumhub.billing.PriceLists.Added;
import org.quantumhub.billing.PriceRepository;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// The price lists of backends, version by version.
@ApplicationScoped
public class Prices {

    @Inject
    PriceRepository repository;

    @Inject
    PriceLists lists;

    @Inject
    Ledger ledger;

    @Inject
    Database database;

    /// @throws HubException `BACKEND_UNAVAILABLE` when the backend has no price in this currency
    @Transactional
    public PriceVersion inForce(String backend, @Nullable String currency) {
        return (currency == null ? repository.ofBackend(backend) : repository.ofBackend(backend, currency))
                .orElseThrow(() -> new HubException(
                        ProblemCode.BACKEND_UNAVAILABLE,
                        "The backend '" + backend + "' has no price"
                                + (currency == null ? "." : " in " + currency + ".")));
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional(TxType.REQUIRES_NEW)
    public PriceVersion version(UUID id) {
        return repository
                .find(id)
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such price version."));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public String currencyOf(UUID teamId) {
        return database.asBackground(connection -> ledger.currency(connection, teamId))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "The team has no wallet."));
    }

    @Transactional
    public List<PriceVersion> history(String backend, @Nullable Instant before, int size) {
        return repository.history(backend, before, size + 1);
    }

    /// Announces the next version of a backend's price.
    ///
    /// @param from when it begins; as soon as all servers know, if null
    /// @return its id
    /// @throws HubException `INVALID_FIELD` when it would begin too soon, `PRICE_PLANNED` when a later one is planned
    @Transactional
    public UUID announce(String backend, PriceComponents components, String currency, @Nullable Instant from) {
        Added added = database.asBackground(connection -> lists.add(connection, backend, components, currency, from));
        return switch (added) {
            case Added.Version version -> version.id();
            case Added.TooSoon tooSoon ->
                throw new HubException(
                                ProblemCode.INVALID_FIELD,
                                "A price begins " + PriceLists.NOTICE_SECONDS + " seconds from now at the earliest.")
                        .with("field", "validFrom");
            case Added.NotTheLast last ->
                throw new HubException(
                                ProblemCode.PRICE_PLANNED,
                                "A version that begins at " + last.begins() + " is planned already.")
                        .with("validFrom", last.begins());
        };
    }
}
