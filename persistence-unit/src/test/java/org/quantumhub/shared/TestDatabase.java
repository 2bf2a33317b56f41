package org.quantumhub.shared;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.quantumhub.launch.DatabaseAddress;
import org.quantumhub.launch.DatabaseRoles;
import org.quantumhub.launch.EmbeddedDatabase;
import org.quantumhub.launch.Migrations;
import org.quantumhub.launch.Steps;

/// The database of this test run: a real PostgreSQL with the hub's roles and schema, started once for all tests.
///
/// Connections are kept and handed out again, as a server's pool does, so that whatever a transaction leaves behind
/// on its connection is met by the next one.
public final class TestDatabase {

    /// Who enters.
    public enum Role {
        OWNER(DatabaseRoles.OWNER),
        APP(DatabaseRoles.APP),
        WORKER(DatabaseRoles.WORKER),
        READER(DatabaseRoles.READER),
        SUPERUSER(EmbeddedDatabase.SUPERUSER);

        private final String user;

        Role(String user) {
            this.user = user;
        }

        public String user() {
            return user;
        }
    }

    /// Work on a connection inside a transaction, with a result.
    @FunctionalInterface
    public interface Question<T extends @Nullable Object> {
        T ask(Connection connection) throws SQLException;
    }

    /// Work on a connection inside a transaction.
    @FunctionalInterface
    public interface Work {
        void on(Connection connection) throws SQLException;
    }

    /// A person with the team that pays.
    public record Tenant(UUID user, UUID team, String login) {}

    private static final class Running {
        private static final TestDatabase HUB = start();
    }

    private final EmbeddedDatabase server;
    private final DatabaseRoles roles;
    private final DatabaseAddress hub;
    private final Map<Role, Deque<Connection>> idle = new EnumMap<>(Role.class);

    private TestDatabase(EmbeddedDatabase server, DatabaseRoles roles, DatabaseAddress hub) {
        this.server = server;
        this.roles = roles;
        this.hub = hub;
        for (Role role : Role.values()) {
            idle.put(role, new ConcurrentLinkedDeque<>());
        }
    }

    public static TestDatabase hub() {
        return Running.HUB;
    }

    private static TestDatabase start() {
        EmbeddedDatabase server =
                EmbeddedDatabase.start(Path.of("target", "test-database").toAbsolutePath(), 0, Steps.unseen());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop of the test database"));
        DatabaseRoles roles = DatabaseRoles.with(server.secrets(), Map.of());
        // programs and cluster of an earlier run are kept, its data is not
        execute(server, server.address(), "drop database if exists hub with (force)");
        DatabaseAddress hub = roles.createOn(server.address(), Role.SUPERUSER.user(), server.superuserPassword());
        // no test crashes the server, and waiting for the disk at each commit would only slow them down
        execute(server, server.address(), "alter database hub set synchronous_commit = off");
        new Migrations(hub, roles, Migrations.CHANGELOG).update();
        return new TestDatabase(server, roles, hub);
    }

