package org.quantumhub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;

/// Finds accounts. Row-level security shows only the caller's own row, or the one whose login is presented.
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

    /// @param login an e-mail address or user name, normalised
    public Optional<User> findByLogin(String login) {
        return entities.createQuery("select u from User u where u.email = :login or u.username = :login", User.class)
                .setParameter("login", login)
                .getResultStream()
                .findFirst();
    }
}
