package org.quantumhub.launch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Has Linux write what the tables of the embedded database grew by within seconds, a little at a time.
///
/// PostgreSQL makes a table longer by pages of zeros and leaves them to the kernel, which lets them lie for half a
/// minute and then writes all of them at once: 250 MB after half a minute of 1,000 submissions a second, and for a
/// tenth of a second whoever commits waits behind them. PostgreSQL has settings by which it has its other writes begun
/// early (`bgwriter_flush_after` and the like), none for these.
///
/// `sync_file_range(2)` with `SYNC_FILE_RANGE_WRITE` does what those settings do: it begins to write and waits for
/// nothing. Unlike `fsync` it takes no report of a failed write away from the database, which has to learn of it. What
/// is on the disk is the database's own affair as before; if this is too late, or ends, nothing is lost but evenness.
final class EagerWriteback implements AutoCloseable {

    /// Databases with smaller numbers are PostgreSQL's templates (`FirstNormalObjectId`).
    private static final int FIRST_OF_USERS = 16_384;

    private static final int O_RDONLY_O_CLOEXEC = 0x80000;
    private static final int SYNC_FILE_RANGE_WRITE = 2;

    /// The kernel's clock for files goes in steps of up to ten milliseconds.
    private static final long CLOCK_STEP_MILLIS = 20;

    private static final long LEAST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Of one processor a fiftieth at most.
    private static final int REST_TO_WORK = 50;

    /// So many times as long where nothing was written; the kernel comes after thirty seconds.
    private static final int CALM = 5;

    private final File databases;
    private final MethodHandle open;
    private final MethodHandle syncFileRange;
    private final MethodHandle close;
    private final CountDownLatch end = new CountDownLatch(1);
    private long since;

    private EagerWriteback(File databases, MethodHandle open, MethodHandle syncFileRange, MethodHandle close) {
        this.databases = databases;
        this.open = open;
        this.syncFileRange = syncFileRange;
        this.close = close;
    }

    /// @param databases the folder `base` of the database's data
    /// @return nothing where the C library has no `sync_file_range`, that is anywhere but on Linux
    static Optional<EagerWriteback> of(Path databases) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("sync_file_range")
                .map(function -> new EagerWriteback(
                        databases.toFile(),
                        linker.downcallHandle(
                                linker.defaultLookup().findOrThrow("open"),
                                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                                Linker.Option.firstVariadicArg(2)),
                        linker.downcallHandle(
                                function, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)),
                        linker.downcallHandle(
                                linker.defaultLookup().findOrThrow("close"),
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT))));
    }

    /// Looks again and again, in a thread of its own, until this is closed.
    void start() {
        Thread.ofPlatform().daemon().name("eager writeback").start(this::run);
    }

    private void run() {
        try {
            long rest = LEAST_REST_NANOS;
            while (!end.await(rest, TimeUnit.NANOSECONDS)) {
                long begin = System.nanoTime();
                int written = look();
                rest = rest(System.nanoTime() - begin, written);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /// How long to rest, in nanoseconds, after a look that took so long and found so many files.
    static long rest(long took, int written) {
        return Math.max(LEAST_REST_NANOS, took * REST_TO_WORK) * (written == 0 ? CALM : 1);
    }

    /// Begins to write what has changed since the last look.
    ///
    /// @return the number of files
    int look() {
        long from = since;
        since = System.currentTimeMillis() - CLOCK_STEP_MILLIS;
        int written = 0;
        for (File database : listed(databases)) {
            if (ofUsers(database.getName())) {
                for (File file : listed(database)) {
                    // of a file that is gone by now the time is 0
                    if (file.lastModified() >= Math.max(1, from) && beginWriting(file)) {
                        written++;
                    }
                }
            }
        }
        return written;
    }

    private static File[] listed(File folder) {
        return Objects.requireNonNullElse(folder.listFiles(), new File[0]);
    }

    private static boolean ofUsers(String database) {
        return database.matches("\\d{5,10}") && Long.parseLong(database) >= FIRST_OF_USERS;
    }

    private boolean beginWriting(File file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.getPath());
            int descriptor = (int) open.invokeExact(path, O_RDONLY_O_CLOEXEC);
            if (descriptor < 0) {
                return false;
            }
            boolean begun = (int) syncFileRange.invokeExact(descriptor, 0L, 0L, SYNC_FILE_RANGE_WRITE) == 0;
            int closed = (int) close.invokeExact(descriptor);
            return begun && closed == 0;
        } catch (Throwable never) {
            throw new IllegalStateException("A function of the C library cannot be called.", never);
        }
    }

    @Override
    public void close() {
        end.countDown();
    }
}
