package org.quantumhub.launch;

import java.io.StringWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/// The schema's change sets, run as the owner of the tables.
///
/// Several launchers may share one external database: an advisory lock lets one of them migrate at a time. Whoever
/// holds it knows that no other lives, and so may clear the lock row that a killed one left behind.
public final class Migrations {
    /// The changelog inside the persistence unit.
    public static final String CHANGELOG = "db/changelog/master.xml";

    private static final long ADVISORY_LOCK = 0x7175_616E_7475_6DL;
    private static final Contexts ALL_CONTEXTS = new Contexts();
    private static final LabelExpression ALL_LABELS = new LabelExpression();

    private final DatabaseAddress address;
    private final DatabaseRoles roles;
    private final String changelog;

    public Migrations(DatabaseAddress address, DatabaseRoles roles, String changelog) {
        this.address = address;
        this.roles = roles;
        this.changelog = changelog;
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Liquibase liquibase) throws LiquibaseException;
    }

    /// Runs every change set that has not run, and says how many these were. Where this very build has done so before,
    /// they are not even read: that takes longer than all else of a later start that is not the server's.
    public int update() {
        Optional<String> stamp = SchemaStamp.ofArchive(changelog);
        if (stamp.isPresent() && SchemaStamp.isOn(address, roles, stamp.get())) {
            return 0;
        }
        return inTurn(liquibase -> {
            int count = unrun(liquibase).size();
            if (count > 0) {
                liquibase.update(ALL_CONTEXTS, ALL_LABELS);
            }
            if (stamp.isPresent()) {
                liquibase.tag(stamp.get());
            }
            return count;
        });
    }

    /// The change sets that have not run, as `path::id::author`.
    public List<String> pending() {
        return inTurn(
                liquibase -> unrun(liquibase).stream().map(ChangeSet::toString).toList());
    }

    /// The statements that [#update()] would run; nothing is run.
    public String updateSql() {
        return inTurn(liquibase -> {
            Writer sql = new StringWriter();
            liquibase.update(ALL_CONTEXTS, ALL_LABELS, sql);
            return sql.toString();
        });
    }

    static String counted(int changeSets) {
        return changeSets == 1 ? "1 change set" : changeSets + " change sets";
    }

    /// Undoes the last change sets.
    public void rollback(int count) {
        inTurn(liquibase -> {
            liquibase.rollback(count, "");
            return count;
        });
    }

    private static List<ChangeSet> unrun(Liquibase liquibase) throws LiquibaseException {
        return liquibase.listUnrunChangeSets(ALL_CONTEXTS, ALL_LABELS);
    }

    private <T> T inTurn(Work<T> work) {
        if (Thread.currentThread().getContextClassLoader().getResource(changelog) == null) {
            throw new HubFailure("The build holds no " + changelog + "; build the hub first.");
        }
        Logger.getLogger("liquibase").setLevel(Level.WARNING);
        String password = roles.password(DatabaseRoles.OWNER);
        try (Connection turn = address.connect(DatabaseRoles.OWNER, password);
                Connection connection = address.connect(DatabaseRoles.OWNER, password);
                Statement statement = turn.createStatement()) {
            statement.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
            return quietly(connection, work);
        } catch (SQLException failure) {
            throw new HubFailure("The schema cannot be migrated: " + HubFailure.firstLine(failure), failure);
        } catch (Exception failure) {
            throw new HubFailure("The schema cannot be migrated: " + innermost(failure), failure);
        }
    }

    private <T> T quietly(Connection connection, Work<T> work) throws Exception {
        Map<String, Object> scope = new HashMap<>();
        scope.put(Scope.Attr.ui.name(), new LoggerUIService());
        scope.put("liquibase.analytics.enabled", false);
        return Scope.child(scope, () -> {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDefaultSchemaName(DatabaseRoles.SCHEMA);
            database.setLiquibaseSchemaName(DatabaseRoles.SCHEMA);
            Liquibase liquibase = new Liquibase(changelog, new ClassLoaderResourceAccessor(), database);
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.forceReleaseLocks();
            return work.with(liquibase);
        });
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replace('\n', ' ');
    }
}
