package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A build of the hub as it must not be: with the fence cut out of the statement that settles jobs.
final class UnfencedBuild {

    private static final String STATEMENT = "/org/quantumhub/execution/settle.sql";
    private static final String CONDITION = "and j.fence = o.fence";

    private UnfencedBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        Path project = Project.workplace("unfenced-build");
        Project.delete(project.resolve("ear/target/quantum-hub.ear"));
        try {
            Path target = project.resolve("ear/target");
            Files.createDirectories(target);
            Files.createDirectories(project.resolve("liberty-config/src/main"));
            link(target.resolve("liberty"), Project.folder().resolve("ear/target/liberty"));
            link(
                    project.resolve("liberty-config/src/main/liberty"),
                    Project.folder().resolve("liberty-config/src/main/liberty"));
            Path ear = target.resolve("quantum-hub.ear");
            Path library = target.resolve("persistence-unit.jar");
            Files.copy(Project.folder().resolve("ear/target/quantum-hub.ear"), ear);
            try (FileSystem inEar = FileSystems.newFileSystem(ear)) {
                Path packed = inEar.getPath("/lib/persistence-unit.jar");
                Files.copy(packed, library, StandardCopyOption.REPLACE_EXISTING);
                cutFence(library);
                Files.copy(library, packed, StandardCopyOption.REPLACE_EXISTING);
            }
            return project;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void cutFence(Path library) throws IOException {
        try (FileSystem inLibrary = FileSystems.newFileSystem(library)) {
            Path file = inLibrary.getPath(STATEMENT);
            String fenced = Files.readString(file);
            String unfenced = fenced.replace(CONDITION, "");
            if (unfenced.equals(fenced)) {
                throw new IllegalStateException(STATEMENT + " has changed: there is no '" + CONDITION + "' in it");
            }
            Files.writeString(file, unfenced);
        }
    }

    private static void link(Path link, Path to) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to);
    }
}
