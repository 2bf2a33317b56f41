package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Path configuration;
    private ServerFolder server;

    @BeforeEach
    void project() throws IOException {
        Path project = folder.resolve("project");
        configuration = Files.createDirectories(project.resolve("liberty-config/src/main/liberty"));
        Files.writeString(configuration.resolve("server.xml"), "<server/>");
        Files.writeString(configuration.resolve("bootstrap.properties"), "");
        Files.writeString(configuration.resolve("jvm.options"), "# why\n-Xms256m\n\n--add-modules\nx.y\n");
        server = new ServerFolder(project, folder.resolve("home"));
        Path opened = Files.createDirectories(server.liberty().resolve("lib/platform/java"));
        Files.writeString(opened.resolve("java24.options"), "# opened\n--add-opens\na/b=ALL-UNNAMED");
    }

    @Test
    void an_unchanged_file_keeps_its_time_and_a_changed_one_is_renewed() throws IOException {
        server.prepare();
        Path options = server.server().resolve("jvm.options");
        Path xml = server.server().resolve("server.xml");
        Files.setLastModifiedTime(options, LONG_AGO);
        Files.setLastModifiedTime(xml, LONG_AGO);
        Files.writeString(configuration.resolve("server.xml"), "<server description=\"new\"/>");

        server.prepare();

        assertThat(Files.getLastModifiedTime(options)).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(xml)).isGreaterThan(LONG_AGO);
        assertThat(Files.readString(xml)).contains("new");
    }

    @Test
    void java_gets_what_liberty_needs_opened_and_the_hub_s_own_options() {
        server.prepare();
        assertThat(server.jvmOptions())
                .containsExactly("--add-opens", "a/b=ALL-UNNAMED", "-Xms256m", "--add-modules", "x.y");
    }

    @Test
    void an_incomplete_build_is_named() {
        assertThatThrownBy(server::checkBuilt)
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("quantum-hub.ear is missing; run './hub build'.");
    }

    @Test
    void the_server_s_key_is_for_its_owner_and_lasts_ten_years() throws Exception {
        ServerKey.make(folder, "a long enough word");

        Path file = ServerKey.file(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("hub-key.password")).doesNotExist();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, "a long enough word".toCharArray());
        }
        X509Certificate certificate = (X509Certificate) store.getCertificate("default");
        assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.now().plus(3640, ChronoUnit.DAYS));
        assertThat(certificate.getSubjectAlternativeNames().toString()).contains("localhost", "127.0.0.1");
    }
}
