package org.quantumhub.launch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The accounts of the hub inside its database, and the schemas that the owner fills.
///
/// | role | is used by | may |
/// |---|---|---|
/// | `hub_owner` | migrations | own and change the tables; nobody serves requests as it |
/// | `hub_app` | requests | what change sets grant; row-level security always applies |
/// | `hub_worker` | lanes, timers, outbox, batch repository | what change sets grant; never reached from the web |
/// | `hub_reader` | reports, checks | read |
public final class DatabaseRoles {
    public static final String DATABASE = "hub";
    public static final String SCHEMA = "hub";
    public static final String OWNER = "hub_owner";
    public static final String APP = "hub_app";
    public static final String WORKER = "hub_worker";
    public static final String READER = "hub_reader";
    private static final List<String> ALL = List.of(OWNER, APP, WORKER, READER);
    private static final List<String> SCHEMAS = List.of(SCHEMA, "batch", "timers");

    private final Map<String, String> passwords;

    private DatabaseRoles(Map<String, String> passwords) {
        this.passwords = passwords;
    }

    /// Roles with passwords from the environment (`HUB_DB_OWNER_PASSWORD`, …) or generated for the home.
    public static DatabaseRoles with(Secrets secrets, Map<String, String> environment) {
        Map<String, String> passwords = new LinkedHashMap<>();
        for (String role : ALL) {
            String variable = role.replace("hub_", "HUB_DB_").toUpperCase(java.util.Locale.ROOT) + "_PASSWORD";
            String given = environment.getOrDefault(variable, "");
            passwords.put(role, given.isEmpty() ? secrets.secret("database." + role) : given);
        }
        return new DatabaseRoles(passwords);
    }

    public String password(String role) {
        String password = passwords.get(role);
        if (password == null) {
            throw new IllegalArgumentException("no role " + role);
        }
        return password;
    }

    /// Makes the hub's own database on a server where we are superuser, then its roles and schemas.
    public DatabaseAddress createOn(DatabaseAddress server, String superuser, String superuserPassword) {
        DatabaseAddress hub = server.named(DATABASE);
        try {
            try (Connection connection = server.connect(superuser, superuserPassword)) {
                if (!exists(connection, "select 1 from pg_database where datname = ?", DATABASE)) {
                    execute(connection, "create database " + DATABASE);
                }
            }
            createIn(hub, superuser, superuserPassword);
            try (Connection connection = hub.connect(superuser, superuserPassword)) {
                execute(connection, "revoke all on database " + DATABASE + " from public");
                execute(connection, "grant connect on database " + DATABASE + " to " + String.join(", ", ALL));
                execute(connection, "revoke all on schema public from public");
            }
        } catch (SQLException failure) {
            throw new HubFailure("The hub's database cannot be made: " + HubFailure.firstLine(failure), failure);
        }
        return hub;
    }

    /// Makes what is missing of roles and schemas in a database; does nothing where all of it is in place.
    public void createIn(DatabaseAddress database, String administrator, String administratorPassword) {
        if (complete(database)) {
            return;
        }
        try (Connection connection = database.connect(administrator, administratorPassword)) {
            for (String statement : statements(database.name())) {
                execute(connection, statement);
            }
        } catch (SQLException failure) {
            throw new HubFailure(
                    "The user " + administrator + " may not make the hub's roles and schemas ("
                            + HubFailure.firstLine(failure)
                            + "); let an administrator run what './hub db roles' prints.",
                    failure);
        }
        if (!complete(database)) {
            throw new HubFailure("The role hub_app or hub_worker of the database passes over row-level security;"
                    + " take SUPERUSER and BYPASSRLS from it.");
        }
    }

    /// The statements that an administrator may run by hand. Passwords are in them as verifiers only.
    public List<String> statements(String database) {
        List<String> statements = new ArrayList<>();
        for (String role : ALL) {
            String verifier = ScramVerifier.of(password(role));
            statements.add("do $$ begin if not exists (select from pg_roles where rolname = '" + role
                    + "') then create role " + role + " login; end if; end $$");
            statements.add("alter role " + role + " login password '" + verifier + "'");
        }
        // whoever makes schemas for the owner must be able to act as it
        statements.add("do $$ begin if not (select rolsuper from pg_roles where rolname = current_user) then grant "
                + OWNER + " to current_user; end if; end $$");
        statements.add("grant create on database \"" + database + "\" to " + OWNER);
        for (String schema : SCHEMAS) {
            statements.add("create schema if not exists " + schema + " authorization " + OWNER);
            statements.add("grant usage on schema " + schema + " to " + WORKER + ", " + READER
                    + (schema.equals(SCHEMA) ? ", " + APP : ""));
        }
        for (String role : ALL) {
            String set = "alter role " + role + " in database \"" + database + "\" set ";
            statements.add(set + "search_path = " + SCHEMA);
        }
        // statements are few and prepared: plan each once, and never from the statistics of tables that were still
        // empty
        for (String role : List.of(APP, WORKER)) {
            String set = "alter role " + role + " in database \"" + database + "\" set ";
            statements.add(set + "plan_cache_mode = force_generic_plan");
            statements.add(set + "enable_seqscan = off");
            // what reads much (the invariants, a close) keeps to one processor: requests need the others
            statements.add(set + "max_parallel_workers_per_gather = 0");
        }
        String app = "alter role " + APP + " in database \"" + database + "\" set ";
        statements.add(app + "statement_timeout = '30s'");
        statements.add(app + "lock_timeout = '10s'");
        statements.add(app + "idle_in_transaction_session_timeout = '60s'");
        statements.add(
                "alter role " + READER + " in database \"" + database + "\" set default_transaction_read_only = on");
        return List.copyOf(statements);
    }

    /// Whether each role enters with its password, no serving role escapes row-level security and each schema exists.
    private boolean complete(DatabaseAddress database) {
        for (String role : ALL) {
            try (Connection connection = database.connect(role, password(role))) {
                boolean escapes = exists(
                        connection, "select 1 from pg_roles where rolname = ? and (rolsuper or rolbypassrls)", role);
                if (escapes && !role.equals(OWNER)) {
                    return false;
                }
                for (String schema : SCHEMAS) {
                    if (!exists(connection, "select 1 from pg_namespace where nspname = ?", schema)) {
                        return false;
                    }
                }
            } catch (SQLException refused) {
                return false;
            }
        }
        return true;
    }

    private static boolean exists(Connection connection, String query, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
