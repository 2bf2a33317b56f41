package org.quantumhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// A build of the hub as it must not be: the door knows who comes, and asks for no role; services check nothing. What
/// the
/// database refuses is all that is refused.
final class UncheckedBuild {

    private static final Map<String, Map<String, String>> WITHOUT_CHECKS = Map.of(
            "/lib/persistence-unit.jar",
                    Map.of("/org/quantumhub/shared/Caller.class", "mayWrite mayAdminister mayOwn is actsFor"),
            "/web-module.war", Map.of("/WEB-INF/classes/org/quantumhub/shared/rest/Door.class", "allows"));

    private UncheckedBuild() {}

    /// @return the folder to be given to a launcher as its project
    static Path make() {
        Path project = Project.workplace("unchecked-build");
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
            Files.copy(Project.folder().resolve("ear/target/quantum-hub.ear"), ear);
            try (FileSystem inEar = FileSystems.newFileSystem(ear)) {
                for (var module : WITHOUT_CHECKS.entrySet()) {
                    Path packed = inEar.getPath(module.getKey());
                    Path archive = target.resolve(packed.getFileName().toString());
                    Files.copy(packed, archive, StandardCopyOption.REPLACE_EXISTING);
                    try (FileSystem inArchive = FileSystems.newFileSystem(archive)) {
                        for (var type : module.getValue().entrySet()) {
                            takeOut(inArchive.getPath(type.getKey()), type.getValue());
                        }
                    }
                    Files.copy(archive, packed, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return project;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void link(Path link, Path to) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to);
    }

    /// Gives methods a body that agrees to everything: `true`, or the object itself.
    private static void takeOut(Path type, String methods) throws IOException {
        ClassFile tool = ClassFile.of();
        int[] replaced = {0};
        byte[] changed = tool.transformClass(tool.parse(Files.readAllBytes(type)), (builder, element) -> {
            if (element instanceof MethodModel method
                    && (" " + methods + " ").contains(" " + method.methodName().stringValue() + " ")) {
                replaced[0]++;
                boolean answersYes = method.methodType().stringValue().endsWith(")Z");
                builder.withMethodBody(
                        method.methodName(), method.methodType(), method.flags().flagsMask(), code -> {
                            if (answersYes) {
                                code.iconst_1().ireturn();
                            } else {
                                code.aload(0).areturn();
                            }
                        });
            } else {
                builder.with(element);
            }
        });
        if (replaced[0] < methods.split(" ").length) {
            throw new IllegalStateException(type + " has changed: of " + methods + " there are " + replaced[0]);
        }
        Files.write(type, changed);
    }
}
