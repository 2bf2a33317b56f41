package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeChecksTest {
    @TempDir
    Path folder;

    @Test
    void refuses_a_taken_port_and_names_the_variable_that_changes_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> HomeChecks.portFree("127.0.0.1", port, "HTTP", "HUB_HTTP_PORT"))
                    .isInstanceOf(HubFailure.class)
                    .hasMessage("Port " + port + " (HTTP) is taken by another program; free it or set HUB_HTTP_PORT.");
        }
    }

    @Test
    void accepts_a_port_as_soon_as_it_is_free() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThatCode(() -> HomeChecks.portFree("127.0.0.1", port, "HTTP", "HUB_HTTP_PORT"))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_a_home_below_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> HomeChecks.makeWritable(file.resolve("home")))
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("cannot be written; choose another by QUANTUM_HUB_HOME.");
    }

    @Test
    void refuses_a_disk_with_less_than_the_wanted_space() {
        assertThatThrownBy(() -> HomeChecks.enoughDisk(folder, Integer.MAX_VALUE))
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("HUB_MIN_FREE_MB");
        assertThatCode(() -> HomeChecks.enoughDisk(folder, 0)).doesNotThrowAnyException();
    }

    @Test
    void closes_a_home_to_others() throws IOException {
        HomeChecks.closeToOthers(folder, false);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        HomeChecks.closeToOthers(folder, true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx--x--x");
    }

    @Test
    void refuses_data_of_another_major_version() throws IOException {
        Files.writeString(folder.resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedDatabase.checkVersion(folder, 18))
                .isInstanceOf(HubFailure.class)
                .hasMessageContaining("is of PostgreSQL version 17, this hub brings 18");
    }

    @Test
    void accepts_data_of_its_own_version_and_a_home_without_data() throws IOException {
        Files.writeString(folder.resolve("PG_VERSION"), "18\n");
        assertThatCode(() -> EmbeddedDatabase.checkVersion(folder, 18)).doesNotThrowAnyException();
        assertThatCode(() -> EmbeddedDatabase.checkVersion(folder.resolve("absent"), 18))
                .doesNotThrowAnyException();
    }
}
