package org.quantumhub.launch;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A changelog in an archive, as a build gives it to the launcher.
final class BoxedChangelog {
    static final String PATH = "db/boxed.xml";

    private final Path archive;

    @FunctionalInterface
    interface Work {
        void go() throws SQLException;
    }

    BoxedChangelog(Path archive, String changeSets) throws IOException {
        this.archive = archive;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            entry(zip, "db/boxed.sql", "--liquibase formatted sql\n\n" + changeSets);
            entry(zip, PATH, """
                    <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                        http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                      <include file="boxed.sql" relativeToChangelogFile="true"/>
                    </databaseChangeLog>
                    """);
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// Does the work where this is the build that runs.
    void install(Work work) throws IOException, SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            work.go();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
