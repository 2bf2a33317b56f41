package org.quantumhub.shared;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.metamodel.EntityType;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quantumhub.account.ApiKey;
import org.quantumhub.account.PlatformRole;
import org.quantumhub.account.User;
import org.quantumhub.shared.TestDatabase.Tenant;
import org.quantumhub.team.Team;
import org.quantumhub.team.TeamMember;
import org.quantumhub.team.TeamRole;

class MappingTest {

    static Stream<Class<?>> entities() {
        return TestEntities.factory().getMetamodel().getEntities().stream().map(EntityType::getJavaType);
    }

    @Test
    void opens() {
        assertThat(entities()).isNotEmpty();
        Tenant t;
        try {
            t = TestDatabase.hub().tenant("1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        UUID id = Ids.next();
        UUID team = Ids.next();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Tenant n = new Tenant(id, team, "x");
        TestEntities.inTransaction(n, em -> {
            User u = new User(
                    id,
                    "Max" + id,
                    "Max" + id + "@x.org",
                    null,
                    "h",
                    EnumSet.of(PlatformRole.CONSUMER, PlatformRole.ADMIN),
                    now);
            em.persist(u);
            em.flush();
            em.persist(Team.personalOf("max" + id, team, "USD", now));
            em.flush();
            em.persist(new TeamMember(team, id, TeamRole.OWNER, now));
            em.flush();
            u.choose(team, now);
            em.persist(
                    new ApiKey(Ids.next(), id, team, "n", "p" + id.toString().substring(20), new byte[32], null, now));
        });
        TestEntities.inTransaction(n, em -> {
            User u = Objects.requireNonNull(em.find(User.class, id));
            System.out.println(u.roles() + " " + u.createdAt() + now + u.defaultTeamId());
            System.out.println(em.find(TeamMember.class, new TeamMember.Key(team, id)));
            for (Class<?> c : entities().toList()) {
                System.out.println(c + " "
                        + em.createQuery("select e from " + c.getSimpleName() + " e")
                                .getResultList());
            }
        });
    }
}
