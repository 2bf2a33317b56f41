package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {
    @TempDir
    Path place;

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "status"})
    void words_behind_a_command_that_takes_none_are_refused_before_anything_is_done(String command) throws Exception {
        File said = place.resolve("said").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Hub.class.getName(),
                command,
                "--help");
        builder.environment().put("QUANTUM_HUB_HOME", place.resolve("home").toString());
        builder.redirectErrorStream(true).redirectOutput(said);

        assertThat(builder.start().waitFor()).isEqualTo(1);
        assertThat(said).content().contains("'" + command + "' takes no more words");
        assertThat(place.resolve("home")).doesNotExist();
    }
}
