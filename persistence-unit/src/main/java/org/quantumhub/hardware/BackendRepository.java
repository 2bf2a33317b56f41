package org.quantumhub.hardware;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/// Finds backends. The catalogue is the same for everybody.
@ApplicationScoped
public class BackendRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public List<Backend> all() {
        return entities.createQuery("select b from Backend b order by b.displayOrder, b.slug", Backend.class)
                .getResultList();
    }

    public Optional<Backend> find(String slug) {
        return entities.createQuery("select b from Backend b where b.slug = :slug", Backend.class)
                .setParameter("slug", slug)
                .getResultStream()
                .findFirst();
    }
}
