package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quantumhub.launch.DatabaseAddress;
import org.quantumhub.launch.DatabaseRoles;
import org.quantumhub.launch.EmbeddedDatabase;
import org.quantumhub.launch.Migrations;
import org.quantumhub.launch.Steps;

/// A PostgreSQL of a test's own, with the hub's roles and schema: what the launcher starts, without the launcher.
final class TestDatabase implements AutoCloseable {

    private static boolean isMade;

    private final Path home;
    private final EmbeddedDatabase server;
    private final DatabaseAddress hub;
    private final DatabaseRoles roles;
    private final Thread end;
    private final Sql sql;

    private TestDatabase(Path home, EmbeddedDatabase server, DatabaseAddress hub, DatabaseRoles roles, Thread end) {
        this.home = home;
        this.server = server;
        this.hub = hub;
        this.roles = roles;
        this.end = end;
        this.sql = new Sql(hub, EmbeddedDatabase.SUPERUSER, server.superuserPassword());
    }

    /// A copy of a cluster with the hub's roles and schema that is made once in a run.
    static TestDatabase start(Path home) {
        begin(home);
        EmbeddedDatabase server = EmbeddedDatabase.start(home, 0, Steps.unseen());
        // whatever becomes of the tests, no database outlives them
        Thread end = new Thread(server::close, "stop of the database in " + home.getFileName());
        Runtime.getRuntime().addShutdownHook(end);
        DatabaseRoles roles = DatabaseRoles.with(server.secrets(), Map.of());
        return new TestDatabase(home, server, server.address().named(DatabaseRoles.DATABASE), roles, end);
    }

    private static synchronized void begin(Path home) {
        Path template = Project.workplace("database");
        if (!isMade) {
            clear(template);
            try (EmbeddedDatabase server = EmbeddedDatabase.start(template, 0, Steps.unseen())) {
                DatabaseRoles roles = DatabaseRoles.with(server.secrets(), Map.of());
                DatabaseAddress hub =
                        roles.createOn(server.address(), EmbeddedDatabase.SUPERUSER, server.superuserPassword());
                new Migrations(hub, roles, Migrations.CHANGELOG).update();
            }
            isMade = true;
        }
        clear(home);
        for (String part : List.of("secrets.properties", "db")) {
            // with their owners and modes, as the database wants them
            Project.run(
                    "cp",
                    "-a",
                    template.resolve(part).toString(),
                    home.resolve(part).toString());
        }
        link(home.resolve("pg"), template.resolve("pg"));
    }

    /// All use the programs that the first has unpacked.
    private static void link(Path link, Path target) {
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// What a test run that was killed itself left running here ends, and its data goes; only the programs stay.
    private static void clear(Path home) {
        if (Files.exists(home.resolve("db/postmaster.pid"))) {
            EmbeddedDatabase.start(home, 0, Steps.unseen()).close();
        }
        Project.delete(home.resolve("db"));
        try {
            Files.createDirectories(home);
            Files.deleteIfExists(home.resolve("secrets.properties"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// Ends the database without a checkpoint and without a word to anybody, and starts it again where it was.
    void crash() {
        String pid = Project.read(home.resolve("db/postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        Project.signal(postmaster, "QUIT");
        Await.until("the database is gone", postmaster::isAlive, alive -> !alive);
        EmbeddedDatabase.start(home, hub.port(), Steps.unseen());
    }

    Sql sql() {
        return sql;
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
