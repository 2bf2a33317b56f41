package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds of a changelog in archives, as the launcher meets them.
class SchemaStampTest {
    private static final String CITY =
            "--changeset hub:1-cities\ncreate table city (name text);\n--rollback drop table city;\n";
    private static final String RIVER =
            "--changeset hub:2-rivers\ncreate table river (name text);\n--rollback drop table river;\n";
    private static final String LAKE =
            "--changeset hub:3-lakes\ncreate table lake (name text);\n--rollback drop table lake;\n";

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

    @FunctionalInterface
    private interface Work {
        void with(Migrations migrations) throws SQLException;
    }

    private static void build(String name, String changeSets, Work work) throws IOException, SQLException {
        Path archive = home.resolve(name + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            entry(zip, "db/boxed.sql", "--liquibase formatted sql\n\n" + changeSets);
            entry(zip, "db/boxed.xml", """
                    <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                        http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                      <include file="boxed.sql" relativeToChangelogFile="true"/>
                    </databaseChangeLog>
                    """);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            work.with(new Migrations(hub, roles, "db/boxed.xml"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static void asOwner(String sql) throws SQLException {
        try (Connection connection = hub.connect(DatabaseRoles.OWNER, roles.password(DatabaseRoles.OWNER));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_schema_that_the_build_has_left_as_it_is_is_not_looked_at_again() throws Exception {
        build("first", CITY + RIVER, migrations -> {
            assertThat(migrations.update()).isEqualTo(2);
            // whoever read the change sets would see that this one is not what ran
            asOwner("update databasechangelog set md5sum = '9:0' where id = '1-cities'");
            assertThat(migrations.update()).isZero();
            asOwner("update databasechangelog set md5sum = null where id = '1-cities'");

            migrations.rollback(1);
            assertThat(migrations.update()).as("what was undone").isEqualTo(1);
            assertThat(migrations.update()).isZero();
        });
        build("second", CITY + RIVER + LAKE, migrations -> {
            assertThat(migrations.update()).as("what only this build has").isEqualTo(1);
            asOwner("update databasechangelog set md5sum = '9:0' where id = '1-cities'");
            assertThat(migrations.update()).isZero();
        });
        build(
                "third",
                CITY + RIVER + LAKE + "-- another build\n",
                migrations -> assertThatThrownBy(migrations::update)
                        .isInstanceOf(HubFailure.class)
                        .hasMessageContaining("1-cities"));
    }
}