    private static void execute(EmbeddedDatabase server, DatabaseAddress address, String sql) {
        try (Connection connection = address.connect(Role.SUPERUSER.user(), server.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// A database of its own in the same server, with roles and schemas but without tables.
    public DatabaseAddress emptyDatabase(String name) {
        DatabaseAddress address = server.address().named(name);
        execute(server, server.address(), "drop database if exists " + name + " with (force)");
        execute(server, server.address(), "create database " + name);
        roles.createIn(address, Role.SUPERUSER.user(), server.superuserPassword());
        return address;
    }

    public Migrations migrations(DatabaseAddress address) {
        return new Migrations(address, roles, Migrations.CHANGELOG);
    }

    private String password(Role role) {
        return role == Role.SUPERUSER ? server.superuserPassword() : roles.password(role.user());
    }

    /// A connection of one's own, to be closed by whoever asked for it.
    public Connection connect(Role role) throws SQLException {
        return connect(hub, role);
    }

    public Connection connect(DatabaseAddress address, Role role) throws SQLException {
        return address.connect(role.user(), password(role));
    }

    /// What an entity manager of this role connects through; unknown types travel as the server's variables have it.
    public DataSource dataSource(Role role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(hub.url());
        source.setUser(role.user());
        source.setPassword(password(role));
        source.setStringType("unspecified");
        return source;
    }

    /// Does the work in one transaction for nobody in particular.
    public <T extends @Nullable Object> T ask(Role role, Question<T> work) throws SQLException {
        return ask(role, null, null, work);
    }

    public <T extends @Nullable Object> T ask(Role role, Tenant tenant, Question<T> work) throws SQLException {
        return ask(role, tenant.team().toString(), tenant.user(), work);
    }

    /// Does the work in one transaction that acts for these teams and this person, and commits it; a failure rolls it
    /// back.
    ///
    /// @param teams ids with commas between them
    public <T extends @Nullable Object> T ask(
            Role role, @Nullable String teams, @Nullable UUID person, Question<T> work) throws SQLException {
        Connection connection = borrow(role);
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            if (teams != null) {
                set(connection, "hub.team", teams);
            }
            if (person != null) {
                set(connection, "hub.user", person.toString());
            }
            T answer = work.ask(connection);
            connection.commit();
            done = true;
            return answer;
        } finally {
            if (!done) {
                connection.rollback();
            }
            kept(role).push(connection);
        }
    }

    public void inTransaction(Role role, Work work) throws SQLException {
        inTransaction(role, null, null, work);
    }

    public void inTransaction(Role role, Tenant tenant, Work work) throws SQLException {
        inTransaction(role, tenant.team().toString(), tenant.user(), work);
    }

    public void inTransaction(Role role, @Nullable String teams, @Nullable UUID person, Work work) throws SQLException {
        ask(role, teams, person, connection -> {
            work.on(connection);
            return true;
        });
    }

    private Deque<Connection> kept(Role role) {
        return Objects.requireNonNull(idle.get(role));
    }

    private Connection borrow(Role role) throws SQLException {
        Connection connection = kept(role).poll();
        return connection == null ? connect(role) : connection;
    }

    /// What the first statement of a request's transaction does.
    public static void set(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config(?, ?, true)")) {
            set.setString(1, name);
            set.setString(2, value);
            set.execute();
        }
    }

    /// How many rows a statement changed.
    public static int change(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /// The rows of a query, each as the texts of its columns.
    public static List<List<@Nullable String>> rows(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values);
                ResultSet found = statement.executeQuery()) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            int width = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /// The first column of a query.
    public static List<@Nullable String> column(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        return rows(connection, sql, values).stream().map(List::getFirst).toList();
    }

    /// The one value a query finds.
    public static String value(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        List<List<@Nullable String>> rows = rows(connection, sql, values);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows instead of one from: " + sql);
        }
        return String.valueOf(rows.getFirst().getFirst());
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /// A new person with a personal team and a wallet, made as a registration makes them.
    ///
    /// @param credit what the wallet starts with, such as `10.00`
    public Tenant tenant(String credit) throws SQLException {
        UUID user = Ids.next();
        UUID team = Ids.next();
        String login = "u" + Long.toHexString(user.getLeastSignificantBits());
        Tenant tenant = new Tenant(user, team, login);
        inTransaction(Role.APP, tenant, connection -> {
            change(
                    connection,
                    "insert into hub.users (id, username, email, password_hash) values (?, ?, ?, 'none')",
                    user,
                    login,
                    login + "@example.org");
            change(connection, "insert into hub.user_roles (user_id, role) values (?, 'DEVELOPER')", user);
            change(
                    connection,
                    "insert into hub.teams (id, name, slug, personal) values (?, ?, ?, true)",
                    team,
                    login,
                    "~" + login);
            change(
                    connection,
                    "insert into hub.team_members (team_id, user_id, role) values (?, ?, 'OWNER')",
                    team,
                    user);
            change(connection, "update hub.users set default_team_id = ? where id = ?", team, user);
            change(connection, "insert into hub.wallets (team_id, currency) values (?, 'USD')", team);
            if (!credit.equals("0")) {
                change(
                        connection,
                        "insert into hub.ledger_transfers"
                                + " (team_id, kind, reference, debit_account, credit_account, amount, currency, description)"
                                + " values (?, 'CREDIT', ?, 'FUNDING', 'AVAILABLE', ?::numeric, 'USD', 'first credit')",
                        team,
                        Ids.next(),
                        credit);
            }
        });
        return tenant;
    }
}
