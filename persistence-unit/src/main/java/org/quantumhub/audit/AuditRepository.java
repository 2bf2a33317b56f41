package org.quantumhub.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds entries, as far as row-level security shows them.
@ApplicationScoped
public class AuditRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    /// Newest first, one more than asked for when there are more.
    public List<AuditEntry> find(AuditFilter filter, int atMost) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("select e from AuditEntry e where 1 = 1");
        add(text, values, " and e.teamId = :team", "team", filter.teamId());
        add(text, values, " and e.actor = :actor", "actor", filter.actor());
        add(text, values, " and e.entity = :entity", "entity", filter.entity());
        add(text, values, " and e.entityId = :row", "row", filter.entityId());
        add(text, values, " and e.action = :action", "action", filter.action());
        add(text, values, " and e.occurredAt >= :from", "from", filter.from());
        add(text, values, " and e.occurredAt < :to", "to", filter.to());
        add(text, values, " and e.id < :before", "before", filter.before());
        TypedQuery<AuditEntry> query = entities.createQuery(
                        text.append(" order by e.id desc").toString(), AuditEntry.class)
                .setMaxResults(atMost + 1);
        values.forEach(query::setParameter);
        return query.getResultList();
    }

    private static void add(
            StringBuilder text, Map<String, Object> values, String condition, String name, @Nullable Object value) {
        if (value != null) {
            text.append(condition);
            values.put(name, value);
        }
    }
}
