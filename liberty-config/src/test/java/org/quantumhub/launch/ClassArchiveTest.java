package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real Java, and a small program that loads classes as an application server does: by loaders of its own.
class ClassArchiveTest {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");

    private static final String PROGRAM = """
            public class Program {
                public static void main(String[] jars) throws Exception {
                    for (int i = 0; i < jars.length; i += 2) {
                        var from = new java.net.URL[] {java.nio.file.Path.of(jars[i]).toUri().toURL()};
                        Class.forName(jars[i + 1], true, new java.net.URLClassLoader(from));
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private Path program;
    private Path liberty;
    private Path application;
    private Path server;

    @BeforeEach
    void compile() throws IOException {
        server = Files.createDirectories(folder.resolve("server"));
        program = jar(folder.resolve("program.jar"), "Program", PROGRAM);
        liberty = jar(folder.resolve("liberty.jar"), "OfTheServer", "public class OfTheServer {}");
        application = jar(server.resolve("application.jar"), "Woven", "public class Woven {}");
    }

    private Path jar(Path jar, String name, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), file.toString()))
                .isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new JarEntry(name + ".class"));
            zip.write(Files.readAllBytes(folder.resolve(name + ".class")));
        }
        return jar;
    }

    private ClassArchive archive(List<String> options) {
        return new ClassArchive(options, program, server, folder.resolve("home"), true);
    }

    /// Runs the program and gives the lines that say where its classes came from.
    private List<String> run(List<String> more) throws IOException, InterruptedException {
        Path loaded = folder.resolve("loaded.txt");
        Files.deleteIfExists(loaded);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        command.addAll(more);
        // as the agent of the server does
        command.addAll(List.of("--add-modules", "java.instrument", "-Xlog:class+load:file=" + loaded));
        command.addAll(List.of("-cp", program.toString(), "Program"));
        command.addAll(List.of(liberty.toString(), "OfTheServer", application.toString(), "Woven"));
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("[cds]").doesNotContain("[aot]");
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" OfTheServer ") || line.contains(" Woven "))
                .toList();
    }

    private String make(ClassArchive archive) {
        return archive.make(folder.resolve("classes.log"));
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("home"))) {
            return files.toList();
        }
    }

    @Test
    void a_later_start_finds_the_server_s_classes_in_the_archive_and_the_application_s_in_their_files()
            throws IOException, InterruptedException {
        ClassArchive first = archive(OPTIONS);
        assertThat(run(first.options())).hasSize(2).noneMatch(line -> line.contains("shared objects file"));
        first.listed();
        assertThat(first.due()).isTrue();
        assertThat(make(first)).isEmpty();

        ClassArchive later = archive(OPTIONS);
        assertThat(run(later.options()))
                .hasSize(2)
                .anyMatch(line -> line.contains("OfTheServer source: shared objects file"))
                .anyMatch(line -> line.contains("Woven source: file:"));
        later.listed();
        assertThat(later.due()).isFalse();
        assertThat(kept())
                .hasSize(1)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void a_server_that_was_killed_has_left_no_list_to_go_by() throws IOException, InterruptedException {
        ClassArchive first = archive(OPTIONS);
        run(first.options());
        assertThat(first.due()).isFalse();
    }

    @Test
    void other_options_have_an_archive_of_their_own_and_the_old_one_goes() throws IOException, InterruptedException {
        Path left = Files.createDirectories(folder.resolve("home")).resolve("classes-0123456789ab.jsa.tmp");
        Files.writeString(left, "what a killed launcher left behind");
        for (List<String> options : List.of(OPTIONS, List.of("-XX:+UseSerialGC", "-Xmx65m"))) {
            ClassArchive archive = archive(options);
            assertThat(archive.options()).hasSize(1).allMatch(option -> option.contains("DumpLoadedClassList"));
            run(archive.options());
            assertThat(make(archive)).isEmpty();
            assertThat(archive.options()).allMatch(option -> option.contains("SharedArchiveFile"));
        }
        assertThat(kept()).hasSize(1);
    }

    @Test
    void what_java_cannot_archive_is_tried_once() throws IOException {
        ClassArchive first = archive(OPTIONS);
        Path list = Path.of(first.options().getFirst().split("=")[1]);
        Files.writeString(list, "java/lang/Object id: nothing\n");
        first.listed();
        assertThat(make(first)).startsWith("not possible, see ");
        ClassArchive later = archive(OPTIONS);
        assertThat(later.options()).isEmpty();
        assertThat(later.due()).isFalse();
        assertThat(folder.resolve("classes.log")).isNotEmptyFile();
    }

    @Test
    void nothing_is_listed_or_kept_when_none_is_wanted() {
        ClassArchive unwanted = new ClassArchive(OPTIONS, program, server, folder.resolve("home"), false);
        unwanted.listed();
        assertThat(unwanted.options()).isEmpty();
        assertThat(unwanted.due()).isFalse();
    }

    @Test
    void a_list_loses_what_lies_below_a_folder_and_what_needs_it() {
        String list = """
                # made by Java
                java/lang/Object id: 0
                a/Server id: 7 super: 0 source: /opt/server.jar
                a/Woven id: 8 super: 0 interfaces: 7 source: /home/hub/cache/app.jar
                a/Heir id: 9 super: 0 interfaces: 7 8 source: /opt/server.jar
                a/HeirOfHeir id: 10 super: 9 source: /opt/server.jar
                a/Other id: 11 super: 7 interfaces: 80 90 source: /home/hubble/server.jar
                @lambda-proxy a/Server run ()V
                """;
        assertThat(ClassArchive.archivable(list.lines().toList(), Path.of("/home/hub")))
                .isEqualTo("""
                        # made by Java
                        java/lang/Object id: 0
                        a/Server id: 7 super: 0 source: /opt/server.jar
                        a/Other id: 11 super: 7 interfaces: 80 90 source: /home/hubble/server.jar
                        @lambda-proxy a/Server run ()V
                        """);
    }
}
