package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds invitation codes: administrators see all, everybody the one whose hash is presented.
@ApplicationScoped
public class InvitationCodeRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(InvitationCode code) {
        entities.persist(code);
        entities.flush();
    }

    public Optional<InvitationCode> find(UUID id) {
        return Optional.ofNullable(entities.find(InvitationCode.class, id));
    }

    /// Takes one use of a code, if there is one left.
    ///
    /// @return whether somebody may come in
    public boolean use(byte[] hash, Instant now) {
        return entities.createQuery("update InvitationCode c set c.usedCount = c.usedCount + 1"
                                + " where c.codeHash = :hash and c.usedCount < c.maxUses and c.revokedAt is null"
                                + " and (c.expiresAt is null or c.expiresAt > :now)")
                        .setParameter("hash", hash)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /// Newest first, one more than asked for when there are more.
    public List<InvitationCode> all(@Nullable UUID before, int atMost) {
        var query = entities.createQuery(
                        "select c from InvitationCode c" + (before == null ? "" : " where c.id < :before")
                                + " order by c.id desc",
                        InvitationCode.class)
                .setMaxResults(atMost + 1);
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.getResultList();
    }
}
