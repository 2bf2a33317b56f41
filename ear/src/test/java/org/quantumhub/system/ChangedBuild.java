package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/// The build under test with a change in its EAR: a fault to be noticed, or a fault kit to be used. No release has it.
final class ChangedBuild {

    private ChangedBuild() {}

    /// What is done to an archive.
    @FunctionalInterface
    interface Change {
        void to(FileSystem archive) throws IOException;
    }

    /// @return the folder to be given to a launcher as its project
    static Path make(String name, Change change) {
        Path project = Project.workplace(name);
        try {
            Path target = project.resolve("ear/target");
            Files.createDirectories(target);
            Files.createDirectories(project.resolve("liberty-config/src/main"));
            link(project, "ear/target/liberty");
            link(project, "liberty-config/src/main/liberty");
            Path ear = target.resolve("quantum-hub.ear");
            Files.copy(
                    Project.folder().resolve("ear/target/quantum-hub.ear"), ear, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inEar = FileSystems.newFileSystem(ear)) {
                change.to(inEar);
            }
            return project;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// Changes an archive that lies in the EAR.
    static void inArchive(FileSystem ear, String archive, Change change) throws IOException {
        Path packed = ear.getPath(archive);
        Path unpacked = Files.createTempFile("changed", ".jar");
        try {
            Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inArchive = FileSystems.newFileSystem(unpacked)) {
                change.to(inArchive);
            }
            Files.copy(unpacked, packed, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.delete(unpacked);
        }
    }

    /// Adds classes of the test tree as a library whose beans are discovered.
    ///
    /// @param folder of the classes' package, with its last slash
    /// @param services by interface, the class that serves it
    static void addLibrary(
            FileSystem ear, String name, String folder, List<String> classes, Map<String, String> services)
            throws IOException {
        Path compiled = Project.folder().resolve("ear/target/test-classes");
        Path library = ear.getPath("/lib/" + name);
        Path unpacked = Files.createTempFile("library", ".jar");
        Files.delete(unpacked);
        try (FileSystem jar = FileSystems.newFileSystem(unpacked, Map.of("create", "true"))) {
            Files.createDirectories(jar.getPath(folder));
            for (String type : classes) {
                Files.copy(compiled.resolve(folder + type + ".class"), jar.getPath(folder + type + ".class"));
            }
            Files.createDirectories(jar.getPath("META-INF/services"));
            Files.writeString(
                    jar.getPath("META-INF/beans.xml"),
                    "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"all\"></beans>");
            for (var service : services.entrySet()) {
                Files.writeString(jar.getPath("META-INF/services/" + service.getKey()), service.getValue());
            }
        }
        Files.move(unpacked, library, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void link(Path project, String path) throws IOException {
        Files.deleteIfExists(project.resolve(path));
        Files.createSymbolicLink(project.resolve(path), Project.folder().resolve(path));
    }
}
