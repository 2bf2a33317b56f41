package org.quantumhub.system;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A build of the hub as it must not be: with the fence cut out of the statement that settles jobs.
final class UnfencedBuild {

    private static final String STATEMENT = "/org/quantumhub/execution/settle.sql";
    private static final List<String> GUARDS = List.of(
            "and j.fence = o.fence - case when j.status = 'QUEUED' then 1 else 0 end",
            // the database would refuse that it goes back
            "fence = m.fence,");

    private UnfencedBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        return ChangedBuild.make(
                "unfenced-build",
                ear -> ChangedBuild.inArchive(ear, "/lib/persistence-unit.jar", UnfencedBuild::cutFence));
    }

    private static void cutFence(FileSystem library) throws IOException {
        Path file = library.getPath(STATEMENT);
        String statement = Files.readString(file);
        for (String guard : GUARDS) {
            if (!statement.contains(guard)) {
                throw new IllegalStateException(STATEMENT + " has changed: there is no '" + guard + "' in it");
            }
            statement = statement.replace(guard, "");
        }
        Files.writeString(file, statement);
    }
}
