package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds invitations: those of the acting team, or the one whose token is shown.
@ApplicationScoped
public class InvitationRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(Invitation invitation) {
        entities.persist(invitation);
        entities.flush();
    }

    public Optional<Invitation> find(UUID id) {
        return Optional.ofNullable(entities.find(Invitation.class, id));
    }

    public Optional<Invitation> findByToken(byte[] hash) {
        return entities.createQuery("select i from Invitation i where i.tokenHash = :hash", Invitation.class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst();
    }

    /// The invitation of an address that nobody has accepted or taken back, whether or not its time is over.
    public Optional<Invitation> pending(UUID teamId, String email) {
        return entities.createQuery(
                        "select i from Invitation i where i.teamId = :team and i.email = :email"
                                + " and i.status = org.quantumhub.team.InvitationStatus.PENDING",
                        Invitation.class)
                .setParameter("team", teamId)
                .setParameter("email", email)
                .getResultStream()
                .findFirst();
    }

    /// Writes what was changed so far: the next invitation of an address must find the earlier one closed.
    public void write() {
        entities.flush();
    }

    /// Reads an invitation again.
    public void refresh(Invitation invitation) {
        entities.refresh(invitation);
    }

    public long countSince(UUID teamId, Instant since) {
        return entities.createQuery(
                        "select count(i) from Invitation i where i.teamId = :team and i.createdAt > :since", Long.class)
                .setParameter("team", teamId)
                .setParameter("since", since)
                .getSingleResult();
    }

    /// Newest first, one more than asked for when there are more.
    public List<Invitation> of(UUID teamId, @Nullable UUID before, int atMost) {
        var query = entities.createQuery(
                        "select i from Invitation i where i.teamId = :team"
                                + (before == null ? "" : " and i.id < :before") + " order by i.id desc",
                        Invitation.class)
                .setParameter("team", teamId)
                .setMaxResults(atMost + 1);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.getResultList();
    }
}
