package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

    public List<Team> ofUser(UUID userId) {
        return entities.createQuery(
                        "select t from Team t, TeamMember m where m.teamId = t.id and m.userId = :user order by t.id",
                        Team.class)
                .setParameter("user", userId)
                .getResultList();
    }
}
