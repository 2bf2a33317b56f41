package org.quantumhub.shared.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Writes what many requests want to write in one transaction: one flush to disk and one visit to a busy row instead of
/// hundreds. While one group is being written the next one gathers, so a lonely request waits for nobody.
///
/// At most one group is being written at a time, in the order of arrival, and two groups do not begin closer together
/// than the pace, once they are groups, nor before a part of what the last ones took has passed: a transaction costs
/// several times what one more row in it costs, so under load some milliseconds of gathering free the processors that
/// everybody waits for. A group that fails as a whole is written again one by one, so that nobody pays for a
/// neighbour's mistake.
public final class GroupWriter<T, R> {

    private record Waiting<T, R>(T item, CompletableFuture<R> answer) {}

    private static final int SLOWNESS = 8;

    /// The next group gathers for one part in so many of what this one took. A rest as long as the group made the next
    /// one as much larger, and so slower, and its rest longer.
    private static final int PARTS = 4;

    /// So many times as many as usual are many.
    private static final int MANY = 2;

    /// After so long without a group nobody crowds any more.
    private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final BlockingQueue<Waiting<T, R>> waiting;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final int largestGroup;
    private final Function<List<T>, List<R>> write;
    private final ExecutorService threads;
    private final long paceNanos;
    private final AtomicLong nextBegin = new AtomicLong(System.nanoTime());

    /// What groups took of late, in nanoseconds; only who is writing asks.
    private double usualTime;

    private volatile double usualSize;

    private volatile int lastSize;

    /// When the last group had been written.
    private volatile long lastEnd = System.nanoTime();

    /// @param capacity how many may wait; more are refused with `TOO_MANY_REQUESTS`
    /// @param pace the least time between the beginnings of two groups
    /// @param write writes a group in a transaction of its own and answers each item, in order
    public GroupWriter(
            int capacity, int largestGroup, Duration pace, ExecutorService threads, Function<List<T>, List<R>> write) {
        this.waiting = new LinkedBlockingQueue<>(capacity);
        this.largestGroup = largestGroup;
        this.usualSize = largestGroup;
        this.paceNanos = pace.toNanos();
        this.threads = threads;
        this.write = write;
    }

    /// Hands an item over; the answer comes when its group is on disk.
    public CompletionStage<R> write(T item) {
        Waiting<T, R> entry = new Waiting<>(item, new CompletableFuture<>());
        if (!waiting.offer(entry)) {
            return CompletableFuture.failedStage(
                    new HubException(ProblemCode.TOO_MANY_REQUESTS, "The hub is busy writing; try again in a second.")
                            .with("retryAfter", 1));
        }
        startIfIdle();
        return entry.answer;
    }

    /// How many come together, usually and just now; 0 when nobody came for a while.
    public double crowd() {
        return System.nanoTime() - lastEnd < CALM_NANOS ? Math.min(lastSize, usualSize) : 0;
    }

    private void startIfIdle() {
        if (!waiting.isEmpty() && writing.compareAndSet(false, true)) {
            try {
                startWhenDue();
            } catch (RuntimeException refused) {
                writing.set(false);
                failAll(refused);
            }
        }
    }

    private void startWhenDue() {
        long early = nextBegin.get() - System.nanoTime();
        if (early <= 0) {
            threads.execute(this::writeNext);
        } else {
            CompletableFuture.delayedExecutor(early, TimeUnit.NANOSECONDS, threads)
                    .execute(this::writeNext);
        }
    }

    private void writeNext() {
        List<Runnable> answers = List.of();
        try {
            List<Waiting<T, R>> group = new ArrayList<>(largestGroup);
            waiting.drainTo(group, largestGroup);
            long begin = System.nanoTime();
            answers = writeGroup(group);
            long end = System.nanoTime();
            usualTime = usual(usualTime, end - begin);
            double size = usual(usualSize, group.size());
            usualSize = size;
            lastSize = group.size();
            lastEnd = end;
            boolean many = waiting.size() >= Math.min(largestGroup, MANY * size);
            nextBegin.set(next(begin, end, paceNanos, usualTime, group.size() > 1, many));
        } finally {
            writing.set(false);
        }
        // somebody may have come in the meantime; handing out the answers of a large group takes a sixth of its time
        startIfIdle();
        answers.forEach(this::answer);
    }

    /// When the next group may begin. Who came alone has company neither to wait for nor to keep waiting, and where
    /// many wait already, because a group was held up or is full, nothing more is gathered. Else the pace is kept, and
    /// the slower the database, the more a group should bring: the next gathers for a fourth of what this one took, or
    /// of what they usually take if that is less.
    static long next(long begin, long end, long pace, double usual, boolean company, boolean many) {
        return many || !company ? end : Math.max(begin + pace, end + Math.min(end - begin, (long) usual) / PARTS);
    }

    /// Follows what lasts within some ten groups.
    static double usual(double before, double now) {
        return before + (now - before) / SLOWNESS;
    }

    /// @return what tells each requester its answer
    private List<Runnable> writeGroup(List<Waiting<T, R>> group) {
        if (group.isEmpty()) {
            return List.of();
        }
        List<Runnable> answers = new ArrayList<>(group.size());
        try {
            List<R> written = write.apply(group.stream().map(Waiting::item).toList());
            for (int i = 0; i < written.size(); i++) {
                CompletableFuture<R> request = group.get(i).answer;
                R answer = written.get(i);
                answers.add(() -> request.complete(answer));
            }
        } catch (RuntimeException failure) {
            if (group.size() > 1) {
                // one transaction after the other: nobody waits for the last of them
                group.forEach(alone -> writeGroup(List.of(alone)).forEach(this::answer));
            } else {
                answers.add(() -> group.getFirst().answer.completeExceptionally(failure));
            }
        }
        return answers;
    }

    /// On another thread: whatever the requester does next must not hold up the next group. When no thread is
    /// to be had, because the server stops, on this one.
    private void answer(Runnable completion) {
        try {
            threads.execute(completion);
        } catch (RejectedExecutionException stopping) {
            completion.run();
        }
    }

    private void failAll(RuntimeException failure) {
        List<Waiting<T, R>> all = new ArrayList<>();
        waiting.drainTo(all);
        all.forEach(one -> one.answer.completeExceptionally(failure));
    }
}
