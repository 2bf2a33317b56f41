package org.quantumhub.execution.service;

import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.JobQueue.Claimed;
import org.quantumhub.shared.service.HubThreads;

/// The simulator lanes of this server. A lane is a batch job that takes jobs from the queue until the server stops; it
/// sleeps while there is nothing to do and is woken by whoever puts something in. A lane that broke is started again.
@ApplicationScoped
public class Lanes {

    /// The name of the batch job; `batch-jobs` holds its definition.
    public static final String BATCH_JOB = "simulation-lane";

    /// The parameter that tells a lane its number.
    public static final String NUMBER = "lane";

    private static final Logger LOG = System.getLogger(Lanes.class.getName());

    /// For so many paces after jobs came together the next are waited for.
    private static final int COMPANY_PACES = 5;

    /// For each time that so many come together a lane rests as long as it worked.
    private static final int FEW = 8;

    private static final long LONGEST_WORK = TimeUnit.SECONDS.toNanos(1);
    private static final long BLINK = TimeUnit.MILLISECONDS.toNanos(5);

    @Inject
    ExecutionConfig config;

    @Inject
    LaneClaims claims;

    @Inject
    Workbench workbench;

    @Inject
    HubThreads threads;

    @Inject
    Bundles bundles;

    @Inject
    Arrivals arrivals;

    @Inject
    Completions completions;

    private final Semaphore signals = new Semaphore(0);
    private final AtomicLong nextClaim = new AtomicLong(System.nanoTime());
    private final AtomicBoolean lookForAbandoned = new AtomicBoolean();

    /// What the latest claim of any lane said. Jobs that it passed by, because another lane held them, are told of by
    /// that one.
    private volatile boolean moreMayWait = true;

    /// When jobs last came together.
    private volatile long lastCompany = System.nanoTime();

    /// How long the oldest of the jobs that were claimed last had waited, in seconds.
    private volatile double longestWait;

    private final Map<Integer, State> states = new ConcurrentHashMap<>();

    private enum State {
        STARTING,
        OPEN
    }

    /// There is something to do: one lane looks, and wakes another when it leaves something.
    void wake() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    /// From time to time a lane looks for jobs of servers that are gone.
    void lookForAbandoned() {
        lookForAbandoned.set(true);
        wake();
    }

