package org.quantumhub.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A build of the hub with crash points: the EAR that Maven built, and one small library more.
final class CrashingBuild {

    private CrashingBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        return ChangedBuild.make(
                "crashing-build",
                ear -> ChangedBuild.addLibrary(
                        ear,
                        "crash-points.jar",
                        "org/quantumhub/system/crash/",
                        List.of("CrashPoint", "CrashPoint$Literal", "CrashPoints", "Crasher"),
                        Map.of("jakarta.enterprise.inject.spi.Extension", "org.quantumhub.system.crash.CrashPoints")));
    }
}
