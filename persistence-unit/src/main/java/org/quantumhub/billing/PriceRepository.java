package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds prices.
@ApplicationScoped
public class PriceRepository {

    private static final String IN_FORCE = "select p from PriceVersion p where p.subjectKind = 'BACKEND'"
            + " and p.subject = :slug and p.plan = 'STANDARD' and p.validFrom <= current_timestamp"
            + " and (p.validTo is null or p.validTo > current_timestamp)";

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    /// The standard price of a backend that is in force now, by the database's clock; of several currencies the first.
    public Optional<PriceVersion> ofBackend(String slug) {
        return entities.createQuery(IN_FORCE + " order by p.currency", PriceVersion.class)
                .setParameter("slug", slug)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /// The standard price of a backend in this currency that is in force now, by the database's clock.
    public Optional<PriceVersion> ofBackend(String slug, String currency) {
        return entities.createQuery(IN_FORCE + " and p.currency = :currency", PriceVersion.class)
                .setParameter("slug", slug)
                .setParameter("currency", currency)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    public Optional<PriceVersion> find(UUID id) {
        return Optional.ofNullable(entities.find(PriceVersion.class, id));
    }

    /// The versions of a backend's price, newest first, past and planned ones too.
    ///
    /// @param before the start of the last version of the page before
    public List<PriceVersion> history(String slug, @Nullable Instant before, int atMost) {
        var query = entities.createQuery(
                        "select p from PriceVersion p where p.subjectKind = 'BACKEND' and p.subject = :slug"
                                + (before == null ? "" : " and p.validFrom < :before")
                                + " order by p.validFrom desc, p.currency",
                        PriceVersion.class)
                .setParameter("slug", slug);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.setMaxResults(atMost).getResultList();
    }
}
