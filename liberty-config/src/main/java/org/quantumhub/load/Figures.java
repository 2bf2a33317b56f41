package org.quantumhub.load;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Latencies and errors by route.
final class Figures {

    private final Map<Route, Samples> samples = new EnumMap<>(Route.class);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    private static final class Samples {
        private long[] nanos = new long[4096];
        private int count;

        synchronized void add(long value) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = value;
        }

        synchronized long[] sorted() {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return sorted;
        }
    }

    Figures() {
        for (Route route : Route.values()) {
            samples.put(route, new Samples());
        }
    }

    void good(Route route, long nanos) {
        samplesOf(route).add(nanos);
    }

    void bad(Route route, String what) {
        errors.computeIfAbsent(route + ": " + what, k -> new LongAdder()).increment();
    }

    private Samples samplesOf(Route route) {
        Samples ofRoute = samples.get(route);
        if (ofRoute == null) {
            throw new IllegalStateException("no samples for " + route);
        }
        return ofRoute;
    }

    long count(Route route) {
        return samplesOf(route).sorted().length;
    }

    long errorCount() {
        return errors.values().stream().mapToLong(LongAdder::sum).sum();
    }

    void print(PrintStream out, double seconds) {
        out.printf(
                "%-26s %10s %9s %9s %9s %9s %9s%n",
                "route", "requests", "per s", "p50 ms", "p95 ms", "p99 ms", "max ms");
        for (Route route : Route.values()) {
            long[] sorted = samplesOf(route).sorted();
            if (sorted.length > 0) {
                out.printf(
                        Locale.ROOT,
                        "%-26s %10d %9.1f %9.1f %9.1f %9.1f %9.1f%n",
                        route,
                        sorted.length,
                        sorted.length / seconds,
                        millis(sorted, 0.50),
                        millis(sorted, 0.95),
                        millis(sorted, 0.99),
                        millis(sorted, 1));
            }
        }
        out.println("errors " + errorCount());
        errors.forEach((what, count) -> out.println("  " + count + " x " + what));
    }

    private static double millis(long[] sorted, double quantile) {
        int index = Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1);
        return sorted[Math.max(0, index)] / 1e6;
    }
}
