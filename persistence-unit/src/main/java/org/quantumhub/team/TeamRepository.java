package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds teams and memberships, as far as row-level security shows them.
@ApplicationScoped
public class TeamRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public void add(Team team, TeamMember owner) {
        entities.persist(team);
        entities.flush(); // the membership refers to the team, and EclipseLink knows no such order without a relation
        entities.persist(owner);
        entities.flush();
    }

    public Optional<Team> find(UUID id) {
        return Optional.ofNullable(entities.find(Team.class, id));
    }

    public Optional<TeamMember> membership(UUID teamId, UUID userId) {
        return entities.createQuery(
                        "select m from TeamMember m where m.teamId = :team and m.userId = :user", TeamMember.class)
                .setParameter("team", teamId)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    /// The person's oldest team, for who has no default any more.
    public Optional<UUID> firstOf(UUID userId) {
        return entities.createQuery(
                        "select m.teamId from TeamMember m where m.userId = :user order by m.createdAt", UUID.class)
                .setParameter("user", userId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /// A team with what somebody is in it.
    public record Belonging(Team team, TeamRole role) {}

    /// One more than asked for when there are more.
    public List<Belonging> ofUser(UUID userId, @Nullable UUID after, int atMost) {
        var query = entities.createQuery(
                        "select t, m.role from Team t, TeamMember m where m.teamId = t.id and m.userId = :user"
                                + (after == null ? "" : " and t.id > :after") + " order by t.id",
                        Object[].class)
                .setParameter("user", userId)
                .setMaxResults(atMost + 1);
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.getResultStream()
                .map(row -> new Belonging((Team) row[0], (TeamRole) row[1]))
                .toList();
    }

    public long ownedBy(UUID userId) {
        return entities.createQuery(
                        "select count(m) from TeamMember m where m.userId = :user and m.role = org.quantumhub.team.TeamRole.OWNER",
                        Long.class)
                .setParameter("user", userId)
                .getSingleResult();
    }

    /// How many owners of the team are at work: their accounts are open.
    public long owners(UUID teamId) {
        return entities.createQuery(
                        "select count(m) from TeamMember m, User u where u.id = m.userId and u.active = true"
                                + " and m.teamId = :team and m.role = org.quantumhub.team.TeamRole.OWNER",
                        Long.class)
                .setParameter("team", teamId)
                .getSingleResult();
    }

    /// Every team that row-level security shows, oldest first, one more than asked for when there are more.
    ///
    /// @param part of the name or slug, in any case; null for all
    public List<Team> all(@Nullable String part, @Nullable Boolean suspended, @Nullable UUID after, int atMost) {
        StringBuilder text = new StringBuilder("select t from Team t where 1 = 1");
        if (part != null) {
            text.append(" and (locate(:part, lower(t.name)) > 0 or locate(:part, t.slug) > 0)");
        }
        if (suspended != null) {
            text.append(suspended ? " and t.suspendedAt is not null" : " and t.suspendedAt is null");
        }
        if (after != null) {
            text.append(" and t.id > :after");
        }
        var query = entities.createQuery(text.append(" order by t.id").toString(), Team.class)
                .setMaxResults(atMost + 1);
        if (part != null) {
            query.setParameter("part", part.toLowerCase(Locale.ROOT));
        }
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.getResultList();
    }

    /// Waits for whoever else changes the team, and keeps it until the transaction ends.
    public void lock(UUID teamId) {
        entities.createNativeQuery("select 1 from hub.teams where id = ?1 for no key update")
                .setParameter(1, teamId)
                .getResultList();
    }

    public void add(TeamMember member) {
        entities.persist(member);
        entities.flush();
    }

    public void remove(TeamMember member) {
        entities.remove(member);
        entities.flush();
    }

    /// A member with what the team knows the person by.
    public record Colleague(
            TeamMember member,
            String username,
            String email,
            @Nullable String fullName) {}

    private static final String COLLEAGUES =
            "select m, u.username, u.email, u.fullName from TeamMember m, User u where u.id = m.userId and m.teamId = :team";

    /// In the order of the people's ids, one more than asked for when there are more.
    public List<Colleague> members(UUID teamId, @Nullable UUID after, int atMost) {
        var query = entities.createQuery(
                        COLLEAGUES + (after == null ? "" : " and m.userId > :after") + " order by m.userId",
                        Object[].class)
                .setParameter("team", teamId)
                .setMaxResults(atMost + 1);
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.getResultStream().map(TeamRepository::colleague).toList();
    }

    public Optional<Colleague> member(UUID teamId, UUID userId) {
        return entities.createQuery(COLLEAGUES + " and m.userId = :user", Object[].class)
                .setParameter("team", teamId)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst()
                .map(TeamRepository::colleague);
    }

    public boolean hasAddress(UUID teamId, String email) {
        return !entities.createQuery(COLLEAGUES + " and u.email = :email", Object[].class)
                .setParameter("team", teamId)
                .setParameter("email", email)
                .getResultList()
                .isEmpty();
    }

    private static Colleague colleague(@Nullable Object[] row) {
        return new Colleague(
                (TeamMember) Objects.requireNonNull(row[0]), String.valueOf(row[1]), String.valueOf(row[2]), (String)
                        row[3]);
    }
}
