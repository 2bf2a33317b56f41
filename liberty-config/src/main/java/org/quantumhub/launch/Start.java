package org.quantumhub.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Brings up a hub and stays with it until its end.
final class Start {
    private final Settings settings;
    private final Steps steps;
    private final Shutdown shutdown;
    private final String instance = UUID.randomUUID().toString();
    private final long begun = System.nanoTime();

    Start(Settings settings, Steps steps, Shutdown shutdown) {
        this.settings = settings;
        this.steps = steps;
        this.shutdown = shutdown;
    }

    void run() throws InterruptedException {
        Path home = settings.home();
        ServerFolder folder = new ServerFolder(settings.project(), home);
        folder.checkBuilt();
        HomeChecks.makeWritable(home);
        HomeLock lock = HomeLock.tryTake(home)
                .orElseThrow(() -> new HubFailure("A hub of " + home
                        + " is running already"
                        + RunState.read(home)
                                .value("launcher.pid")
                                .map(pid -> " (process " + pid + ")")
                                .orElse("") + "; end it with './hub stop' or choose another QUANTUM_HUB_HOME."));
        shutdown.first(lock::close);
        HomeChecks.closeToOthers(home, PostgresAccount.ofThisProcess() == PostgresAccount.NOBODY);
        endLeftovers(home);
        checkPlace(home);
        RunState state = RunState.empty(home).put("launcher", ProcessHandle.current());
        shutdown.first(state::delete);
        folder.prepare();
        List<String> options = new ArrayList<>(folder.jvmOptions());
        options.addAll(Compiling.options());
        options.add("-Xmx" + settings.memory());
        ClassArchive classes = new ClassArchive(
                List.copyOf(options), folder.program(), folder.server(), folder.classes(), settings.classArchive());
        shutdown.first(() -> keep(classes));
        options.addAll(classes.options());
        options.addAll(settings.jvmOptions());

        HubDatabase database = HubDatabase.open(settings, steps, shutdown);
        if (database.embedded()) {
            state.put("db.port", String.valueOf(database.address().port()));
        }
        steps.step(
                "migrating the schema",
                () -> database.migrations().update(),
                count -> count == 0 ? "" : Migrations.counted(count));

        if (!ServerKey.exists(home)) {
            steps.step("making the key of the server", () -> {
                ServerKey.make(home, keyStorePassword());
                return home;
            });
        }
        FirstAdministrator administrator = new FirstAdministrator(settings, Secrets.of(home));
        LibertyServer server = new LibertyServer(folder);
        steps.step("starting the server", () -> {
            shutdown.first(() -> stop(server, classes));
            state.put("server", server.start(settings, options, variables(folder, database, administrator)));
            state.put("url", settings.httpUrl());
            server.awaitReady(new ReadinessProbe(settings.httpUrl(), instance), settings.startTimeout());
            return server;
        });
        if (database.embedded()) {
            EagerWriteback.of(home.resolve("db/base")).ifPresent(writeback -> {
                shutdown.first(writeback::close);
                writeback.start();
            });
        }
        show(administrator.introduce());
        int code = server.awaitEnd();
        if (!shutdown.begun()) {
            throw new HubFailure("The server ended by itself (exit code " + code + "). " + server.lastWords());
        }
    }

    /// Ends what a killed launcher of this home left running.
    private void endLeftovers(Path home) {
        List<ProcessHandle> servers = Leftovers.servers(home);
        if (!servers.isEmpty()) {
            steps.step("ending the server that a killed start left behind", () -> {
                servers.forEach(Leftovers::end);
                return servers;
            });
        }
        if (Files.exists(home.resolve("db/postmaster.pid"))) {
            EmbeddedDatabase left = EmbeddedDatabase.prepared(home, settings.databasePort(), steps);
            if (left.running()) {
                steps.step("ending the database that a killed start left behind", left::stopRunning);
            }
        }
    }

    private void checkPlace(Path home) {
        HomeChecks.enoughDisk(home, settings.minimumFreeMegabytes());
        HomeChecks.portFree(settings.host(), settings.httpPort(), "HTTP", "HUB_HTTP_PORT");
        HomeChecks.portFree(settings.host(), settings.httpsPort(), "HTTPS", "HUB_HTTPS_PORT");
        if (settings.external().isEmpty()) {
            HomeChecks.portFree("127.0.0.1", settings.databasePort(), "database", "HUB_DB_PORT");
        }
    }

