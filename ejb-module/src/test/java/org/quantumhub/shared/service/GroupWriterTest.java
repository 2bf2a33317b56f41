package org.quantumhub.shared.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

@Timeout(30)
class GroupWriterTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<Integer>> groups = new ArrayList<>();
    private final CountDownLatch disk = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answers_each_item_when_its_group_is_written() {
        GroupWriter<Integer, String> writer = writer(10, Duration.ZERO, GroupWriterTest::words);

        assertThat(all(writer, 5)).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void gathers_the_next_group_while_one_is_being_written() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        GroupWriter<Integer, String> writer = writer(10, Duration.ZERO, group -> {
            begun.countDown();
            await(disk);
            return words(group);
        });

        CompletableFuture<String> first = writer.write(0).toCompletableFuture();
        begun.await();
        List<CompletableFuture<String>> rest = IntStream.range(1, 5)
                .mapToObj(i -> writer.write(i).toCompletableFuture())
                .toList();
        disk.countDown();

        first.join();
        rest.forEach(CompletableFuture::join);
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3, 4));
    }

    @Test
    void begins_nothing_closer_to_a_group_than_the_pace() throws InterruptedException {
        Duration pace = Duration.ofMillis(20);
        List<Long> begins = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        GroupWriter<Integer, String> writer = writer(10, pace, group -> {
            begins.add(System.nanoTime());
            begun.countDown();
            await(disk);
            return words(group);
        });

        writer.write(0);
        begun.await();
        List<CompletableFuture<String>> group = IntStream.range(1, 3)
                .mapToObj(i -> writer.write(i).toCompletableFuture())
                .toList();
        disk.countDown();
        group.forEach(CompletableFuture::join);
        writer.write(3).toCompletableFuture().join();

        assertThat(groups).containsExactly(List.of(0), List.of(1, 2), List.of(3));
        assertThat(begins.get(2) - begins.get(1)).isGreaterThanOrEqualTo(pace.toNanos());
    }

    @Test
    void lets_nobody_wait_who_comes_alone() {
        GroupWriter<Integer, String> writer = writer(10, Duration.ofHours(1), GroupWriterTest::words);

        for (int i = 0; i < 4; i++) {
            assertThat(writer.write(i).toCompletableFuture().join()).isEqualTo(String.valueOf(i));
        }
    }

    @Test
    void what_a_group_that_was_held_up_kept_waiting_is_written_at_once() throws Exception {
        Semaphore begun = new Semaphore(0);
        Semaphore held = new Semaphore(0);
        GroupWriter<Integer, String> writer = writer(10, Duration.ofHours(1), group -> {
            if (group.getFirst() < 0) {
                begun.release();
                held.acquireUninterruptibly();
            }
            return words(group);
        });
        for (int alone = 0; alone < 40; alone++) {
            writer.write(alone).toCompletableFuture().join();
        }

        writer.write(-1);
        begun.acquire();
        writer.write(-2);
        writer.write(-3);
        held.release();
        begun.acquire();
        List<CompletableFuture<String>> many = IntStream.range(0, 4)
                .mapToObj(i -> writer.write(i).toCompletableFuture())
                .toList();
        held.release();

        for (CompletableFuture<String> one : many) {
            one.get(20, TimeUnit.SECONDS);
        }
        assertThat(groups.subList(40, 43)).containsExactly(List.of(-1), List.of(-2, -3), List.of(0, 1, 2, 3));
    }

    @Test
    void tells_how_many_come_together_until_nobody_comes() throws InterruptedException {
        Semaphore begun = new Semaphore(0);
        Semaphore held = new Semaphore(0);
        GroupWriter<Integer, String> writer = writer(10, Duration.ZERO, group -> {
            begun.release();
            held.acquireUninterruptibly();
            return words(group);
        });
        assertThat(writer.crowd()).isZero();

        // again, should this thread not come to look before it is calm
        while (writer.crowd() != 4) {
            writer.write(0);
            begun.acquire();
            List<CompletableFuture<String>> together = IntStream.range(1, 5)
                    .mapToObj(i -> writer.write(i).toCompletableFuture())
                    .toList();
            held.release();
            begun.acquire();
            held.release();
            together.forEach(CompletableFuture::join);
            while (writer.crowd() == 1) {
                Thread.onSpinWait();
            }
        }
        while (writer.crowd() != 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void writes_a_group_that_fails_one_by_one() {
        GroupWriter<Integer, String> writer = writer(10, Duration.ofMillis(5), group -> {
            if (group.contains(2)) {
                throw new IllegalStateException("two");
            }
            return words(group);
        });

        List<CompletableFuture<String>> answers = IntStream.range(0, 4)
                .mapToObj(i -> writer.write(i).toCompletableFuture())
                .toList();

        assertThat(answers.get(1).join()).isEqualTo("1");
        assertThat(answers.get(3).join()).isEqualTo("3");
        assertThatThrownBy(() -> answers.get(2).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("two");
    }

    @Test
    void who_was_written_alone_does_not_wait_for_the_rest_of_its_group() throws Exception {
        CountDownLatch gathered = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        GroupWriter<Integer, String> writer = writer(10, Duration.ofMillis(5), group -> {
            if (group.size() > 1) {
                throw new IllegalStateException("together");
            }
            if (group.equals(List.of(0))) {
                await(gathered);
            }
            if (group.equals(List.of(2))) {
                await(answered);
            }
            return words(group);
        });

        // the first goes alone, and the others come together meanwhile
        writer.write(0);
        CompletableFuture<Void> first = writer.write(1).toCompletableFuture().thenAccept(one -> answered.countDown());
        CompletableFuture<String> second = writer.write(2).toCompletableFuture();
        gathered.countDown();

        first.get(10, TimeUnit.SECONDS);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("2");
    }

    /// On one thread, where what is asked for first comes first.
    @Test
    void the_next_group_begins_before_the_answers_of_the_last_are_handed_out() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            GroupWriter<Integer, String> writer = new GroupWriter<>(10, 8, Duration.ZERO, one, group -> {
                seen.add("write " + group.getFirst());
                begun.countDown();
                await(disk);
                return words(group);
            });
            CompletableFuture<Void> first =
                    writer.write(0).toCompletableFuture().thenAccept(answer -> seen.add("answer " + answer));
            begun.await();
            CompletableFuture<Void> second =
                    writer.write(1).toCompletableFuture().thenAccept(answer -> seen.add("answer " + answer));
            disk.countDown();
            CompletableFuture.allOf(first, second).get(20, TimeUnit.SECONDS);
        }
        assertThat(seen).containsExactly("write 0", "write 1", "answer 0", "answer 1");
    }

    @Test
    void refuses_more_than_may_wait() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        GroupWriter<Integer, String> writer = writer(2, Duration.ZERO, group -> {
            begun.countDown();
            await(disk);
            return words(group);
        });

        writer.write(0);
        begun.await();
        writer.write(1);
        writer.write(2);

        assertThatThrownBy(() -> writer.write(3).toCompletableFuture().join())
                .hasCauseInstanceOf(HubException.class)
                .cause()
                .extracting(refused -> ((HubException) refused).code())
                .isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
        disk.countDown();
    }

    private GroupWriter<Integer, String> writer(
            int capacity, Duration pace, Function<List<Integer>, List<String>> write) {
        return new GroupWriter<>(capacity, 8, pace, threads, group -> {
            synchronized (groups) {
                groups.add(group);
            }
            return write.apply(group);
        });
    }

    private static List<String> all(GroupWriter<Integer, String> writer, int count) {
        return IntStream.range(0, count).mapToObj(i -> writer.write(i).toCompletableFuture()).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static List<String> words(List<Integer> group) {
        return group.stream().map(String::valueOf).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody wrote");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_longer_a_group_takes_the_longer_the_next_one_gathers() {
        double usual = 40;
        assertThat(GroupWriter.next(100, 104, 15, usual, true, false))
                .as("quick: the pace")
                .isEqualTo(115);
        assertThat(GroupWriter.next(100, 140, 15, usual, true, false))
                .as("slow: a fourth longer")
                .isEqualTo(150);
        assertThat(GroupWriter.next(100, 170, 15, usual, true, false))
                .as("held up: a fourth of what is usual")
                .isEqualTo(180);
        assertThat(GroupWriter.next(100, 140, 15, usual, true, true)).as("full").isEqualTo(140);
        assertThat(GroupWriter.next(100, 140, 15, usual, false, false))
                .as("alone")
                .isEqualTo(140);
    }

    @Test
    void what_is_usual_follows_what_lasts() {
        double usual = 8_000;
        assertThat(GroupWriter.usual(usual, 80_000)).as("one that was held up").isEqualTo(17_000.0);
        for (int group = 0; group < 30; group++) {
            usual = GroupWriter.usual(usual, 40_000);
        }
        assertThat(usual).as("a database that is slow now").isBetween(38_000.0, 40_000.0);
    }
}
