package org.quantumhub.hardware;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds backends, what was measured of them and when they rest. The catalogue is the same for everybody.
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

    /// The provider's own document about a backend, which can be large: nothing else reads it along.
    public Optional<String> capabilities(String slug) {
        return entities.createQuery(
                        "select b.capabilities from Backend b where b.slug = :slug and b.capabilities is not null",
                        String.class)
                .setParameter("slug", slug)
                .getResultStream()
                .findFirst();
    }

    public List<Provider> providers() {
        return entities.createQuery("select p from Provider p order by p.slug", Provider.class)
                .getResultList();
    }

    /// The calibration that was valid at a moment.
    public Optional<BackendCalibration> calibration(UUID backendId, Instant at) {
        return entities.createQuery(
                        "select c from BackendCalibration c where c.backendId = :backend and c.validFrom <= :at"
                                + " order by c.validFrom desc",
                        BackendCalibration.class)
                .setParameter("backend", backendId)
                .setParameter("at", at)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    public Optional<BackendCalibration> calibration(UUID id) {
        return Optional.ofNullable(entities.find(BackendCalibration.class, id));
    }

    /// Calibrations that began before a moment, newest first.
    public List<BackendCalibration> calibrations(UUID backendId, Instant before, int atMost) {
        return entities.createQuery(
                        "select c from BackendCalibration c where c.backendId = :backend and c.validFrom < :before"
                                + " order by c.validFrom desc",
                        BackendCalibration.class)
                .setParameter("backend", backendId)
                .setParameter("before", before)
                .setMaxResults(atMost)
                .getResultList();
    }

    /// Maintenances that go on or are to come, of every backend.
    public List<BackendMaintenance> maintenances(Instant now) {
        return entities.createQuery(
                        "select m from BackendMaintenance m where m.endsAt > :now and m.cancelledAt is null"
                                + " order by m.startsAt, m.id",
                        BackendMaintenance.class)
                .setParameter("now", now)
                .getResultList();
    }

    public Optional<BackendMaintenance> maintenance(UUID id) {
        return Optional.ofNullable(entities.find(BackendMaintenance.class, id));
    }

    public void add(BackendMaintenance maintenance) {
        entities.persist(maintenance);
    }
}
