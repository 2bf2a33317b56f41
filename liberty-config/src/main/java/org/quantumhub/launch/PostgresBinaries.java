package org.quantumhub.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL for this platform, unpacked once into a home.
///
/// @param folder holds `bin`, `lib` and `share`
/// @param version complete, such as `18.6.0`
record PostgresBinaries(Path folder, String version) {
    private static final int OWNER_EXECUTES = 0100;

    static PostgresBinaries in(Path home, Steps steps) {
        String version = bundledVersion();
        Path folder = home.resolve("pg").resolve(version);
        if (!Files.exists(folder)) {
            steps.step("unpacking PostgreSQL " + version, () -> {
                unpack(folder);
                return version;
            });
        }
        return new PostgresBinaries(folder, version);
    }

    private static String bundledVersion() {
        Properties versions = new Properties();
        try (InputStream stream = resource("/org/quantumhub/launch/versions.properties")) {
            versions.load(stream);
        } catch (IOException unreadable) {
            throw new HubFailure("The launcher does not know its version of PostgreSQL.", unreadable);
        }
        return versions.getProperty("postgresql", "");
    }

    private static InputStream resource(String name) {
        InputStream stream = PostgresBinaries.class.getResourceAsStream(name);
        if (stream == null) {
            throw new HubFailure("This build holds no " + name + "; the embedded database runs on Linux and macOS,"
                    + " on x86-64 and ARM 64; elsewhere set POSTGRES_HOST.");
        }
        return stream;
    }

    static String archiveName(String system, String processor) {
        String platform = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String architecture = switch (processor.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> processor;
        };
        return "/postgres-" + platform + "-" + architecture + ".txz";
    }

    /// Unpacks beside the final place and renames at the end: a killed start leaves nothing half.
    private static void unpack(Path folder) throws IOException {
        Path draft = folder.resolveSibling(folder.getFileName() + ".part");
        delete(draft);
        Files.createDirectories(draft);
        String archive = archiveName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(resource(archive), 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, draft);
            }
        }
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(tar, target);
            boolean program = (entry.getMode() & OWNER_EXECUTES) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    int majorVersion() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
