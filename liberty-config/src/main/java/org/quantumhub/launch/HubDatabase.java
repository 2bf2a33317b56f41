package org.quantumhub.launch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The database a hub works with, its own or an external one, with its roles and schemas in place.
record HubDatabase(DatabaseAddress address, DatabaseRoles roles, boolean embedded) {

    /// Starts the embedded database, or enters the external one, and makes what is missing in it.
    static HubDatabase open(Settings settings, Steps steps, Shutdown shutdown) {
        Secrets secrets = Secrets.of(settings.home());
        DatabaseRoles roles = DatabaseRoles.with(secrets, settings.environment());
        Optional<ExternalDatabase> external = settings.external();
        return external.isPresent() ? enter(external.get(), roles, steps) : own(settings, roles, steps, shutdown);
    }

    private static HubDatabase enter(ExternalDatabase external, DatabaseRoles roles, Steps steps) {
        return steps.step("entering the database " + external, () -> {
            external.checkReachable();
            roles.createIn(external.address(), external.user(), external.password());
            return new HubDatabase(external.address(), roles, false);
        });
    }

    private static HubDatabase own(Settings settings, DatabaseRoles roles, Steps steps, Shutdown shutdown) {
        EmbeddedDatabase database = EmbeddedDatabase.prepared(settings.home(), settings.databasePort(), steps);
        shutdown.first(() -> stop(database, steps));
        database.start(steps);
        DatabaseAddress address =
                roles.createOn(database.address(), EmbeddedDatabase.SUPERUSER, database.superuserPassword());
        return new HubDatabase(address, roles, true);
    }

    private static void stop(EmbeddedDatabase database, Steps steps) {
        steps.step("stopping the database", database::stopRunning);
    }

    /// The database that a living launcher of this home has running.
    static HubDatabase running(Settings settings) {
        Path home = settings.home();
        DatabaseRoles roles = DatabaseRoles.with(Secrets.of(home), settings.environment());
        DatabaseAddress address = RunState.read(home)
                .value("db.port")
                .map(port ->
                        new DatabaseAddress("127.0.0.1", Integer.parseInt(port), DatabaseRoles.DATABASE, "disable"))
                .orElseThrow(() -> new HubFailure("The hub of " + home
                        + " is starting, or runs on an external database; set the same POSTGRES_ variables here."));
        return new HubDatabase(address, roles, true);
    }

    /// The database of this home, whether or not a launcher has it running; one that is started here ends with this
    /// process.
    static HubDatabase reachable(Settings settings, Steps steps, Shutdown shutdown) {
        HomeChecks.makeWritable(settings.home());
        if (settings.external().isPresent()) {
            return open(settings, steps, shutdown);
        }
        Optional<HomeLock> lock = HomeLock.tryTake(settings.home());
        if (lock.isEmpty()) {
            return running(settings);
        }
        shutdown.first(lock.get()::close);
        return open(settings, steps, shutdown);
    }

    Connection connect(String role) throws SQLException {
        return address.connect(role, roles.password(role));
    }

    Migrations migrations() {
        return new Migrations(address, roles, Migrations.CHANGELOG);
    }
}
