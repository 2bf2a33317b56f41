package org.quantumhub.launch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class EagerWritebackTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path base;

    private EagerWriteback writeback() {
        return EagerWriteback.of(base).orElseThrow();
    }

    private Path file(String name) throws IOException {
        return file(name, 8192);
    }

    private Path file(String name, int bytes) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[bytes]);
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void what_changed_since_the_last_look_is_written_and_nothing_else() throws IOException {
        Path old = file("16384/2601");
        Path young = file("16384/2602");
        EagerWriteback writeback = writeback();

        assertThat(writeback.look()).as("the first look takes all").isEqualTo(2);
        age(old, Duration.ofSeconds(5));
        age(young, Duration.ofSeconds(-5));
        assertThat(writeback.look()).isEqualTo(1);
    }

    @Test
    void templates_and_whatever_else_lies_there_are_left_alone() throws IOException {
        for (String other :
                new String[] {"1/2601", "4/2601", "5/2601", "9999/2601", "16383/2601", "pgsql_tmp/2601", "2601"}) {
            file(other);
        }

        assertThat(writeback().look()).isZero();
    }

    @Test
    void a_folder_that_is_gone_is_no_reason_to_end() throws IOException {
        EagerWriteback writeback = EagerWriteback.of(base.resolve("none")).orElseThrow();

        assertThat(writeback.look()).isZero();
        file("none/16384/2601");
        assertThat(writeback.look()).isEqualTo(1);
    }

    @Test
    void pages_that_the_kernel_would_keep_go_to_the_disk() throws IOException {
        // a new one: ext4 hurries with files that are emptied and filled again
        Path file = file("16384/2601", 8 << 20);
        long dirty = dirtyPages(file);
        assumeTrue(dirty > 0, "needs the call cachestat (Linux 6.5) and a file system on a disk");

        writeback().look();

        // begun when the call returns; the kernel by itself would have begun some thirty seconds later
        assertThat(dirtyPages(file)).isZero();
    }

    @Test
    void looking_takes_a_fiftieth_of_a_processor_and_less_where_nothing_happens() {
        assertThat(EagerWriteback.rest(1_000_000, 3)).isEqualTo(SECOND);
        assertThat(EagerWriteback.rest(SECOND, 3)).isEqualTo(50 * SECOND);
        assertThat(EagerWriteback.rest(1_000_000, 0)).isEqualTo(5 * SECOND);
    }

    /// Pages of a file in the kernel's cache that are not on their way to the disk yet, by `cachestat(2)`, which has
    /// no function in the C library; -1 where there is no such call.
    private static long dirtyPages(Path file) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                            Linker.Option.firstVariadicArg(2))
                    .invokeExact(arena.allocateFrom(file.toString()), 0);
            MemorySegment wholeFile = arena.allocate(JAVA_LONG, 2);
            MemorySegment counts = arena.allocate(JAVA_LONG, 5);
            long failed = (long) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
                            Linker.Option.firstVariadicArg(1))
                    .invokeExact(451L, descriptor, wholeFile, counts, 0);
            int closed = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                    .invokeExact(descriptor);
            assertThat(closed).isZero();
            return failed == 0 ? counts.getAtIndex(JAVA_LONG, 1) : -1;
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
