package org.quantumhub.analytics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.quantumhub.analytics.service.InvariantWatch.Broken;
import org.quantumhub.analytics.service.InvariantWatch.Report;

/// Goes round the invariants without end, one at a time, each asked in a transaction of its own, and rests after each
/// for fifty times as long as it took. What there is to read grows with every job there ever was; the watch takes a
/// fiftieth of a processor all the same, and its rounds get longer instead.
@ApplicationScoped
public class InvariantRounds {

    private static final int REST = 50;

    /// A server that has just started needs its processors to compile its code.
    static final long FIRST_REST = TimeUnit.MINUTES.toNanos(10);

    @Inject
    InvariantWatch watch;

    private final LongSupplier nanos;

    /// What each sentence found when it was asked last: the rows that break it, null when it could not be asked.
    private final Map<String, @Nullable List<String>> found = new LinkedHashMap<>();

    private Iterator<Map.Entry<String, String>> ahead =
            InvariantWatch.queries().entrySet().iterator();

    private long restUntil;

    public InvariantRounds() {
        this(System::nanoTime);
    }

    @SuppressWarnings("NullAway") // the watch is injected
    InvariantRounds(LongSupplier nanos) {
        this.nanos = nanos;
        restUntil = nanos.getAsLong() + FIRST_REST;
    }

    /// Asks all of them.
    public synchronized Report look() {
        InvariantWatch.queries().forEach(this::ask);
        return tell();
    }

    /// Asks the next one, unless it is still time to rest.
    synchronized void step() {
        long begin = nanos.getAsLong();
        if (begin - restUntil < 0) {
            return;
        }
        if (!ahead.hasNext()) {
            ahead = InvariantWatch.queries().entrySet().iterator();
        }
        Map.Entry<String, String> next = ahead.next();
        ask(next.getKey(), next.getValue());
        tell();
        long end = nanos.getAsLong();
        restUntil = end + REST * (end - begin);
    }

    private void ask(String name, String query) {
        try {
            List<String> rows = watch.ask(query);
            found.put(name, rows);
            if (!rows.isEmpty()) {
                watch.warn(name, rows);
            }
        } catch (RuntimeException e) {
            found.put(name, null);
        }
    }

    private Report tell() {
        List<Broken> broken = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        found.forEach((name, rows) -> {
            if (rows == null) {
                unanswered.add(name);
            } else if (!rows.isEmpty()) {
                broken.add(new Broken(name, rows));
            }
        });
        Report report = new Report(watch.now(), found.size(), List.copyOf(broken), List.copyOf(unanswered));
        watch.found(report, found.size() == InvariantWatch.queries().size());
        return report;
    }
}
