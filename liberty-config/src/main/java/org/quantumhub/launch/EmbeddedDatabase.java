package org.quantumhub.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/// A real PostgreSQL on this machine, its data kept in a home, every commit on the disk.
///
/// The superuser `postgres` enters with the secret `database.postgres`; there is no other way in.
public final class EmbeddedDatabase implements AutoCloseable {
    public static final String SUPERUSER = "postgres";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path home;
    private final Path data;
    private final int port;
    private final PostgresBinaries binaries;
    private final PostgresAccount account;
    private final Secrets secrets;

    private EmbeddedDatabase(Path home, int port, Steps steps) {
        this.home = home;
        this.data = home.resolve("db");
        this.port = port == 0 ? anyFreePort() : port;
        this.secrets = Secrets.of(home);
        this.account = PostgresAccount.ofThisProcess();
        this.binaries = PostgresBinaries.in(home, steps);
    }

    /// Prepares the database of a home without running it: programs unpacked, version of the data checked.
    static EmbeddedDatabase prepared(Path home, int port, Steps steps) {
        EmbeddedDatabase database = new EmbeddedDatabase(home, port, steps);
        checkVersion(database.data, database.binaries.majorVersion());
        database.account.checkReach(Path.of(database.binaries.program("postgres")));
        return database;
    }

    /// Runs the database of a home until it is closed, making it at the first time.
    ///
    /// @param port 0 for any free one
    public static EmbeddedDatabase start(Path home, int port, Steps steps) {
        HomeChecks.makeWritable(home);
        EmbeddedDatabase database = prepared(home, port, steps);
        database.start(steps);
        return database;
    }

    synchronized void start(Steps steps) {
        if (!Files.exists(data)) {
            steps.step("making the database", () -> {
                initialise();
                return data;
            });
        }
        steps.step("starting the database", () -> {
            account.own(data);
            stopRunning();
            configure();
            control("start");
            return data;
        });
    }

    /// Refuses data that another major version wrote.
    static void checkVersion(Path data, int majorVersion) {
        Path file = data.resolve("PG_VERSION");
        if (!Files.exists(data)) {
            return;
        }
        try {
            String found = Files.exists(file) ? Files.readString(file).strip() : "none";
            if (!found.equals(String.valueOf(majorVersion))) {
                throw new HubFailure("The data in " + data + " is of PostgreSQL version " + found + ", this hub brings "
                        + majorVersion + "; dump it with the old version and restore it, or choose another home.");
            }
        } catch (IOException unreadable) {
            throw new HubFailure("The version of the data in " + data + " cannot be read.", unreadable);
        }
    }

    private void initialise() throws IOException {
        Path draft = home.resolve("db.part");
        PostgresBinaries.delete(draft);
        Files.createDirectory(draft);
        Path password = home.resolve("db.password");
        Files.deleteIfExists(password);
        Secrets.createPrivate(password);
        try {
            Files.writeString(password, superuserPassword());
            account.own(draft);
            account.own(password);
            must(account.command(
                    binaries.program("initdb"),
                    "--pgdata=" + draft,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8"));
        } finally {
            Files.deleteIfExists(password);
        }
        Files.writeString(
                draft.resolve("postgresql.conf"), "\ninclude 'quantum-hub.conf'\n", StandardOpenOption.APPEND);
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void configure() throws IOException {
        Path logs = home.resolve("logs").resolve("database");
        Files.createDirectories(logs);
        account.own(logs);
        Path settings = data.resolve("quantum-hub.conf");
        Files.writeString(settings, """
                # written at every start
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                max_connections = 200
                shared_buffers = 128MB
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                # after each checkpoint every page is written to the log whole: seldom, then
                checkpoint_timeout = 15min
                max_wal_size = 2GB
                # a new file of the log is made while all who commit wait; filling it with zeros first took 70 ms
                wal_init_zero = off
                # cleaning up behind whoever writes may take long, not a whole processor
                autovacuum_vacuum_cost_limit = 40
                # what it learns of a table changes less than the table grows, and a sample of 9,000 rows tells it: of 30,000
                # jobs it took half a second of a processor each minute
                autovacuum_analyze_scale_factor = 0.3
                default_statistics_target = 30
                password_encryption = 'scram-sha-256'
                idle_in_transaction_session_timeout = '10min'
                log_parameter_max_length_on_error = 0
                log_line_prefix = '%%m %%a %%u '
                log_timezone = 'UTC'
                timezone = 'UTC'
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgresql-%%a.log'
                log_truncate_on_rotation = on
                """.formatted(port, logs.toString().replace("'", "''")));
        account.own(settings);
    }

    private void control(String verb) {
        must(account.command(
                binaries.program("pg_ctl"),
                verb,
                "--pgdata=" + data,
                "--wait",
                "--timeout=60",
                verb.equals("stop")
                        ? "--mode=fast"
                        : "--log=" + home.resolve("logs").resolve("database").resolve("start.log")));
    }

    private static void must(List<String> command) {
        Commands.Outcome outcome = Commands.run(LIMIT, command);
        if (!outcome.succeeded()) {
            throw new HubFailure("The database did not obey: " + String.join(" ", command) + " said: "
                    + outcome.output().replace('\n', ' '));
        }
    }

    /// Whether a postmaster lives on this data, started by us or left behind.
    public boolean running() {
        return Files.exists(data.resolve("postmaster.pid"))
                && Commands.run(LIMIT, account.command(binaries.program("pg_ctl"), "status", "--pgdata=" + data))
                        .succeeded();
    }

    /// Stops whatever runs on this data; true when something did.
    synchronized boolean stopRunning() {
        if (!running()) {
            return false;
        }
        control("stop");
        return true;
    }

    @Override
    public void close() {
        stopRunning();
    }

    public DatabaseAddress address() {
        return new DatabaseAddress("127.0.0.1", port, SUPERUSER, "disable");
    }

    public String superuserPassword() {
        return secrets.secret("database." + SUPERUSER);
    }

    public Secrets secrets() {
        return secrets;
    }

    private static int anyFreePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("No port is free.", none);
        }
    }
}
