package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Finds and keeps billing details.
@ApplicationScoped
public class BillingProfileRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    @Inject
    Clock clock;

    public Optional<BillingProfile> find(UUID teamId) {
        return Optional.ofNullable(entities.find(BillingProfile.class, teamId));
    }

    /// Keeps these details, whether or not there were others.
    public BillingProfile put(UUID teamId, BillingProfile.Details details) {
        Optional<BillingProfile> known = find(teamId);
        if (known.isPresent()) {
            known.get().describe(details, clock.instant());
            return known.get();
        }
        BillingProfile profile = new BillingProfile(teamId, details, clock.instant());
        entities.persist(profile);
        return profile;
    }
}
