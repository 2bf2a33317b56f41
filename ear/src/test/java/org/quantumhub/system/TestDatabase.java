package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.launch.DatabaseAddress;
import org.quantumhub.launch.DatabaseRoles;
import org.quantumhub.launch.EmbeddedDatabase;
import org.quantumhub.launch.Migrations;
import org.quantumhub.launch.Steps;

/// A PostgreSQL of a test's own, with the hub's roles and schema: what the launcher starts, without the launcher.
final class TestDatabase implements AutoCloseable {

    private final Path home;
    private final EmbeddedDatabase server;
    private final DatabaseAddress hub;
    private final DatabaseRoles roles;
    private final Thread end;

    private TestDatabase(Path home, EmbeddedDatabase server, DatabaseAddress hub, DatabaseRoles roles, Thread end) {
        this.home = home;
        this.server = server;
        this.hub = hub;
        this.roles = roles;
        this.end = end;
    }

    /// The cluster of an earlier run in this home is used again, its data is not.
    static TestDatabase start(Path home) {
        EmbeddedDatabase server = begin(home);
        // whatever becomes of the tests, no database outlives them
        Thread end = new Thread(server::close, "stop of the database in " + home.getFileName());
        Runtime.getRuntime().addShutdownHook(end);
        DatabaseRoles roles = DatabaseRoles.with(server.secrets(), Map.of());
        try (Connection connection = server.address().connect(EmbeddedDatabase.SUPERUSER, server.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + DatabaseRoles.DATABASE + " with (force)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        DatabaseAddress hub = roles.createOn(server.address(), EmbeddedDatabase.SUPERUSER, server.superuserPassword());
        new Migrations(hub, roles, Migrations.CHANGELOG).update();
        return new TestDatabase(home, server, hub, roles, end);
    }

    /// One after the other: the first unpacks the programs, and the others use them.
    private static synchronized EmbeddedDatabase begin(Path home) {
        try {
            Path programs = Files.createDirectories(Project.workplace("postgresql"));
            Files.createDirectories(home);
            if (!Files.exists(home.resolve("pg"))) {
                Files.createSymbolicLink(home.resolve("pg"), programs);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return EmbeddedDatabase.start(home, 0, Steps.unseen());
    }

    /// Ends the database without a checkpoint and without a word to anybody, and starts it again where it was.
    void crash() {
        String pid = Project.read(home.resolve("db/postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        Project.signal(postmaster, "QUIT");
        Await.until("the database is gone", Duration.ofSeconds(30), postmaster::isAlive, alive -> !alive);
        EmbeddedDatabase.start(home, hub.port(), Steps.unseen());
    }

    Sql sql() {
        return new Sql(hub, EmbeddedDatabase.SUPERUSER, server.superuserPassword());
    }

    Sql sqlAs(String role) {
        return new Sql(hub, role, roles.password(role));
    }

    String password(String secret) {
        return server.secrets().secret(secret);
    }

    /// What a server must know to enter.
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("HUB_DB_HOST", hub.host());
        variables.put("HUB_DB_PORT", String.valueOf(hub.port()));
        variables.put("HUB_DB_NAME", hub.name());
        variables.put("HUB_DB_SSLMODE", hub.sslMode());
        variables.put("HUB_DB_APP_PASSWORD", roles.password(DatabaseRoles.APP));
        variables.put("HUB_DB_WORKER_PASSWORD", roles.password(DatabaseRoles.WORKER));
        return variables;
    }

    /// What a launcher must know to use it as an external database, which it may share with other servers.
    Map<String, String> launcherVariables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("POSTGRES_HOST", hub.host());
        variables.put("POSTGRES_PORT", String.valueOf(hub.port()));
        variables.put("POSTGRES_DB", hub.name());
        variables.put("POSTGRES_SSLMODE", hub.sslMode());
        variables.put("POSTGRES_USER", EmbeddedDatabase.SUPERUSER);
        variables.put("POSTGRES_PASSWORD", server.superuserPassword());
        variables.put("HUB_DB_OWNER_PASSWORD", roles.password(DatabaseRoles.OWNER));
        variables.put("HUB_DB_APP_PASSWORD", roles.password(DatabaseRoles.APP));
        variables.put("HUB_DB_WORKER_PASSWORD", roles.password(DatabaseRoles.WORKER));
        variables.put("HUB_DB_READER_PASSWORD", roles.password(DatabaseRoles.READER));
        return variables;
    }

    @Override
    public void close() {
        server.close();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            // then the hook finds nothing left to do
        }
    }
}
