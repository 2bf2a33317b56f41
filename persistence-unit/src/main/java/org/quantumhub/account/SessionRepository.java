package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds sessions. Row-level security shows only the caller's own.
@ApplicationScoped
public class SessionRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(Session session) {
        entities.persist(session);
        entities.flush();
    }

    public Optional<Session> find(UUID id) {
        return Optional.ofNullable(entities.find(Session.class, id));
    }

    /// Finds a session for a change: two who refresh it at the same moment come one after the other.
    public Optional<Session> lock(UUID id) {
        return Optional.ofNullable(entities.find(Session.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /// Open sessions of a person, newest first, one more than asked for when there are more.
    public List<Session> open(UUID userId, Instant now, @Nullable UUID before, int atMost) {
        String newestFirst = "select s from Session s where s.userId = :user and s.active = true and s.expiresAt > :now"
                + (before == null ? "" : " and s.id < :before")
                + " order by s.id desc";
        var query = entities.createQuery(newestFirst, Session.class)
                .setParameter("user", userId)
                .setParameter("now", now)
                .setMaxResults(atMost + 1);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.getResultList();
    }

    /// All sessions of a person that have not ended.
    public List<Session> active(UUID userId) {
        return entities.createQuery("select s from Session s where s.userId = :user and s.active = true", Session.class)
                .setParameter("user", userId)
                .getResultList();
    }
}