    private Map<String, String> variables(ServerFolder folder, HubDatabase database, FirstAdministrator administrator) {
        Map<String, String> variables = new HashMap<>(administrator.variables());
        DatabaseAddress address = database.address();
        variables.put("WLP_USER_DIR", folder.user().toString());
        variables.put("LOG_DIR", settings.logs().toString());
        variables.put("HUB_EAR", folder.application().toString());
        variables.put("HUB_JDBC_DIR", folder.drivers().toString());
        variables.put("HUB_HOME", settings.home().toString());
        variables.put("HUB_HOST", settings.host());
        variables.put("HUB_HTTP_PORT", String.valueOf(settings.httpPort()));
        variables.put("HUB_HTTPS_PORT", String.valueOf(settings.httpsPort()));
        variables.put("HUB_DB_HOST", address.host());
        variables.put("HUB_DB_PORT", String.valueOf(address.port()));
        variables.put("HUB_DB_NAME", address.name());
        variables.put("HUB_DB_SSLMODE", address.sslMode());
        variables.put("HUB_DB_APP_PASSWORD", database.roles().password(DatabaseRoles.APP));
        variables.put("HUB_DB_WORKER_PASSWORD", database.roles().password(DatabaseRoles.WORKER));
        variables.put("HUB_KEYSTORE_PASSWORD", keyStorePassword());
        variables.put("HUB_SEAL_KEY", sealKey());
        variables.put("HUB_PUBLIC_URL", settings.publicUrl());
        variables.put("HUB_INSTANCE", instance);
        variables.put("HUB_SERVER_ID", serverId());
        if (settings.environment().containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")) {
            variables.putIfAbsent(
                    "OTEL_SDK_DISABLED", settings.environment().getOrDefault("OTEL_SDK_DISABLED", "false"));
        }
        return variables;
    }

    private String keyStorePassword() {
        String given = settings.environment().getOrDefault("HUB_KEYSTORE_PASSWORD", "");
        return given.isEmpty() ? Secrets.of(settings.home()).secret("keystore") : given;
    }

    /// The key of what the database holds sealed. It never reaches the database, so a copy of that opens nothing.
    private String sealKey() {
        String given = settings.environment().getOrDefault("HUB_SEAL_KEY", "");
        return given.isEmpty() ? Secrets.of(settings.home()).secret("seal") : given;
    }

    /// A name of this server that stays with its home.
    private String serverId() {
        String given = settings.environment().getOrDefault("HUB_SERVER_ID", "");
        if (!given.isEmpty()) {
            return given;
        }
        Path file = settings.home().resolve("server-id");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "hub-" + UUID.randomUUID().toString().substring(0, 8));
            }
            return Files.readString(file).strip();
        } catch (IOException refused) {
            throw new UncheckedIOException("The server's name cannot be kept in " + file, refused);
        }
    }

    private void stop(LibertyServer server, ClassArchive classes) {
        if (server.alive() && steps.step("stopping the server", server::stop) && server.ready()) {
            classes.listed();
        }
    }

    /// Server and database have ended: whoever kills the launcher now loses nothing but time at the next start.
    private void keep(ClassArchive classes) {
        if (classes.due()) {
            steps.step(
                    "keeping the server's classes for later starts",
                    () -> classes.make(settings.logs().resolve("classes.log")),
                    trouble -> trouble);
        }
    }

    private void show(Map<String, String> account) {
        String url = settings.httpUrl();
        StringBuilder block = new StringBuilder(256);
        block.append("\nQuantum Hub is ready (")
                .append(Steps.seconds(Duration.ofNanos(System.nanoTime() - begun))
                        .strip())
                .append(")\n\n");
        line(block, "API", url + "/api/v1");
        line(block, "OpenAPI", url + "/openapi/ui");
        line(block, "Health", url + "/health");
        line(block, "Logs", settings.logs().toString());
        line(block, "Mail", settings.mail());
        account.forEach((name, value) -> line(block, name, value));
        block.append("\nCtrl-C ends the server, then the database.\n");
        System.out.println(block);
    }

    private static void line(StringBuilder block, String name, String value) {
        block.append("  ").append(String.format("%-14s", name)).append(value).append('\n');
    }
}
