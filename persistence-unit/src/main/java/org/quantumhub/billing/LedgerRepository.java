package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds transfers, as far as row-level security shows them.
@ApplicationScoped
public class LedgerRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    /// Which transfers of a team to list.
    ///
    /// @param from inclusive
    /// @param to exclusive
    /// @param before the last id of the page before this one
    /// @param size how many
    public record Filter(
            @Nullable TransferKind kind,
            @Nullable UUID reference,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before,
            int size) {}

    /// Transfers of a team, newest first, one more than asked for when there are more.
    public List<LedgerTransfer> list(UUID teamId, Filter filter) {
        List<String> conditions = new ArrayList<>(List.of("t.teamId = :team"));
        Map<String, Object> values = new LinkedHashMap<>(Map.of("team", teamId));
        when(filter.kind(), "t.kind = :kind", "kind", conditions, values);
        when(filter.reference(), "t.reference = :reference", "reference", conditions, values);
        when(filter.from(), "t.createdAt >= :from", "from", conditions, values);
        when(filter.to(), "t.createdAt < :to", "to", conditions, values);
        when(filter.before(), "t.id < :before", "before", conditions, values);
        TypedQuery<LedgerTransfer> query = entities.createQuery(
                "select t from LedgerTransfer t where " + String.join(" and ", conditions) + " order by t.id desc",
                LedgerTransfer.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(filter.size() + 1).getResultList();
    }

    private static void when(
            @Nullable Object value,
            String condition,
            String name,
            List<String> conditions,
            Map<String, Object> values) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }
}
