package org.quantumhub.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The classes of the application server and of Java, parsed and verified once, for later starts of the same server.
///
/// The first start lists what it loads (`-XX:DumpLoadedClassList`); when that server has ended, a Java of its own makes
/// an archive of it (`-Xshare:dump`). Java takes a class from an archive only where its bytes are the very same, so an
/// archive can be out of date and never wrong. It belongs to one Java, one server and one set of options; none is made
/// where `HUB_JVM_OPTIONS` names others, and none where `HUB_CLASS_ARCHIVE` is `off`.
final class ClassArchive {
    private static final long PATIENCE_SECONDS = 45;
    /// A killed Java ends with 128 and the signal's number.
    private static final int KILLED = 128;

    private static final Pattern LISTED = Pattern.compile("\\S+ id: (\\d+)(.*)");
    private static final Pattern REFERENCES = Pattern.compile("(?:super|interfaces):((?: \\d+)+)");
    private static final Pattern SOURCE = Pattern.compile(" source: (.+)");

    private final List<String> options;
    private final Path classPath;
    private final Path server;
    private final Path archive;
    private final Path list;
    private final boolean wanted;
    private boolean listed;

    /// @param options of the server's Java, memory included; without agents
    /// @param classPath what the server is started from
    /// @param server where the application's classes are unpacked: they are woven while they are loaded, so that no
    /// file
    ///     holds what an archive of them would
    /// @param folder for the archive
    ClassArchive(List<String> options, Path classPath, Path server, Path folder, boolean wanted) {
        this.options = options;
        this.classPath = classPath;
        this.server = server;
        this.wanted = wanted;
        String name = "classes-" + fingerprint();
        archive = folder.resolve(name + ".jsa");
        list = folder.resolve(name + ".list");
    }

    private String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<String> words = new ArrayList<>(options);
            words.add(System.getProperty("java.home") + " " + Runtime.version());
            if (Files.exists(classPath)) {
                words.add(classPath + " " + Files.getLastModifiedTime(classPath) + " " + Files.size(classPath));
            }
            digest.update(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The server in " + classPath + " cannot be read.", unreadable);
        }
    }

    /// What the server's Java is to be told: to use the archive, or to list its classes for one.
    List<String> options() {
        if (!wanted) {
            return List.of();
        }
        try {
            if (!Files.exists(archive)) {
                Files.createDirectories(archive.getParent());
                Files.deleteIfExists(list);
                return List.of("-XX:DumpLoadedClassList=" + list);
            }
            return Files.size(archive) == 0 ? List.of() : List.of("-XX:SharedArchiveFile=" + archive);
        } catch (IOException refused) {
            throw new UncheckedIOException("The archive of the server's classes cannot be kept in " + archive, refused);
        }
    }

    /// The server had started and has ended by itself: its list is whole.
    void listed() {
        listed = true;
    }

    /// Whether there is a list, and no archive yet.
    boolean due() {
        return wanted && listed && Files.exists(list) && !Files.exists(archive);
    }

    /// Makes the archive. What Java cannot archive is not tried again at each end: an empty file remembers it.
    ///
    /// @param log what Java says meanwhile
    /// @return what became of it, in words; empty when all went well
    String make(Path log) {
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".tmp");
        try {
            Files.writeString(list, archivable(Files.readAllLines(list, StandardCharsets.UTF_8), server));
            Process java = new ProcessBuilder(command(unfinished))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!java.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                java.destroyForcibly().waitFor();
            }
            if (java.exitValue() == 0) {
                Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
                removeOthers();
                return "";
            }
            if (java.exitValue() < KILLED) {
                Files.createFile(archive);
            }
            return "not possible, see " + log;
        } catch (IOException refused) {
            return "not possible: " + refused.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            delete(unfinished);
            delete(list);
        }
    }

    private List<String> command(Path target) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // comes with every agent; an archive is used by those with the same modules only
        command.addAll(List.of("--add-modules", "java.instrument", "-Xshare:dump"));
        command.add("-XX:SharedClassListFile=" + list);
        command.add("-XX:SharedArchiveFile=" + target);
        command.addAll(List.of("-cp", classPath.toString()));
        return command;
    }

    /// A list without the classes whose files lie below a folder, and without those that need them.
    static String archivable(List<String> lines, Path without) {
        Set<String> left = new HashSet<>();
        StringBuilder kept = new StringBuilder();
        for (String line : lines) {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches() && (liesBelow(listed.group(2), without) || needs(listed.group(2), left))) {
                left.add(listed.group(1));
            } else {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private static boolean liesBelow(String rest, Path folder) {
        Matcher source = SOURCE.matcher(rest);
        return source.find() && Path.of(source.group(1)).startsWith(folder);
    }

    private static boolean needs(String rest, Set<String> left) {
        return REFERENCES
                .matcher(rest)
                .results()
                .flatMap(found -> Stream.of(found.group(1).strip().split(" ")))
                .anyMatch(left::contains);
    }

    /// Those of earlier options and versions, each as large as the server, and what a killed launcher left behind.
    private void removeOthers() throws IOException {
        try (Stream<Path> files = Files.list(archive.getParent())) {
            files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .filter(file -> !file.equals(archive))
                    .forEach(ClassArchive::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
