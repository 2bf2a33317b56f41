package org.quantumhub.launch;

import java.nio.file.Path;
import java.util.List;

/// The commands of a hub: `start` when none is named, `stop`, `status`, `db …`, `audit verify`, `secrets …`,
/// `bench-start`.
public final class Hub {
    private static final String USAGE =
            "Say './hub start', 'stop', 'status', 'build', 'test', 'db …', 'audit verify', 'secrets …', 'load' or 'bench-start [N]'.";

    /// Words behind these would be asked for in vain: who says `start --help` does not want a hub started.
    private static final List<String> ALONE = List.of("start", "stop", "status");

    private Hub() {}

    public static void main(String[] arguments) {
        Shutdown shutdown = new Shutdown();
        // what a person may want to keep in a file goes to the standard output alone
        boolean bare = arguments.length > 0 && List.of("db", "audit", "secrets").contains(arguments[0]);
        Steps steps = Steps.shownOn(bare ? System.err : System.out);
        Thread end = new Thread(
                () -> {
                    steps.abandon();
                    shutdown.run();
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(end);
        int code = 1;
        try {
            code = run(List.of(arguments), steps, shutdown);
        } catch (HubFailure failure) {
            say(String.valueOf(failure.getMessage()), shutdown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            if (!shutdown.begun()) {
                unexpected.printStackTrace();
            }
            say(String.valueOf(unexpected.getMessage()), shutdown);
        }
        System.exit(code);
    }

    /// What breaks because the end has begun is no news.
    private static void say(String sentence, Shutdown shutdown) {
        if (!shutdown.begun()) {
            System.err.println("\n" + sentence);
        }
    }

    private static int run(List<String> words, Steps steps, Shutdown shutdown) throws InterruptedException {
        Path project = Path.of(System.getProperty("quantum.hub.project", ""));
        Settings settings = Settings.from(System.getenv(), project);
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        if (!rest.isEmpty() && ALONE.contains(words.getFirst())) {
            throw new HubFailure("'" + words.getFirst() + "' takes no more words. " + USAGE);
        }
        switch (words.isEmpty() ? "start" : words.getFirst()) {
            case "start" -> new Start(settings, steps, shutdown).run();
            case "stop" -> new Stop(settings, steps).run();
            case "status" -> {
                return new Stop(settings, steps).status() ? 0 : 3;
            }
            case "db" -> new DatabaseCommands(settings, steps, shutdown).run(rest);
            case "audit" -> {
                return new AuditCommands(settings, steps, shutdown).run(rest);
            }
            case "secrets" -> new SecretCommands(settings).run(rest);
            case "bench-start" -> new StartBenchmark(settings).run(rest);
            default -> throw new HubFailure(USAGE);
        }
        return 0;
    }
}
