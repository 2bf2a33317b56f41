package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds API keys. Row-level security shows only the caller's own, or the one whose prefix is presented.
@ApplicationScoped
public class ApiKeyRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(ApiKey key) {
        entities.persist(key);
        entities.flush();
    }

    public Optional<ApiKey> find(UUID id) {
        return Optional.ofNullable(entities.find(ApiKey.class, id));
    }

    public Optional<ApiKey> findByPrefix(String prefix) {
        return entities.createQuery("select k from ApiKey k where k.prefix = :prefix", ApiKey.class)
                .setParameter("prefix", prefix)
                .getResultStream()
                .findFirst();
    }

    /// All keys of a person that are active.
    public List<ApiKey> active(UUID userId) {
        return entities.createQuery(
                        "select k from ApiKey k where k.userId = :user and k.status = :active", ApiKey.class)
                .setParameter("user", userId)
                .setParameter("active", ApiKeyStatus.ACTIVE)
                .getResultList();
    }

    /// Keys of a person, newest first, one more than asked for when there are more.
    public List<ApiKey> of(UUID userId, @Nullable UUID before, int atMost) {
        String newestFirst = "select k from ApiKey k where k.userId = :user"
                + (before == null ? "" : " and k.id < :before")
                + " order by k.id desc";
        var query = entities.createQuery(newestFirst, ApiKey.class)
                .setParameter("user", userId)
                .setMaxResults(atMost + 1);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.getResultList();
    }
}
