package org.quantumhub.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where the server lives inside a home: its configuration is renewed at each start, its work area is kept.
final class ServerFolder {
    private static final List<String> FILES = List.of("server.xml", "bootstrap.properties", "jvm.options");

    private final Path project;
    private final Path home;

    ServerFolder(Path project, Path home) {
        this.project = project;
        this.home = home;
    }

    Path liberty() {
        return project.resolve("ear/target/liberty/wlp");
    }

    /// What the server is started from.
    Path program() {
        return liberty().resolve("bin/tools/ws-server.jar");
    }

    /// Where the archive of the server's classes is kept.
    Path classes() {
        return home.resolve("liberty");
    }

    Path application() {
        return project.resolve("ear/target/quantum-hub.ear");
    }

    Path drivers() {
        return project.resolve("ear/target/liberty/jdbc");
    }

    Path user() {
        return home.resolve("liberty/usr");
    }

    Path server() {
        return user().resolve("servers/hub");
    }

    Path console() {
        return home.resolve("logs/server.log");
    }

    void checkBuilt() {
        for (Path needed : List.of(liberty(), application(), drivers(), configuration())) {
            if (!Files.exists(needed)) {
                throw new HubFailure("The build is incomplete: " + needed + " is missing; run './hub build'.");
            }
        }
    }

    private Path configuration() {
        return project.resolve("liberty-config/src/main/liberty");
    }

    /// Copies what has changed; an unchanged file keeps its time, so that the server keeps what it derived from it.
    void prepare() {
        try {
            Files.createDirectories(server());
            for (String name : FILES) {
                byte[] wanted = Files.readAllBytes(configuration().resolve(name));
                Path target = server().resolve(name);
                if (!Files.exists(target) || !Arrays.equals(wanted, Files.readAllBytes(target))) {
                    Files.write(target, wanted);
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("The server's folder " + server() + " cannot be prepared.", refused);
        }
    }

    /// What the Java of the server is started with: what Liberty needs opened, then the hub's own `jvm.options`.
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(lines(liberty().resolve("lib/platform/java/java24.options")));
        options.addAll(lines(server().resolve("jvm.options")));
        return options;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The Java options in " + file + " cannot be read.", unreadable);
        }
    }
}
