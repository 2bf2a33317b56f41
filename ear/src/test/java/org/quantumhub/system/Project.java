package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Where things lie in the build under test.
final class Project {

    /// Below what the system gives to outgoing connections, and never the same twice: between the choice of a port and
    /// the start of its server lie seconds, in which other tests choose theirs.
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(15_000, 28_000));

    private Project() {}

    static Path folder() {
        return Path.of(System.getProperty("quantum.hub.project", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /// What a test run may write; made anew by each run.
    static Path workplace(String name) {
        return folder().resolve("ear/target/system-tests").resolve(name);
    }

    static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one, then
            } catch (IOException none) {
                throw new UncheckedIOException("No port is free.", none);
            }
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Sends a process a signal that Java has no word for.
    static void signal(ProcessHandle process, String name) {
        run("kill", "-" + name, String.valueOf(process.pid()));
    }

    /// Runs a program of the system to its end, which must be a good one.
    static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// The option that measures coverage in a server's Java, written to a file of its own; empty when this test run is
    /// not measured. The engine is measured by its own tests: counting in its loops makes a server slow.
    static Optional<String> coverageOption(String server) {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
                .map(argument -> argument.substring(0, argument.indexOf('=') + 1) + "destfile="
                        + folder().resolve("ear/target/jacoco-" + server + ".exec")
                        + ",append=true,includes=org.quantumhub.*,excludes=org.quantumhub.engine.*")
                .findFirst();
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
