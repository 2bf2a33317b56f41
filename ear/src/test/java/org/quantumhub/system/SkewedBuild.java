package org.quantumhub.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A build of the hub whose clock is an hour ahead of everybody else's.
final class SkewedBuild {

    private SkewedBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        return ChangedBuild.make(
                "skewed-build",
                ear -> ChangedBuild.addLibrary(
                        ear, "skewed-clock.jar", "org/quantumhub/system/skew/", List.of("SkewedClock"), Map.of()));
    }
}
