package org.quantumhub.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// A build of the hub with crash points: the EAR that Maven built, and one small library more.
final class CrashingBuild {

    private static final List<String> CLASSES = List.of("CrashPoint", "CrashPoint$Literal", "CrashPoints", "Crasher");
    private static final String FOLDER = "org/quantumhub/system/crash/";
    private static final String BEANS = "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\""
            + " bean-discovery-mode=\"all\"></beans>";

    private CrashingBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        Path project = Project.workplace("crashing-build");
        try {
            Path target = project.resolve("ear/target");
            Files.createDirectories(target);
            Files.createDirectories(project.resolve("liberty-config/src/main"));
            link(target.resolve("liberty"), Project.folder().resolve("ear/target/liberty"));
            link(
                    project.resolve("liberty-config/src/main/liberty"),
                    Project.folder().resolve("liberty-config/src/main/liberty"));
            Path library = target.resolve("crash-points.jar");
            write(library);
            Path ear = target.resolve("quantum-hub.ear");
            Files.copy(
                    Project.folder().resolve("ear/target/quantum-hub.ear"), ear, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inEar = FileSystems.newFileSystem(ear)) {
                Files.copy(library, inEar.getPath("/lib/crash-points.jar"));
            }
            return project;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void write(Path library) throws IOException {
        Path classes = Project.folder().resolve("ear/target/test-classes");
        try (OutputStream file = Files.newOutputStream(library);
                JarOutputStream jar = new JarOutputStream(file)) {
            for (String name : CLASSES) {
                add(jar, FOLDER + name + ".class", Files.readAllBytes(classes.resolve(FOLDER + name + ".class")));
            }
            add(jar, "META-INF/beans.xml", BEANS.getBytes(StandardCharsets.UTF_8));
            add(
                    jar,
                    "META-INF/services/jakarta.enterprise.inject.spi.Extension",
                    "org.quantumhub.system.crash.CrashPoints".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static void link(Path link, Path to) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to);
    }
}
