package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/// Finds prices.
@ApplicationScoped
public class PriceRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    /// The standard price of a backend that is in force now, by the database's clock.
    public Optional<PriceVersion> ofBackend(String slug) {
        return entities.createQuery(
                        "select p from PriceVersion p where p.subjectKind = 'BACKEND' and p.subject = :slug"
                                + " and p.plan = 'STANDARD' and p.validFrom <= current_timestamp"
                                + " and (p.validTo is null or p.validTo > current_timestamp) order by p.validFrom desc",
                        PriceVersion.class)
                .setParameter("slug", slug)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
