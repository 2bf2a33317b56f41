package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One real PostgreSQL for all of these; each test uses names of its own in it.
class EmbeddedDatabaseTest {
    @TempDir
    static Path home;

    private static EmbeddedDatabase database;
    private static DatabaseRoles roles;
    private static DatabaseAddress hub;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(home, 0, Steps.unseen());
        roles = DatabaseRoles.with(database.secrets(), Map.of());
        hub = roles.createOn(database.address(), EmbeddedDatabase.SUPERUSER, database.superuserPassword());
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static List<String> query(DatabaseAddress address, String user, String password, String sql)
            throws SQLException {
        try (Connection connection = address.connect(user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static List<String> asSuperuser(String sql) throws SQLException {
        return query(hub, EmbeddedDatabase.SUPERUSER, database.superuserPassword(), sql);
    }

    private static List<String> as(String role, String sql) throws SQLException {
        return query(hub, role, roles.password(role), sql);
    }

    @Test
    void every_commit_is_on_the_disk() throws SQLException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
            assertThat(asSuperuser("select current_setting('" + setting + "')"))
                    .as(setting)
                    .containsExactly("on");
        }
    }

    @Test
    void nobody_enters_without_the_password() {
        assertThatThrownBy(() -> query(hub, EmbeddedDatabase.SUPERUSER, "guess", "select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void data_outlive_a_stop_and_a_second_start() throws SQLException {
        Path own = home.resolve("second");
        try (EmbeddedDatabase first = EmbeddedDatabase.start(own, 0, Steps.unseen())) {
            assertThat(first.running()).isTrue();
            try (Connection connection =
                            first.address().connect(EmbeddedDatabase.SUPERUSER, first.superuserPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept as select 42 as value");
            }
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(own, 0, Steps.unseen())) {
            assertThat(query(
                            second.address(),
                            EmbeddedDatabase.SUPERUSER,
                            second.superuserPassword(),
                            "select value from kept"))
                    .containsExactly("42");
            // one that a killed launcher left behind is ended by the next start, and its data are there
            try (EmbeddedDatabase third = EmbeddedDatabase.start(own, 0, Steps.unseen())) {
                assertThat(query(
                                third.address(),
                                EmbeddedDatabase.SUPERUSER,
                                third.superuserPassword(),
                                "select value from kept"))
                        .containsExactly("42");
            }
            assertThat(second.running()).isFalse();
        }
    }

    @Test
    void roles_are_what_their_names_say() throws SQLException {
        assertThat(asSuperuser("select rolname from pg_roles where rolname like 'hub\\_%'"
                        + " and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"))
                .containsExactlyInAnyOrder("hub_owner", "hub_app", "hub_worker", "hub_reader");
        assertThat(asSuperuser("select nspname || ' ' || nspowner::regrole from pg_namespace"
                        + " where nspname in ('hub', 'batch', 'timers')"))
                .containsExactlyInAnyOrder("hub hub_owner", "batch hub_owner", "timers hub_owner");
        for (String role : List.of("hub_owner", "hub_app", "hub_worker", "hub_reader")) {
            assertThat(as(role, "show search_path")).as(role).containsExactly("hub");
        }
    }

    @Test
    void only_the_owner_makes_tables_and_the_reader_never_writes() throws SQLException {
        for (String role : List.of("hub_app", "hub_worker", "hub_reader")) {
            assertThatThrownBy(() -> as(role, "select 1 into hub.intruder"))
                    .as(role)
                    .isInstanceOf(SQLException.class);
        }
        try (Connection owner = hub.connect("hub_owner", roles.password("hub_owner"));
                Statement statement = owner.createStatement()) {
            statement.execute("create table hub.notice as select 'seen' as word");
            statement.execute("grant select on hub.notice to hub_reader");
        }
        assertThat(as("hub_reader", "select word from notice")).containsExactly("seen");
        assertThatThrownBy(() -> as("hub_app", "select word from notice")).hasMessageContaining("permission denied");
    }

    @Test
    void making_the_roles_again_changes_nothing() throws SQLException {
        String passwords =
                "select string_agg(rolpassword, ' ' order by rolname) from pg_authid" + " where rolname like 'hub\\_%'";
        List<String> before = asSuperuser(passwords);
        roles.createOn(database.address(), EmbeddedDatabase.SUPERUSER, database.superuserPassword());
        assertThat(asSuperuser(passwords)).isEqualTo(before);
    }

    @Test
    void a_user_without_the_right_is_told_what_an_administrator_must_run() throws SQLException {
        try (Connection connection = hub.connect(EmbeddedDatabase.SUPERUSER, database.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create database elsewhere");
            statement.execute("create role guest login password 'word'");
        }
        DatabaseAddress elsewhere = hub.named("elsewhere");
        assertThatThrownBy(() -> roles.createIn(elsewhere, "guest", "word"))
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("./hub db roles");

        // the administrator does, and the same user's next start finds everything in place
        try (Connection connection = elsewhere.connect(EmbeddedDatabase.SUPERUSER, database.superuserPassword());
                Statement statement = connection.createStatement()) {
            for (String sql : roles.statements("elsewhere")) {
                statement.execute(sql);
            }
        }
        roles.createIn(elsewhere, "guest", "word");
        assertThat(query(elsewhere, "hub_app", roles.password("hub_app"), "select current_user"))
                .containsExactly("hub_app");
    }

    @Test
    void an_administrator_who_is_no_superuser_makes_the_roles_of_a_fresh_server() {
        try (EmbeddedDatabase fresh = EmbeddedDatabase.start(home.resolve("managed"), 0, Steps.unseen())) {
            DatabaseAddress managed = fresh.address().named("managed");
            try (Connection connection =
                            fresh.address().connect(EmbeddedDatabase.SUPERUSER, fresh.superuserPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("create role boss login createrole createdb password 'word'");
                statement.execute("create database managed owner boss");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
            DatabaseRoles its = DatabaseRoles.with(fresh.secrets(), Map.of("HUB_DB_APP_PASSWORD", "chosen"));
            its.createIn(managed, "boss", "word");
            assertThat(its.password("hub_app")).isEqualTo("chosen");
            new Migrations(managed, its, "db/changelog/small.xml").update();
        }
    }

    @Test
    void a_serving_role_that_escapes_row_level_security_is_refused() throws SQLException {
        try (Connection connection = hub.connect(EmbeddedDatabase.SUPERUSER, database.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("alter role hub_worker bypassrls");
            try {
                assertThatThrownBy(() -> roles.createIn(hub, EmbeddedDatabase.SUPERUSER, database.superuserPassword()))
                        .isInstanceOf(HubFailure.class)
                        .hasMessageContaining("passes over row-level security");
            } finally {
                statement.execute("alter role hub_worker nobypassrls");
            }
        }
    }

    @Test
    void migrations_go_up_tell_print_and_go_down() throws SQLException {
        Migrations migrations = new Migrations(hub, roles, "db/changelog/small.xml");
        String tables = "select tablename from pg_tables where schemaname = 'hub' and tablename in ('city', 'river')";
        assertThat(migrations.pending()).hasSize(2);

        assertThat(migrations.updateSql()).contains("create table city").contains("create table river");
        assertThat(asSuperuser(tables)).as("printing runs nothing").isEmpty();

        assertThat(migrations.update()).isEqualTo(2);
        assertThat(asSuperuser(tables)).containsExactlyInAnyOrder("city", "river");
        assertThat(asSuperuser("select tableowner from pg_tables where tablename = 'city'"))
                .containsExactly("hub_owner");
        assertThat(migrations.update()).as("a second time").isZero();

        migrations.rollback(1);
        assertThat(asSuperuser(tables)).containsExactly("city");
        assertThat(migrations.pending()).hasSize(1);

        // as a launcher killed in the middle of a migration leaves it
        try (Connection owner = hub.connect("hub_owner", roles.password("hub_owner"));
                Statement statement = owner.createStatement()) {
            statement.execute("update databasechangeloglock set locked = true, lockedby = 'the dead'");
        }
        assertThat(migrations.update()).as("past the lock of a killed one").isEqualTo(1);
        migrations.rollback(2);
        assertThat(asSuperuser(tables)).isEmpty();
    }

    private static String table(int number, String name) {
        return "--changeset hub:" + number + "\ncreate table " + name + " (name text);\n--rollback drop table " + name
                + ";\n";
    }

    @Test
    void a_schema_that_the_build_has_left_as_it_is_is_not_looked_at_again() throws Exception {
        DatabaseAddress stamped = hub.named("stamped");
        try (Connection connection = hub.connect(EmbeddedDatabase.SUPERUSER, database.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create database stamped");
        }
        roles.createIn(stamped, EmbeddedDatabase.SUPERUSER, database.superuserPassword());
        Migrations migrations = new Migrations(stamped, roles, BoxedChangelog.PATH);
        String lakes = table(1, "lake") + table(2, "pond");
        new BoxedChangelog(home.resolve("first.jar"), lakes).install(() -> {
            assertThat(migrations.update()).isEqualTo(2);
            // whoever read the change sets would see that this one is not what ran
            falsify(stamped, "'9:0'");
            assertThat(migrations.update()).isZero();
            falsify(stamped, "null");

            migrations.rollback(1);
            assertThat(migrations.update()).as("what was undone").isEqualTo(1);
            assertThat(migrations.update()).isZero();
        });
        new BoxedChangelog(home.resolve("second.jar"), lakes + table(3, "sea")).install(() -> {
            assertThat(migrations.update()).as("what only this build has").isEqualTo(1);
            falsify(stamped, "'9:0'");
            assertThat(migrations.update()).isZero();
        });
        new BoxedChangelog(home.resolve("third.jar"), lakes + table(3, "sea") + "-- another build\n")
                .install(() -> assertThatThrownBy(migrations::update)
                        .isInstanceOf(HubFailure.class)
                        .hasMessageContaining("boxed.sql::1::hub"));
    }

    private static void falsify(DatabaseAddress address, String checksum) throws SQLException {
        query(
                address,
                DatabaseRoles.OWNER,
                roles.password(DatabaseRoles.OWNER),
                "update databasechangelog set md5sum = " + checksum + " where id = '1' returning id");
    }

    @Test
    void a_build_without_change_sets_is_named() {
        assertThatThrownBy(() -> new Migrations(hub, roles, "db/changelog/absent.xml").update())
                .isInstanceOf(HubFailure.class)
                .hasMessage("The build holds no db/changelog/absent.xml; build the hub first.");
    }
}
