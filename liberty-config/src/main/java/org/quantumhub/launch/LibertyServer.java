package org.quantumhub.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The application server as a child process, its console in a file.
final class LibertyServer {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    /// A server that is still starting waits half a minute before it stops; nothing is lost by killing it.
    private static final Duration START_PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Pattern ERROR = Pattern.compile("\\b[A-Z]{4,5}\\d{4}E:");
    /// The application does not start, a port is taken, a feature is missing: waiting longer is no use.
    private static final Pattern HOPELESS = Pattern.compile("CWWKZ0002E|CWWKZ0004E|CWWKO0221E|CWWKF0001E|CWWKG0014E");

    private final ServerFolder folder;
    private @Nullable Process process;
    private volatile boolean ready;

    LibertyServer(ServerFolder folder) {
        this.folder = folder;
    }

    ProcessHandle start(Settings settings, List<String> options, Map<String, String> variables) {
        // what the server writes, its key first of all, is for its owner only
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(Leftovers.mark(settings.home()));
        // costs half a second, and is what counts requests, pools and threads for the metrics
        command.add("-javaagent:" + folder.liberty().resolve("bin/tools/ws-javaagent.jar"));
        command.add("-jar");
        command.add(folder.program().toString());
        command.add("hub");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.server().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(folder.console().toFile());
        // whoever administers the database is no business of the server
        builder.environment().keySet().removeIf(name -> name.startsWith("POSTGRES_"));
        builder.environment().putAll(variables);
        try {
            Process started = builder.start();
            process = started;
            return started.toHandle();
        } catch (IOException refused) {
            throw new HubFailure("The server cannot be started: " + refused.getMessage(), refused);
        }
    }

    /// Waits until the readiness check answers for this very start.
    void awaitReady(ReadinessProbe probe, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!probe.ready()) {
            if (!alive()) {
                throw new HubFailure("The server ended while it started. " + lastWords());
            }
            List<String> errors = errors();
            if (errors.stream().anyMatch(line -> HOPELESS.matcher(line).find())) {
                throw new HubFailure("The application does not start. " + lastWords());
            }
            if (Instant.now().isAfter(end)) {
                throw new HubFailure("The server was not ready within " + patience.toSeconds()
                        + " s (HUB_START_TIMEOUT); its last answer was: " + probe.lastAnswer() + ". " + lastWords());
            }
            pause();
        }
        ready = true;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HubFailure("Interrupted while the server was starting.", interrupted);
        }
    }

    /// Whether it has ever answered that it is ready.
    boolean ready() {
        return ready;
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /// Waits for the end of the server.
    int awaitEnd() throws InterruptedException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.waitFor();
    }

    /// Stops the server; true when it went by itself after being asked.
    boolean stop() {
        Process running = process;
        return running == null
                || !running.isAlive()
                || Leftovers.end(running.toHandle(), ready ? STOP_PATIENCE : START_PATIENCE);
    }

    private List<String> errors() {
        return lines().stream().filter(line -> ERROR.matcher(line).find()).toList();
    }

    /// The errors on the console, or its last lines when it names none.
    String lastWords() {
        List<String> lines = lines();
        List<String> errors = errors();
        List<String> shown = errors.isEmpty() ? lines.subList(Math.max(0, lines.size() - 10), lines.size()) : errors;
        return "The console, " + folder.console() + ", says:\n    "
                + String.join("\n    ", shown.subList(0, Math.min(10, shown.size())));
    }

    /// What was logged, without the traces of stacks.
    private List<String> lines() {
        try (Stream<String> lines = Files.lines(folder.console(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
