package org.quantumhub.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    Path home;

    @Test
    void a_home_is_held_by_one_and_free_again_after_it() {
        Optional<HomeLock> first = HomeLock.tryTake(home);
        assertThat(first).isPresent();
        assertThat(HomeLock.tryTake(home)).isEmpty();

        first.get().close();

        Optional<HomeLock> second = HomeLock.tryTake(home);
        assertThat(second).isPresent();
        second.get().close();
    }

    @Test
    void another_process_holds_a_home_until_it_is_killed() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThat(HomeLock.tryTake(home)).isEmpty();
        } finally {
            holder.destroyForcibly();
            assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        Optional<HomeLock> after = HomeLock.tryTake(home);
        assertThat(after).isPresent();
        after.get().close();
    }

    /// Takes the lock of a home and keeps it until it is killed.
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(HomeLock.tryTake(Path.of(arguments[0])).isPresent() ? "held" : "refused");
            int ignored = System.in.read();
        }
    }
}
