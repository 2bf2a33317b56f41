package org.quantumhub.launch;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The visible progress of a start or a stop: each step with the time it took.
public final class Steps {
    private static final int COLUMN = 52;

    private final PrintStream out;
    private @Nullable Object open;

    private Steps(PrintStream out) {
        this.out = out;
    }

    /// Steps shown on the given stream.
    public static Steps shownOn(PrintStream out) {
        return new Steps(out);
    }

    /// Steps nobody watches.
    public static Steps unseen() {
        return new Steps(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /// Does one step, naming it before and timing it after.
    public <T> T step(String name, Callable<T> work) {
        return step(name, work, result -> "");
    }

    /// Does one step, and says something about its result beside the time.
    <T> T step(String name, Callable<T> work, Function<T, String> note) {
        Object step = begin(name);
        long begun = System.nanoTime();
        try {
            T result = work.call();
            String said = note.apply(result);
            String time = seconds(Duration.ofNanos(System.nanoTime() - begun));
            end(step, said.isEmpty() ? time : time + "   " + said);
            return result;
        } catch (RuntimeException failure) {
            end(step, "failed");
            throw failure;
        } catch (Exception failure) {
            end(step, "failed");
            throw new HubFailure(name + " failed: " + failure.getMessage(), failure);
        }
    }

    private synchronized Object begin(String name) {
        out.print("  " + name + " ".repeat(Math.max(1, COLUMN - name.length())));
        out.flush();
        Object step = new Object();
        open = step;
        return step;
    }

    private synchronized void end(Object step, String outcome) {
        if (open == step) {
            out.println(outcome);
            open = null;
        }
    }

    /// Closes the line of a step that a signal interrupts; how it ends is of no interest any more.
    synchronized void abandon() {
        if (open != null) {
            out.println("interrupted");
            open = null;
        }
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%5.1f s", time.toMillis() / 1000.0);
    }
}
