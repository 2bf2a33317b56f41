package org.quantumhub.hardware;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Reads and writes the lists of backends that teams may use.
@ApplicationScoped
public class DeviceAccessRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public Set<String> of(UUID teamId) {
        Set<String> slugs = new TreeSet<>();
        for (Object slug : entities.createNativeQuery("select backend_slug from hub.team_backends where team_id = ?1")
                .setParameter(1, teamId)
                .getResultList()) {
            slugs.add(String.valueOf(slug));
        }
        return slugs;
    }

    public void replace(UUID teamId, Collection<String> slugs) {
        entities.createNativeQuery("delete from hub.team_backends where team_id = ?1")
                .setParameter(1, teamId)
                .executeUpdate();
        for (String slug : slugs) {
            entities.createNativeQuery("insert into hub.team_backends (team_id, backend_slug) values (?1, ?2)")
                    .setParameter(1, teamId)
                    .setParameter(2, slug)
                    .executeUpdate();
        }
    }
}
