package org.quantumhub.team.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.PreparedStatement;
import java.util.UUID;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.service.EnterpriseTeams.Place;

/// Memberships that follow from groups, as the background role of the database: no request may put anybody into a team
/// it does not act for.
@ApplicationScoped
public class EnterpriseMemberships {

    private static final String JOIN = """
            insert into hub.team_members as m (team_id, user_id, role)
            select t.id, ?, ? from hub.teams t where t.slug = ? and not t.personal
            on conflict (team_id, user_id) do update set role = excluded.role
             where m.role <> 'OWNER' and m.role <> excluded.role""";

    private static final String LEAVE = "delete from hub.team_members m using hub.teams t"
            + " where t.id = m.team_id and t.slug = ? and m.user_id = ? and m.role = ?";

    @Inject
    Database database;

    @Transactional(TxType.REQUIRES_NEW)
    void take(UUID userId, Place place, boolean belongs) {
        database.asBackground(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(belongs ? JOIN : LEAVE)) {
                statement.setObject(belongs ? 1 : 2, userId);
                statement.setString(belongs ? 2 : 3, place.role().name());
                statement.setString(belongs ? 3 : 1, place.slug());
                return statement.executeUpdate();
            }
        });
    }
}
