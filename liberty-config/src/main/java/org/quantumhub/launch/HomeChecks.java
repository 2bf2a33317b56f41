package org.quantumhub.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// What must be true before anything is started; each refusal is one sentence.
final class HomeChecks {
    private static final long MEGABYTE = 1024L * 1024;

    private HomeChecks() {}

    static void makeWritable(Path home) {
        try {
            Files.createDirectories(home);
            Files.createDirectories(home.resolve("logs"));
            Path probe = Files.createTempFile(home, "probe", ".tmp");
            Files.delete(probe);
        } catch (IOException refused) {
            throw new HubFailure(
                    "The home " + home + " cannot be written; choose another by QUANTUM_HUB_HOME.", refused);
        }
    }

    /// Nobody else may look into a home.
    ///
    /// @param passable whether others may pass through to a folder they know, as a database of another user must
    static void closeToOthers(Path home, boolean passable) {
        try {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(passable ? "rwx--x--x" : "rwx------"));
        } catch (IOException notOurs) {
            throw new HubFailure("The home " + home + " belongs to another user.", notOurs);
        }
    }

    static void enoughDisk(Path home, long minimumMegabytes) {
        try {
            long free = Files.getFileStore(home).getUsableSpace() / MEGABYTE;
            if (free < minimumMegabytes) {
                throw new HubFailure("Only " + free + " MiB are free on the disk of " + home + "; the hub wants "
                        + minimumMegabytes + " MiB (HUB_MIN_FREE_MB).");
            }
        } catch (IOException unknown) {
            throw new HubFailure("The free disk space of " + home + " cannot be read.", unknown);
        }
    }

    /// Refuses a port that something else listens on.
    static void portFree(String host, int port, String use, String variable) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address(host, port));
        } catch (IOException taken) {
            throw new HubFailure(
                    "Port " + port + " (" + use + ") is taken by another program; free it or set " + variable + ".",
                    taken);
        }
    }

    private static InetSocketAddress address(String host, int port) throws IOException {
        if (host.equals("*")) {
            return new InetSocketAddress(port);
        }
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }
}
