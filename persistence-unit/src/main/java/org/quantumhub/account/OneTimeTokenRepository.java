package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds one-time tokens. Row-level security shows a person's own, or the one that is presented.
@ApplicationScoped
public class OneTimeTokenRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(OneTimeToken token) {
        entities.persist(token);
        entities.flush();
    }

    public Optional<OneTimeToken> findByHash(byte[] hash) {
        return entities.createQuery("select t from OneTimeToken t where t.hash = :hash", OneTimeToken.class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst();
    }

    /// The same for a use: two who show it at the same moment come one after the other.
    public Optional<OneTimeToken> lockByHash(byte[] hash) {
        return entities.createQuery("select t from OneTimeToken t where t.hash = :hash", OneTimeToken.class)
                .setParameter("hash", hash)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /// What a person could still use for a purpose.
    public List<OneTimeToken> open(UUID userId, TokenPurpose purpose, Instant now) {
        return entities.createQuery(
                        "select t from OneTimeToken t where t.userId = :user and t.purpose = :purpose"
                                + " and t.usedAt is null and t.expiresAt > :now",
                        OneTimeToken.class)
                .setParameter("user", userId)
                .setParameter("purpose", purpose)
                .setParameter("now", now)
                .getResultList();
    }
}
