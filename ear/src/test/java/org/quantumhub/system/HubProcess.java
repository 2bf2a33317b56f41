package org.quantumhub.system;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A hub that was started as everybody starts one, by its launcher, in a home of its own, on a database of the test.
final class HubProcess implements AutoCloseable {

    /// Most of these servers live for a minute: nobody waits for what the second compiler would gain, and a start takes
    /// half the processor time without it.
    static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private static final Map<String, String> SHORT_LIVED =
            Map.of("HUB_JVM_OPTIONS", FIRST_COMPILER_ONLY, "HUB_EXECUTION_WARM_UP_MILLIS", "0");

    private final Path home;
    private final Process launcher;
    private final int httpPort;

    private HubProcess(Path home, Process launcher, int httpPort) {
        this.home = home;
        this.launcher = launcher;
        this.httpPort = httpPort;
    }

    /// What one start is like.
    ///
    /// @param name of the server and of its home; the same name again is the same home
    /// @param project the folder of the build that is run; what a changed one covers is not measured
    /// @param settings environment variables beside those of the database
    record Plan(String name, Path project, TestDatabase database, Map<String, String> settings) {

        Path home() {
            return Project.workplace(name);
        }
    }

    /// Begins a start; [#awaitReady] waits for its end.
    static HubProcess begin(Plan plan) {
        try {
            Files.createDirectories(plan.home());
            int port = Project.freePort();
            endLeftovers(plan);
            ProcessBuilder builder = command(plan, "start");
            Map<String, String> environment = builder.environment();
            environment.put("HUB_HTTP_PORT", String.valueOf(port));
            environment.put("HUB_HTTPS_PORT", String.valueOf(Project.freePort()));
            environment.put("HUB_SERVER_ID", plan.name());
            environment.put("HUB_START_TIMEOUT", String.valueOf(Await.PATIENCE.toSeconds()));
            environment.put("HUB_MEMORY", "768m");
            // servers of one database share it
            environment.put("HUB_SEAL_KEY", RunningHub.SEAL_KEY);
            environment.put("HUB_ACCOUNT_BCRYPT_COST", "6");
            environment.putAll(SHORT_LIVED);
            environment.putAll(plan.settings());
            if (plan.project().equals(Project.folder())) {
                Project.coverageOption(plan.name())
                        .ifPresent(option ->
                                environment.merge("HUB_JVM_OPTIONS", option, (others, one) -> others + " " + one));
            }
            Process launcher = builder.start();
            HubProcess hub = new HubProcess(plan.home(), launcher, port);
            Runtime.getRuntime().addShutdownHook(new Thread(hub::kill, "end of the hub " + plan.name()));
            return hub;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static ProcessBuilder command(Plan plan, String word) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.add("-Dquantum.hub.project=" + plan.project());
        command.addAll(List.of("-cp", launcherPath(), "org.quantumhub.launch.Hub", word));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(plan.home().resolve("launcher.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HUB_") || name.startsWith("POSTGRES_"));
        environment.putAll(plan.database().launcherVariables());
        environment.put("QUANTUM_HUB_HOME", plan.home().toString());
        return builder;
    }

    /// Ends what a test run that was killed itself left running in this home.
    private static void endLeftovers(Plan plan) throws IOException {
        if (Files.exists(plan.home().resolve("state.properties"))) {
            awaitEnd(command(plan, "stop").start(), plan.home());
        }
    }

    static HubProcess start(Plan plan) {
        return begin(plan).awaitReady();
    }

    /// The launcher, whose manifest names its libraries, and the change sets.
    private static String launcherPath() throws IOException {
        return built("liberty-config", "liberty-config-.*-launch\\.jar")
                + File.pathSeparator
                + built("persistence-unit", "persistence-unit-[0-9.]+(-SNAPSHOT)?\\.jar");
    }

    private static Path built(String module, String name) throws IOException {
        try (Stream<Path> files = Files.list(Project.folder().resolve(module).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    HubProcess awaitReady() {
        Path log = home.resolve("launcher.log");
        Await.until(
                "the start of " + home.getFileName(),
                () -> launcher.isAlive() ? Project.read(log) : "ended: " + Project.read(log),
                text -> text.contains("Quantum Hub is ready") || text.startsWith("ended"));
        if (!launcher.isAlive()) {
            throw new IllegalStateException("The hub did not start: " + Project.read(log));
        }
        return this;
    }

    HubClient client() {
        return new HubClient(URI.create("http://127.0.0.1:" + httpPort));
    }

    /// What the server has written.
    String console() {
        return Project.read(home.resolve("logs/server.log"));
    }

    double metric(String name) {
        return Metrics.of(client().get("/metrics").expect(200).body(), name);
    }

    /// The server's process, which is not the launcher's; empty when there is none.
    private Optional<ProcessHandle> serverProcess() {
        Path file = home.resolve("state.properties");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties state = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            state.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Optional.ofNullable(state.getProperty("server.pid"))
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive);
    }

    void signal(String name) {
        Project.signal(serverProcess().orElseThrow(), name);
    }

    /// Whether there is a server, whatever its launcher believes.
    boolean isServing() {
        return serverProcess().isPresent();
    }

    /// The server dies on the spot; its launcher notices and ends.
    void killServer() {
        serverProcess().ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd(launcher, home);
    }

    private static void awaitEnd(Process process, Path home) {
        try {
            if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The launcher of " + home.getFileName() + " does not end.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Ends server and launcher as Ctrl-C does.
    @Override
    public void close() {
        if (launcher.isAlive()) {
            wake();
            launcher.destroy();
            try {
                if (!launcher.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    kill();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                kill();
            }
        }
    }

    /// A server that a failed test left stopped could not obey.
    private void wake() {
        serverProcess().ifPresent(alive -> signal("CONT"));
    }

    /// Leaves nothing running, whatever has become of the test.
    private void kill() {
        if (launcher.isAlive()) {
            serverProcess().ifPresent(ProcessHandle::destroyForcibly);
            launcher.destroyForcibly();
        }
    }
}
