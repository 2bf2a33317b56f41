package org.quantumhub.shared.service;

import java.lang.Thread.State;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Many who ask for the same thing at the same moment, and the source of it, which answers the first only when all
/// others wait for that answer or one of them asks as well.
public final class Herd {
    private static final int SIZE = 8;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<Thread> askers = List.of();

    /// Has all of them ask, and waits until they have been answered.
    ///
    /// @return how often the source was asked meanwhile
    public int ask(Runnable question) throws InterruptedException {
        asked.set(0);
        askers = IntStream.range(0, SIZE)
                .mapToObj(i -> Thread.ofPlatform().unstarted(question))
                .toList();
        askers.forEach(Thread::start);
        for (Thread asker : askers) {
            asker.join();
        }
        return asked.get();
    }

    /// What the source says.
    public <T> T answer(T value) {
        asked.incrementAndGet();
        while (asked.get() == 1 && !othersWait()) {
            Thread.onSpinWait();
        }
        return value;
    }

    private boolean othersWait() {
        return askers.stream()
                .filter(asker -> asker != Thread.currentThread())
                .map(Thread::getState)
                .allMatch(state -> state == State.BLOCKED || state == State.WAITING);
    }
}
