package org.quantumhub.launch;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The account PostgreSQL runs under, since it refuses to run as root.
///
/// An ordinary user runs it directly. Root runs it in a user namespace of its own, where it is nobody special and
/// yet owns its files; where the kernel does not allow that, root gives the files to *nobody* and runs it as that.
enum PostgresAccount {
    OWN(""),
    NAMESPACE("unshare -U"),
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

    private static final int NOBODY_ID = 65_534;
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final String prefix;

    PostgresAccount(String prefix) {
        this.prefix = prefix;
    }

    static PostgresAccount ofThisProcess() {
        if (new UnixSystem().getUid() != 0) {
            return OWN;
        }
        for (PostgresAccount account : List.of(NAMESPACE, NOBODY)) {
            if (Commands.run(SHORT, account.command("true")).succeeded()) {
                return account;
            }
        }
        throw new HubFailure("PostgreSQL does not run as root, and neither unshare nor setpriv works here;"
                + " start the hub as an ordinary user.");
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix.isEmpty() ? List.of() : List.of(prefix.split(" ")));
        command.addAll(List.of(words));
        return command;
    }

    /// Gives a folder with everything in it to this account.
    void own(Path folder) {
        if (this == OWN || !Files.exists(folder)) {
            return;
        }
        int id = this == NOBODY ? NOBODY_ID : 0;
        try {
            if (id(folder) == id) {
                return;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                // the folder itself comes last: an interrupted change is then seen and repeated
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("The owner of " + folder + " cannot be changed.", refused);
        }
    }

    private static int id(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /// Refuses a place this account cannot reach, such as a home inside `/root`.
    void checkReach(Path program) {
        if (this == NOBODY
                && !Commands.run(SHORT, command("test", "-x", program.toString()))
                        .succeeded()) {
            throw new HubFailure("PostgreSQL runs as the user nobody here, who may not enter " + program.getParent()
                    + "; set QUANTUM_HUB_HOME to a folder that every user may enter, or start as an ordinary user.");
        }
    }
}
