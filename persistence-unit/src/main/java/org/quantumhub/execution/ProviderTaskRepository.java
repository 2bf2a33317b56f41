package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;

/// Finds tasks at providers, as far as row-level security shows them.
@ApplicationScoped
public class ProviderTaskRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public Optional<ProviderTask> ofJob(UUID jobId) {
        return entities.createQuery("select t from ProviderTask t where t.jobId = :job", ProviderTask.class)
                .setParameter("job", jobId)
                .getResultStream()
                .findFirst();
    }
}
