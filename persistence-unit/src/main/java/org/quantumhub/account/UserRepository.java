package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds accounts. Row-level security shows only the caller's own row, or the one whose login is
/// presented; to an administrator at work, all.
@ApplicationScoped
public class UserRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(User user) {
        entities.persist(user);
        entities.flush();
    }

    public Optional<User> find(UUID id) {
        return Optional.ofNullable(entities.find(User.class, id));
    }

    /// Finds an account for a change that others may want at the same moment.
    public Optional<User> lock(UUID id) {
        return Optional.ofNullable(entities.find(User.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /// Writes what has changed so far, so that what the database refuses is refused here.
    public void flush() {
        entities.flush();
    }

    /// Accounts in the order of their making, newest first, for administrators; one more than asked for when there are
    /// more.
    ///
    /// @param text part of a user name, e-mail address or full name, normalised
    public List<User> search(
            @Nullable String text,
            @Nullable PlatformRole role,
            @Nullable Boolean active,
            @Nullable UUID before,
            int atMost) {
        StringBuilder query = new StringBuilder("select u from User u where 1 = 1");
        if (text != null) {
            query.append(" and (u.username like :text escape '!' or u.email like :text escape '!'"
                    + " or lower(u.fullName) like :text escape '!')");
        }
        if (role != null) {
            query.append(" and :role member of u.roles");
        }
        if (active != null) {
            query.append(" and u.active = :active");
        }
        if (before != null) {
            query.append(" and u.id < :before");
        }
        var users = entities.createQuery(query.append(" order by u.id desc").toString(), User.class)
                .setMaxResults(atMost + 1);
        if (text != null) {
            users.setParameter("text", "%" + text.replaceAll("[!%_]", "!$0") + "%");
        }
        if (role != null) {
            users.setParameter("role", role);
        }
        if (active != null) {
            users.setParameter("active", active);
        }
        if (before != null) {
            users.setParameter("before", before);
        }
        return users.getResultList();
    }

    /// @param login an e-mail address or user name, normalised
    public Optional<User> findByLogin(String login) {
        return entities.createQuery("select u from User u where u.email = :login or u.username = :login", User.class)
                .setParameter("login", login)
                .getResultStream()
                .findFirst();
    }
}
