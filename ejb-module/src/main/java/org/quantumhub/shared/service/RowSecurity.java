package org.quantumhub.shared.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Tells the database for whom the running transaction acts. What is told dies with the transaction; a transaction that
/// tells nothing sees no row of anybody.
@ApplicationScoped
public class RowSecurity {

    @Inject
    Database database;

    /// The usual case; [RowSecurityInterceptor] does it for every transactional method that takes a [Caller].
    public void actFor(Caller caller) {
        String roles = String.join(",", caller.roles());
        database.asRequest(
                c -> tell(c, caller.teamId().toString(), caller.userId().toString(), "", "", roles));
    }

    /// A person who is entering a team, or making one.
    public void actFor(UUID userId, UUID teamId) {
        database.asRequest(c -> tell(c, teamId.toString(), userId.toString(), "", "", ""));
    }

    /// A person whose team is not known yet.
    public void actFor(UUID userId) {
        database.asRequest(c -> tell(c, "", userId.toString(), "", "", ""));
    }

    /// A group of requests that are written together, each checked against the others' teams no more than its own.
    public void actForTeams(Connection connection, Collection<UUID> teams) throws SQLException {
        tell(connection, teams.stream().map(UUID::toString).collect(Collectors.joining(",")), "", "", "", "");
    }

    /// Somebody who wants to sign in: only the account of that name becomes visible.
    public void presentLogin(String login) {
        database.asRequest(c -> tell(c, "", "", login, "", ""));
    }

    /// Somebody who shows an API key: only the key of that prefix becomes visible.
    public void presentKey(String prefix) {
        database.asRequest(c -> tell(c, "", "", "", prefix, ""));
    }

    /// Somebody who shows a one-time token: only the one of that hash becomes visible. Beside whom the transaction acts
    /// for.
    public void presentToken(byte[] hash) {
        set("hub.token", HexFormat.of().formatHex(hash));
    }

    /// An administrator who looks after the accounts of others: all accounts become visible, and what belongs to them.
    /// Their rows of teams do not. Beside whom the transaction acts for.
    ///
    /// @param role the platform role that the caller must have
    /// @throws HubException `FORBIDDEN` without it
    public void administer(Caller caller, String role) {
        if (!caller.has(role)) {
            throw new HubException(ProblemCode.FORBIDDEN, "Your roles do not allow this.");
        }
        set("hub.administrator", "true");
    }

    /// Besides what is visible already: the invitation, or the invitation code, with this hash.
    public void presentInvitation(byte[] hash) {
        set("hub.invitation", HexFormat.of().formatHex(hash));
    }

    private void set(String setting, String value) {
        database.asRequest(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, true)")) {
                statement.setString(1, setting);
                statement.setString(2, value);
                return statement.execute();
            }
        });
    }

    /// Everything is said each time, so that nothing of an earlier role in the same transaction is left. Where the
    /// request comes from is for the audit log.
    private static boolean tell(
            Connection connection, String teams, String user, String login, String key, String roles)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select set_config('hub.team', ?, true), set_config('hub.user', ?, true),"
                        + " set_config('hub.login', ?, true), set_config('hub.key', ?, true),"
                        + " set_config('hub.roles', ?, true), set_config('hub.request', ?, true),"
                        + " set_config('hub.address', ?, true)")) {
            statement.setString(1, teams);
            statement.setString(2, user);
            statement.setString(3, login);
            statement.setString(4, key);
            statement.setString(5, roles);
            statement.setString(6, Origin.requestId());
            statement.setString(7, Origin.address());
            return statement.execute();
        }
    }
}
