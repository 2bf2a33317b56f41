package org.quantumhub.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Measures how long `./hub start` takes until the hub is ready: once in a new home, then again in the same one.
///
/// The home is made for the purpose and removed, the ports are free ones, so a running hub is not disturbed.
final class StartBenchmark {
    private static final int USUAL = 3;
    private static final int MOST = 10;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(120);

    private final Settings settings;

    StartBenchmark(Settings settings) {
        this.settings = settings;
    }

    void run(List<String> words) throws InterruptedException {
        int count = count(words);
        try {
            Path home = Files.createTempDirectory(settings.project().resolve("target"), "bench-home");
            try {
                double first = start(home, "first start in a new home");
                List<Double> later = new ArrayList<>();
                for (int i = 1; i <= count; i++) {
                    later.add(start(home, "later start " + i));
                }
                later.sort(null);
                System.out.printf(
                        "%nfirst %.1f s, later %.1f s (median of %d; fastest %.1f, slowest %.1f), %d processors, heap %s,"
                                + " load average at the end %.1f%n",
                        first,
                        later.get(count / 2),
                        count,
                        later.getFirst(),
                        later.getLast(),
                        Runtime.getRuntime().availableProcessors(),
                        settings.memory(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            } finally {
                PostgresBinaries.delete(home);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The start cannot be measured.", failure);
        }
    }

    private static int count(List<String> words) {
        if (words.isEmpty()) {
            return USUAL;
        }
        if (!words.getFirst().matches("[1-9][0-9]?") || Integer.parseInt(words.getFirst()) > MOST) {
            throw new HubFailure("Say how many later starts to measure, 1 to " + MOST + ".");
        }
        return Integer.parseInt(words.getFirst());
    }

    private double start(Path home, String name) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(settings.project().resolve("hub").toString(), "start").redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("POSTGRES_"));
        builder.environment().putAll(Map.of("QUANTUM_HUB_HOME", home.toString(), "HUB_MEMORY", settings.memory()));
        for (String port : List.of("HUB_HTTP_PORT", "HUB_HTTPS_PORT", "HUB_DB_PORT")) {
            builder.environment().put(port, String.valueOf(freePort()));
        }
        long begun = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder said = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains("is ready")) {
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    System.out.printf("%s: %.1f s%n%s", name, seconds, said);
                    return seconds;
                }
            }
            throw new HubFailure("The hub did not start:\n" + said);
        } finally {
            process.destroy();
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