    /// The next jobs for a lane, waiting for some if there are none.
    ///
    /// @param lane its number
    /// @param worked for how many nanoseconds the lane was busy with the ones before
    /// @return empty when none came within the time
    public List<ClaimedJob> next(int lane, long millis, long worked) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            rest(worked);
            while (isWorthALook(until) && !workbench.isClosing()) {
                keepPace();
                List<ClaimedJob> jobs = claim(lane);
                if (!jobs.isEmpty()) {
                    return jobs;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /// Who submits stands at the door, what is queued does not: while submissions crowd, lanes leave the processors and
    /// the wallets to them. Who waits for a job to end stands at the door as well. What is queued grows older
    /// meanwhile,
    /// so no rest is longer than a burst; and a long simulation earns no more of it than a long claim.
    private void rest(long worked) throws InterruptedException {
        long begin = System.nanoTime();
        long earned = Math.min(worked, LONGEST_WORK);
        long rested = 0;
        while (rested < earned * restOf(longestWait + rested / 1e9) && !workbench.isClosing()) {
            TimeUnit.NANOSECONDS.sleep(BLINK);
            rested = System.nanoTime() - begin;
        }
    }

    private double restOf(double waited) {
        return restOf(arrivals.crowd(), completions.size(), waited, config.burstSeconds());
    }

    /// How many times as long as it worked a lane rests: the more, the more come together, and the less, the longer the
    /// jobs it took had waited. A burst is what a queue is for; of a load that lasts lanes take their share.
    ///
    /// @param waited how long the oldest of them had waited, in seconds
    /// @param burst from how many seconds on lanes do not rest
    static double restOf(double crowd, int awaited, double waited, int burst) {
        return waited >= burst ? 0 : Math.max(0, crowd - awaited) / FEW * (1 - waited / burst);
    }

    /// Waits for a signal unless the last claim may have left something.
    ///
    /// @return false when there was none in time
    private boolean isWorthALook(long until) throws InterruptedException {
        return moreMayWait || signals.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /// A claim costs the same for one job as for many: under load a few milliseconds of gathering make it worth more.
    /// After a claim that left something there is more to take, and while jobs come one at a time each is alone: then
    /// nobody waits.
    private void keepPace() throws InterruptedException {
        long now = System.nanoTime();
        long due = nextClaim.getAndUpdate(next -> Math.max(next, now) + pace());
        if (due > now) {
            TimeUnit.NANOSECONDS.sleep(due - now);
        }
    }

    /// Eight times that of submissions: nobody waits at the door for what a lane does.
    private long pace() {
        return 8 * config.pace().toNanos();
    }

    private List<ClaimedJob> claim(int lane) {
        if (lookForAbandoned.compareAndSet(true, false)) {
            Optional<ClaimedJob> abandoned = claims.takeOver();
            if (abandoned.isPresent()) {
                List<ClaimedJob> alone = List.of(abandoned.get());
                begin(alone);
                lookForAbandoned(); // where one was there may be others
                return alone;
            }
        }
        Claimed claimed;
        try {
            claimed = claims.claim(lane);
        } catch (RuntimeException failed) {
            moreMayWait = true;
            throw failed;
        }
        moreMayWait = claimed.more();
        longestWait = claimed.jobs().stream()
                .mapToDouble(ClaimedJob::queuedSeconds)
                .max()
                .orElse(0);
        begin(claimed.jobs());
        if (claimed.more()) {
            wake(); // another lane may help
        }
        long now = System.nanoTime();
        if (claimed.jobs().size() > 1) {
            lastCompany = now;
        }
        if (claimed.more() || now - lastCompany > COMPANY_PACES * pace()) {
            nextClaim.set(now);
        }
        return claimed.jobs();
    }

    private void begin(List<ClaimedJob> jobs) {
        for (ClaimedJob job : jobs) {
            workbench.take(job);
            if (job.reservation() == null) {
                bundles.childMoved(job.bundleId());
            }
        }
    }

    public boolean isClosing() {
        return workbench.isClosing();
    }

    /// A lane begins to take jobs, the first time or again.
    public void opened(int lane) {
        try {
            // should the one before it have ended without a word
            claims.giveBack(lane, List.of());
            states.put(lane, State.OPEN);
        } catch (RuntimeException failed) {
            states.remove(lane);
            throw failed;
        }
    }

    /// A lane has ended, with these jobs claimed and not settled: they are given back.
    public void closed(int lane, List<ClaimedJob> unsettled) {
        states.remove(lane);
        unsettled.forEach(job -> workbench.leave(job.id()));
        claims.giveBack(lane, unsettled);
    }

    /// How many lanes are open.
    public long open() {
        return states.values().stream().filter(state -> state == State.OPEN).count();
    }

    /// Starts the lanes that are not running.
    void startMissing() {
        for (int lane = 1; lane <= config.lanes() && !workbench.isClosing(); lane++) {
            if (states.putIfAbsent(lane, State.STARTING) == null) {
                int number = lane;
                threads.pool().execute(() -> start(number));
            }
        }
    }

    private void start(int lane) {
        Properties parameters = new Properties();
        parameters.setProperty(NUMBER, Integer.toString(lane));
        try {
            BatchRuntime.getJobOperator().start(BATCH_JOB, parameters);
        } catch (BatchRuntimeException e) {
            states.remove(lane, State.STARTING);
            LOG.log(Level.ERROR, "lane not started lane=" + lane, e);
        }
    }

    /// Wakes every lane so that it sees the server is stopping.
    void close() {
        signals.release(config.lanes());
    }
}
