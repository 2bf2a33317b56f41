package org.quantumhub.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Server processes that outlived a killed launcher.
///
/// Each server carries the home it serves on its command line, so it is found without any file, and no process of
/// another home or of another program is ever touched.
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Leftovers() {}

    /// The word on a server's command line by which it is known.
    static String mark(Path home) {
        return "-Dquantum.hub.home=" + home;
    }

    static List<ProcessHandle> servers(Path home) {
        String mark = mark(home);
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> words(process).anyMatch(mark::equals))
                .toList();
    }

    private static Stream<String> words(ProcessHandle process) {
        return process.info().arguments().stream().flatMap(Stream::of);
    }

    /// Asks a process to end, and ends it when it does not.
    static void end(ProcessHandle process) {
        end(process, PATIENCE);
    }

    /// Asks a process to end and waits; after the given patience it is killed. True if it obeyed.
    static boolean end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (ended(process, patience)) {
            return true;
        }
        process.destroyForcibly();
        ended(process, PATIENCE);
        return false;
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException lives) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (java.util.concurrent.ExecutionException unknown) {
            return !process.isAlive();
        }
    }
}
