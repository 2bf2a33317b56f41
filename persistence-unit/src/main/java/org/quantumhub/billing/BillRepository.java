package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds bills, their lines and payments, as far as row-level security shows them.
@ApplicationScoped
public class BillRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public Optional<Bill> find(UUID id) {
        return Optional.ofNullable(entities.find(Bill.class, id));
    }

    /// Bills of a team, newest period first, one more than asked for when there are more.
    public List<Bill> list(UUID teamId, @Nullable BillStatus status, @Nullable UUID before, int size) {
        TypedQuery<Bill> query = entities.createQuery(
                "select b from Bill b where b.teamId = :team"
                        + (status == null ? "" : " and b.paymentStatus = :status")
                        + (before == null ? "" : " and b.id < :before") + " order by b.id desc",
                Bill.class);
        query.setParameter("team", teamId);
        if (status != null) {
            query.setParameter("status", status);
        }
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.setMaxResults(size + 1).getResultList();
    }

    public List<BillItem> items(UUID billId) {
        return entities.createQuery(
                        "select i from BillItem i where i.billId = :bill order by i.position", BillItem.class)
                .setParameter("bill", billId)
                .getResultList();
    }

    public List<Payment> payments(UUID billId) {
        return entities.createQuery("select p from Payment p where p.billId = :bill order by p.id", Payment.class)
                .setParameter("bill", billId)
                .getResultList();
    }
}
