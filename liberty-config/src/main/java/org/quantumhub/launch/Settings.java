package org.quantumhub.launch;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Everything the environment may say about a start, with its defaults.
///
/// @param environment the variables themselves, handed on to the server
/// @param project the folder of the built hub
/// @param home what outlives a process is kept here
/// @param minimumFreeMegabytes less free disk than this and the hub does not start
/// @param memory the heap of the server, in the words of `-Xmx`
record Settings(
        Map<String, String> environment,
        Path project,
        Path home,
        String host,
        int httpPort,
        int httpsPort,
        int databasePort,
        Optional<ExternalDatabase> external,
        String memory,
        long minimumFreeMegabytes,
        Duration startTimeout,
        String adminEmail) {

    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]*[kKmMgG]");
    private static final Pattern EMAIL = Pattern.compile("[^\\s\"\\\\@]+@[^\\s\"\\\\@]+");
    private static final long MEGABYTE = 1024L * 1024;

    static Settings from(Map<String, String> environment, Path project) {
        String home = environment.getOrDefault("QUANTUM_HUB_HOME", "");
        return new Settings(
                Map.copyOf(environment),
                project.toAbsolutePath().normalize(),
                (home.isBlank() ? project.resolve(".quantum-hub") : Path.of(home.strip()))
                        .toAbsolutePath()
                        .normalize(),
                environment.getOrDefault("HUB_HOST", "127.0.0.1"),
                port(environment, "HUB_HTTP_PORT", 9080),
                port(environment, "HUB_HTTPS_PORT", 9443),
                port(environment, "HUB_DB_PORT", 5433),
                ExternalDatabase.in(environment),
                memory(environment),
                number(environment, "HUB_MIN_FREE_MB", 1024, 0, Integer.MAX_VALUE),
                Duration.ofSeconds(number(environment, "HUB_START_TIMEOUT", 180, 1, 3600)),
                email(environment));
    }

    static int port(Map<String, String> environment, String name, int usual) {
        return (int) number(environment, name, usual, 1, 65_535);
    }

    private static long number(Map<String, String> environment, String name, long usual, long least, long most) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new HubFailure(name + " is '" + text + "', which is not a number.", notANumber);
        }
        throw new HubFailure(name + " is " + text + "; it must be between " + least + " and " + most + ".");
    }

    private static String memory(Map<String, String> environment) {
        String text = environment.getOrDefault("HUB_MEMORY", "").strip();
        if (text.isEmpty()) {
            return usualMegabytes(totalMemory()) + "m";
        }
        if (!MEMORY.matcher(text).matches()) {
            throw new HubFailure("HUB_MEMORY is '" + text + "'; it must look like 1g or 1536m.");
        }
        return text;
    }

    /// An eighth of the machine (or of the container), at least one and at most four gibibytes.
    static long usualMegabytes(long totalBytes) {
        return Math.clamp(totalBytes / 8 / MEGABYTE, 1024, 4096);
    }

    private static long totalMemory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    private static String email(Map<String, String> environment) {
        String email =
                environment.getOrDefault("HUB_ADMIN_EMAIL", "admin@localhost").strip();
        if (!EMAIL.matcher(email).matches()) {
            throw new HubFailure("HUB_ADMIN_EMAIL is '" + email + "', which is not an e-mail address.");
        }
        return email;
    }

    String httpUrl() {
        return "http://" + reachableHost() + ":" + httpPort;
    }

    /// How people reach the hub, which links in mails begin with.
    String publicUrl() {
        String url = environment.getOrDefault("HUB_PUBLIC_URL", "").strip();
        return url.isEmpty() ? httpUrl() : url;
    }

    /// Where mails go, in words.
    String mail() {
        String server = environment.getOrDefault("HUB_MAIL_SMTP_HOST", "").strip();
        return server.isEmpty()
                ? "written to " + home.resolve("mail") + " (HUB_MAIL_SMTP_HOST names no server)"
                : "sent by " + server;
    }

    /// A name under which this machine reaches what listens on [#host].
    String reachableHost() {
        return switch (host) {
            case "*", "0.0.0.0", "::" -> "127.0.0.1";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }

    /// More options for the server's Java.
    List<String> jvmOptions() {
        String options = environment.getOrDefault("HUB_JVM_OPTIONS", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    /// Whether later starts are to find the server's classes in an archive; it would not fit other options.
    boolean classArchive() {
        String text = environment.getOrDefault("HUB_CLASS_ARCHIVE", "").strip();
        if (!text.isEmpty() && !text.equals("on") && !text.equals("off")) {
            throw new HubFailure("HUB_CLASS_ARCHIVE is '" + text + "'; it must be on or off.");
        }
        return !text.equals("off") && jvmOptions().isEmpty();
    }

    Path logs() {
        return home.resolve("logs");
    }
}
