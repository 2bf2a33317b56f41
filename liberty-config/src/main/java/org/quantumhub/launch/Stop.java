package org.quantumhub.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `./hub stop` and `./hub status`: looking at a hub, and ending it, from outside.
final class Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Settings settings;
    private final Steps steps;

    Stop(Settings settings, Steps steps) {
        this.settings = settings;
        this.steps = steps;
    }

    void run() throws InterruptedException {
        Path home = settings.home();
        if (!java.nio.file.Files.isDirectory(home)) {
            System.out.println("No hub of " + home + " is running.");
            return;
        }
        Optional<HomeLock> lock = HomeLock.tryTake(home);
        if (lock.isPresent()) {
            try (HomeLock held = lock.get()) {
                endLeftovers(home);
            }
            return;
        }
        ProcessHandle launcher = RunState.read(home)
                .process("launcher")
                .orElseThrow(() -> new HubFailure("Something holds the home " + home + ", but it is not a hub that has"
                        + " started; wait a moment and try again."));
        steps.step("ending the hub (process " + launcher.pid() + ")", () -> {
            launcher.destroy();
            awaitFree(home);
            return launcher;
        });
    }

    private void endLeftovers(Path home) {
        boolean found = false;
        List<ProcessHandle> servers = Leftovers.servers(home);
        for (ProcessHandle server : servers) {
            found = true;
            steps.step("ending the server left behind (process " + server.pid() + ")", () -> {
                Leftovers.end(server);
                return server;
            });
        }
        if (java.nio.file.Files.exists(home.resolve("db/postmaster.pid"))) {
            EmbeddedDatabase database = EmbeddedDatabase.prepared(home, settings.databasePort(), steps);
            if (database.running()) {
                found = true;
                steps.step("ending the database left behind", database::stopRunning);
            }
        }
        if (!found) {
            System.out.println("No hub of " + home + " is running.");
        }
    }

    private static void awaitFree(Path home) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        Optional<HomeLock> lock = HomeLock.tryTake(home);
        while (lock.isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new HubFailure("The hub did not end within " + PATIENCE.toSeconds() + " s.");
            }
            Thread.sleep(Duration.ofMillis(100));
            lock = HomeLock.tryTake(home);
        }
        lock.get().close();
    }

    /// Says what runs; true when a hub does.
    boolean status() {
        Path home = settings.home();
        RunState state = RunState.read(home);
        Optional<ProcessHandle> launcher = state.process("launcher");
        if (launcher.isEmpty()) {
            System.out.println("No hub of " + home + " is running.");
            return false;
        }
        System.out.println(
                "The hub of " + home + " is running: launcher " + launcher.get().pid()
                        + state.process("server")
                                .map(server -> ", server " + server.pid())
                                .orElse(", server not yet")
                        + state.value("db.port")
                                .map(port -> ", database on port " + port)
                                .orElse("")
                        + state.value("url").map(url -> ", " + url).orElse("") + ".");
        return true;
    }
}
