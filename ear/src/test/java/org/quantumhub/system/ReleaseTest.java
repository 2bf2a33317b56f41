package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/// What leaves the house: the archive that Maven built, and the configuration of the server.
class ReleaseTest {

    /// Crash points, stubs and whatever else tests put into a hub are in no hub that somebody installs.
    @Test
    void what_is_installed_holds_nothing_of_the_tests() throws IOException {
        List<String> entries = new ArrayList<>();
        try (InputStream ear = Files.newInputStream(Project.folder().resolve("ear/target/quantum-hub.ear"))) {
            list("", ear, entries);
        }
        // the look inside reaches the classes of the modules
        assertThat(entries)
                .anyMatch(entry -> entry.endsWith("org/quantumhub/team/service/SecretVault.class"))
                .anyMatch(entry -> entry.endsWith("org/quantumhub/shared/rest/StrictJson.class"));
        assertThat(entries)
                .noneMatch(entry -> entry.contains("org/quantumhub/system/")
                        || entry.matches(".*(?i)(stub|mock|fake|crasher|crashpoint)[a-z]*[.]class")
                                && entry.contains("org/quantumhub/")
                        || entry.matches(".*(junit|assertj|arquillian|greenmail|s3proxy|wiremock)[^/]*[.]jar"));
    }

    private static void list(String place, InputStream archive, List<String> entries) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = place + "/" + entry.getName();
            entries.add(name);
            if (name.matches(".*[.](jar|war)")) {
                list(name, new ByteArrayInputStream(zip.readAllBytes()), entries);
            }
        }
    }

    private static String server() {
        return Project.read(Project.folder().resolve("liberty-config/src/main/liberty/server.xml"))
                .replaceAll("(?s)<!--.*?-->", "");
    }

    /// Liberty's own advice for servers that face people.
    @Test
    void the_server_is_hardened() {
        assertThat(server())
                .contains("removeServerHeader=\"true\"")
                .contains("disableXPoweredBy=\"true\"")
                .contains("enableWelcomePage=\"false\"")
                .contains("dropinsEnabled=\"false\"")
                .contains("<applicationMonitor updateTrigger=\"disabled\"")
                .contains("<config updateTrigger=\"disabled\"/>")
                .contains("sslProtocol=\"TLSv1.2,TLSv1.3\"")
                .contains("messageSizeLimit=")
                .contains("Strict-Transport-Security")
                .contains("X-Content-Type-Options: nosniff")
                .contains("defaultValue=\"127.0.0.1\"");
        // no user registry of its own, and no door to manage it from outside
        assertThat(server())
                .doesNotContain("basicRegistry")
                .doesNotContain("quickStartSecurity")
                .doesNotContain("adminCenter")
                .doesNotContain("restConnector")
                .doesNotContain("localConnector")
                .doesNotContain("batchManagement");
    }

    @Test
    void no_password_stands_in_the_configuration() {
        assertThat(server().lines()
                        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).contains("password")))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*password=\"[$][{]HUB_[A-Z_]+[}]\".*")
                        || line.matches(".*<variable name=\"HUB_[A-Z_]*PASSWORD\" defaultValue=\"\"/>.*"));
        assertThat(server()).doesNotContain("{xor}").doesNotContain("{aes}");
    }
}
