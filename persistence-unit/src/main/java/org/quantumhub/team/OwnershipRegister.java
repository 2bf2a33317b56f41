package org.quantumhub.team;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What would become of teams if a person went, as the background role sees it.
@ApplicationScoped
public class OwnershipRegister {

    private static final String MEMBERSHIPS = """
            select t.id, t.name,
                   m.role = 'OWNER'
                   and exists (select from hub.team_members o join hub.users u on u.id = o.user_id
                                where o.team_id = m.team_id and o.user_id <> m.user_id and u.is_active)
                   and not exists (select from hub.team_members o join hub.users u on u.id = o.user_id
                                    where o.team_id = m.team_id and o.user_id <> m.user_id and u.is_active and o.role = 'OWNER')
              from hub.team_members m
              join hub.teams t on t.id = m.team_id
             where m.user_id = ?
             order by t.id
            """;

    /// A team of the person.
    ///
    /// @param indispensable whether the person is its only owner at work while others are at work in it
    public record Membership(UUID teamId, String teamName, boolean indispensable) {}

    public List<Membership> of(Connection connection, UUID person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MEMBERSHIPS)) {
            statement.setObject(1, person);
            try (ResultSet rows = statement.executeQuery()) {
                List<Membership> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(new Membership(rows.getObject(1, UUID.class), rows.getString(2), rows.getBoolean(3)));
                }
                return all;
            }
        }
    }
}
