package org.quantumhub.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Many users and the one thread that acts for them: it waits for answers and for the time of whoever is next. With a
/// thread for each, a thousand requests a second took a sixth of two processors from the hub that was to be measured.
final class Crowd implements Closeable {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<User> users;
    private final Selector selector;

    /// One request of a user.
    ///
    /// @param due when it is to be sent, in the time of [System#nanoTime]
    /// @param left how many follow it
    record Turn(User user, long due, int left) {}

    /// What follows a turn; null when its user has done their part.
    private interface Rhythm {
        @Nullable
        Turn after(Turn turn);
    }

    Crowd(List<User> users) throws IOException {
        this.users = List.copyOf(users);
        this.selector = Selector.open();
    }

    /// Each user sends the first request when it is due and the others a second apart. Where an answer comes so late
    /// that the next request is due already, it is sent at once, and its time counts from when it was due.
    void pace(List<Turn> first, Function<User, Route> habit) throws IOException {
        run(first, habit, turn -> turn.left == 0 ? null : new Turn(turn.user, turn.due + SECOND, turn.left - 1));
    }

    /// Each user sends a request, and the next as soon as it is answered, until the time is over.
    void rush(Route route, long until) throws IOException {
        long begin = System.nanoTime();
        run(users.stream().map(user -> new Turn(user, begin, 0)).toList(), user -> route, turn -> {
            long now = System.nanoTime();
            return now < until ? new Turn(turn.user, now, 0) : null;
        });
    }

    private void run(List<Turn> first, Function<User, Route> habit, Rhythm rhythm) throws IOException {
        Turns turns = new Turns(first, rhythm);
        long nextLook = System.nanoTime() + SECOND;
        while (turns.open > 0) {
            long wait = turns.untilNext(System.nanoTime());
            // who listens before speaking notices that the hub has ended a connection that rested
            if (wait > 0) {
                selector.select(key -> turns.over(listen(key)), wait);
            } else {
                selector.selectNow(key -> turns.over(listen(key)));
            }
            long now = System.nanoTime();
            for (Turn turn = turns.due(now); turn != null; turn = turns.due(now)) {
                if (!turn.user.ask(habit.apply(turn.user), turn, selector)) {
                    turns.over(turn);
                }
            }
            if (now >= nextLook) {
                users.forEach(user -> turns.over(user.losePatience(now)));
                nextLook = now + SECOND;
            }
        }
    }

    private static @Nullable Turn listen(SelectionKey key) {
        return ((User) key.attachment()).listen();
    }

    /// The turns to come.
    private static final class Turns {

        private final PriorityQueue<Turn> waiting = new PriorityQueue<>(Comparator.comparingLong(Turn::due));
        private final Rhythm rhythm;

        /// How many users have not done their part.
        private int open;

        Turns(List<Turn> first, Rhythm rhythm) {
            waiting.addAll(first);
            this.open = first.size();
            this.rhythm = rhythm;
        }

        @Nullable
        Turn due(long now) {
            Turn next = waiting.peek();
            return next != null && next.due <= now ? waiting.remove() : null;
        }

        void over(@Nullable Turn turn) {
            if (turn != null) {
                Turn next = rhythm.after(turn);
                if (next == null) {
                    open--;
                } else {
                    waiting.add(next);
                }
            }
        }

        /// In whole milliseconds, as selectors count: never too early; 0 when somebody is due.
        long untilNext(long now) {
            Turn next = waiting.peek();
            long nanos = next == null ? SECOND : Math.clamp(next.due - now, 0, SECOND);
            return TimeUnit.NANOSECONDS.toMillis(nanos + MILLISECOND - 1);
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            users.forEach(User::close);
        }
    }
}
