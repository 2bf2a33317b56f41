package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;

/// Finds profiles. Row-level security shows the caller's own; to an administrator at work, all.
@ApplicationScoped
public class UserProfileRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(UserProfile profile) {
        entities.persist(profile);
    }

    public Optional<UserProfile> find(UUID userId) {
        return Optional.ofNullable(entities.find(UserProfile.class, userId));
    }
}
