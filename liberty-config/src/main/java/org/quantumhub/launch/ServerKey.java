package org.quantumhub.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/// The key of TLS and of the tokens: made with the home, kept as long as it.
///
/// The server would make one by itself, whose certificate ends after a year and takes every token with it.
final class ServerKey {
    private static final int DAYS = 3650;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ServerKey() {}

    static Path file(Path home) {
        return home.resolve("hub-key.p12");
    }

    static boolean exists(Path home) {
        return Files.exists(file(home));
    }

    /// Makes the key under the alias `default`. The password reaches the tool by a file, not by its command line.
    static void make(Path home, String password) {
        Path draft = home.resolve("hub-key.p12.part");
        Path word = home.resolve("hub-key.password");
        try {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(word);
            Secrets.createPrivate(word);
            Files.writeString(word, password);
            Commands.Outcome outcome = Commands.run(LIMIT, command(draft, word));
            if (!outcome.succeeded()) {
                throw new HubFailure("The server's key cannot be made: " + outcome.output());
            }
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            Files.move(draft, file(home), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw new UncheckedIOException("The server's key cannot be kept in " + home, refused);
        } finally {
            word.toFile().delete();
        }
    }

    private static List<String> command(Path target, Path password) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "default",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                String.valueOf(DAYS),
                "-dname",
                "CN=localhost, O=Quantum Hub",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1" + machine(),
                "-storetype",
                "PKCS12",
                "-keystore",
                target.toString(),
                "-storepass:file",
                password.toString());
    }

    /// The name of this machine, where it can stand in a certificate.
    private static String machine() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z][A-Za-z0-9.-]*") && !name.equals("localhost") ? ",dns:" + name : "";
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
