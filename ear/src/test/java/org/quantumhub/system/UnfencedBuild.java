package org.quantumhub.system;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/// A build of the hub as it must not be: with the fence cut out of the statement that settles jobs.
final class UnfencedBuild {

    private static final String STATEMENT = "/org/quantumhub/execution/settle.sql";
    private static final String CONDITION = "and j.fence = o.fence";

    private UnfencedBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        return ChangedBuild.make(
                "unfenced-build",
                ear -> ChangedBuild.inArchive(ear, "/lib/persistence-unit.jar", UnfencedBuild::cutFence));
    }

    private static void cutFence(FileSystem library) throws IOException {
        Path file = library.getPath(STATEMENT);
        String fenced = Files.readString(file);
        String unfenced = fenced.replace(CONDITION, "");
        if (unfenced.equals(fenced)) {
            throw new IllegalStateException(STATEMENT + " has changed: there is no '" + CONDITION + "' in it");
        }
        Files.writeString(file, unfenced);
    }
}
