package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CompilingTest {

    /// Field 19 of `/proc/[pid]/stat`; the second, a name in brackets, is cut off with the first.
    private static final int NICE = 19 - 3;

    @Test
    void compiles_early_everywhere_and_behind_others_on_linux() {
        List<String> elsewhere = Compiling.options(2, false);
        assertThat(elsewhere).hasSize(3).allMatch(option -> option.startsWith("-XX:Tier4"));
        assertThat(Compiling.options(2, true)).containsAll(elsewhere).contains("-XX:CompilerThreadPriority=3");
    }

    @Test
    void has_a_third_thread_where_java_would_take_two_and_the_processors_are_more_than_one() {
        String third = "-XX:CICompilerCount=3";
        assertThat(Compiling.options(1, true)).doesNotContain(third);
        assertThat(Compiling.options(2, true)).contains(third);
        assertThat(Compiling.options(3, true)).contains(third);
        assertThat(Compiling.options(4, true)).doesNotContain(third);
        assertThat(Compiling.options(2, false)).doesNotContain(third);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_java_with_the_options_has_its_compilers_behind_its_other_threads() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Compiling.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeftoversTest.Server.class.getName()));
        Process java = new ProcessBuilder(command).start();
        try {
            // a warning may come before it, where who runs this is not allowed everything
            assertThat(java.inputReader().lines().anyMatch("up"::equals)).isTrue();
            TreeMap<String, Integer> niceness = niceness(java.pid());
            assertThat(niceness).containsEntry("C1 CompilerThre", 3).containsEntry("C2 CompilerThre", 3);
            assertThat(niceness).containsEntry("java", 0);
        } finally {
            java.destroyForcibly().waitFor();
        }
    }

    private static TreeMap<String, Integer> niceness(long pid) throws IOException {
        TreeMap<String, Integer> threads = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                threads.merge(name, Integer.valueOf(rest[NICE]), Math::min);
            }
        }
        return threads;
    }
}
