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

    /// The task that was ordered for a job, by itself or with others.
    public Optional<ProviderTask> ofJob(UUID jobId) {
        return tasks("select t.* from hub.provider_tasks t where t.job_id = cast(?1 as uuid)", jobId)
                .or(() -> tasks(
                        "select t.* from hub.provider_tasks t where cardinality(t.set_jobs) > 0"
                                + " and t.set_jobs @> cast('{' || ?1 || '}' as uuid[])",
                        jobId));
    }

    @SuppressWarnings("unchecked") // the entity is named
    private Optional<ProviderTask> tasks(String sql, UUID jobId) {
        return entities.createNativeQuery(sql, ProviderTask.class)
                .setParameter(1, jobId.toString())
                .getResultStream()
                .findFirst();
    }
}
