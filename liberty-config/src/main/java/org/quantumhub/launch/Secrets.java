package org.quantumhub.launch;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Properties;

/// Generated passwords of one home, kept in a file that only its owner may read.
public final class Secrets {
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int LENGTH = 28;

    private final Path file;
    private final Properties values = new Properties();
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path file) {
        this.file = file;
    }

    /// The secrets of a home; the file is made at the first secret.
    public static Secrets of(Path home) {
        Secrets secrets = new Secrets(home.resolve("secrets.properties"));
        if (Files.exists(secrets.file)) {
            try (Reader reader = Files.newBufferedReader(secrets.file)) {
                secrets.values.load(reader);
            } catch (IOException unreadable) {
                throw new HubFailure("The secrets file " + secrets.file + " cannot be read.", unreadable);
            }
        }
        return secrets;
    }

    /// The secret of this name, generated when there is none (about 160 bits).
    public synchronized String secret(String name) {
        String known = values.getProperty(name);
        if (known != null) {
            return known;
        }
        StringBuilder generated = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            generated.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        values.setProperty(name, generated.toString());
        write();
        return generated.toString();
    }

    synchronized void forget(String name) {
        if (values.remove(name) != null) {
            write();
        }
    }

    private void write() {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            createPrivate(draft);
            try (Writer writer = Files.newBufferedWriter(draft)) {
                values.store(writer, "Generated for this home. Whoever reads this file owns the hub.");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The secrets file " + file + " cannot be written.", unwritable);
        }
    }

    /// Makes an empty file of mode 600, so that its content is never readable by others, not even for a moment.
    static void createPrivate(Path path) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
