package org.quantumhub.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program of the operating system to its end.
final class Commands {
    private Commands() {}

    record Outcome(int code, String output) {
        boolean succeeded() {
            return code == 0;
        }
    }

    /// Output goes to a file, not a pipe: a daemon that inherits a pipe would keep the reader waiting for ever.
    static Outcome run(Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile("hub", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .directory(Path.of("/").toFile())
                        .start();
                boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
                return ended ? new Outcome(process.exitValue(), said) : new Outcome(-1, said + " (no end in time)");
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException notStarted) {
            return new Outcome(127, String.valueOf(notStarted.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HubFailure("Interrupted while " + command.getFirst() + " was running.", interrupted);
        }
    }
}
