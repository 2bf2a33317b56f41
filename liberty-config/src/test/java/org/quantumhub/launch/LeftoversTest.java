package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path home;

    private static Process server(Path home, String... deafness) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Leftovers.mark(home),
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName()));
        command.addAll(List.of(deafness));
        Process process = new ProcessBuilder(command).start();
        assertThat(process.inputReader().readLine()).isEqualTo("up");
        return process;
    }

    @Test
    void a_server_is_found_by_the_home_it_serves_and_by_no_other() throws IOException {
        Process server = server(home);
        try {
            assertThat(Leftovers.servers(home)).extracting(ProcessHandle::pid).containsExactly(server.pid());
            assertThat(Leftovers.servers(home.resolve("other"))).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_server_left_behind_is_asked_to_end() throws IOException {
        Process server = server(home);
        assertThat(Leftovers.end(server.toHandle(), Duration.ofSeconds(20))).isTrue();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void a_server_that_does_not_obey_is_killed() throws IOException {
        Process server = server(home, "deaf");
        assertThat(Leftovers.end(server.toHandle(), Duration.ofMillis(300))).isFalse();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void the_state_remembers_a_process_until_it_has_ended() throws IOException {
        Process server = server(home);
        RunState.empty(home).put("server", server.toHandle()).put("db.port", "5433");

        RunState read = RunState.read(home);
        assertThat(read.value("db.port")).contains("5433");
        assertThat(read.process("server")).contains(server.toHandle());

        server.destroyForcibly().onExit().join();
        assertThat(read.process("server")).isEmpty();
    }

    @Test
    void a_process_that_only_inherited_the_number_is_not_taken_for_the_remembered_one() {
        RunState state = RunState.empty(home).put("server", ProcessHandle.current());
        assertThat(state.process("server")).isPresent();
        state.put("server.begun", "1999-12-31T23:59:59Z");
        assertThat(state.process("server")).isEmpty();
    }

    /// Stands for a server: lives until it is ended.
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws InterruptedException {
            if (arguments.length > 0) {
                Runtime.getRuntime().addShutdownHook(new Thread(Server::waitForEver));
            }
            System.out.println("up");
            Thread.currentThread().join();
        }

        private static void waitForEver() {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
