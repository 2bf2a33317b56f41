package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds budgets.
@ApplicationScoped
public class BudgetRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    /// Budgets of a team, newest first, one more than asked for when there are more.
    ///
    /// @param teamId null for the budgets of the platform
    /// @param before the last id of the page before this one
    public List<Budget> list(@Nullable UUID teamId, @Nullable UUID before, int size) {
        var query = entities.createQuery(
                "select b from Budget b where " + (teamId == null ? "b.teamId is null" : "b.teamId = :team")
                        + (before == null ? "" : " and b.id < :before") + " order by b.id desc",
                Budget.class);
        if (teamId != null) {
            query.setParameter("team", teamId);
        }
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.setMaxResults(size + 1).getResultList();
    }

    public Optional<Budget> find(UUID id) {
        return Optional.ofNullable(entities.find(Budget.class, id));
    }
}
