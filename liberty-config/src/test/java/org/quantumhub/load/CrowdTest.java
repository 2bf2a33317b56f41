package org.quantumhub.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quantumhub.load.Crowd.Turn;

/// A crowd and a server that answers as the hub does.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, AtomicInteger> byKey = new ConcurrentHashMap<>();
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer server;
    private Figures figures;

    @BeforeEach
    void open() throws IOException {
        figures = new Figures();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/jobs", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        arrivals.add(System.nanoTime());
        exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestHeaders().getFirst("X-API-Key");
        int count = byKey.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
        boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        byte[] body = (refused ? "{\"code\":\"BUSY\"}" : "{\"id\":\"" + key + "-" + count + "\",\"status\":\"QUEUED\"}")
                .getBytes(StandardCharsets.UTF_8);
        // one answer of two comes in chunks
        exchange.sendResponseHeaders(refused ? 429 : 201, count % 2 == 0 ? body.length : 0);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private URI hub() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private List<User> users(URI hub, int count) {
        SplittableRandom random = new SplittableRandom(11);
        return IntStream.range(0, count)
                .mapToObj(i -> new User(hub, "key" + i, random.split(), figures))
                .toList();
    }

    private String printed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figures.print(new PrintStream(out, true, StandardCharsets.UTF_8), 1);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void each_user_sends_their_requests_a_second_apart() throws IOException {
        List<User> users = users(hub(), 3);
        long begin = System.nanoTime();
        try (Crowd crowd = new Crowd(users)) {
            crowd.pace(users.stream().map(user -> new Turn(user, begin, 1)).toList(), user -> Route.SUBMIT);
        }
        assertThat(byKey.values()).extracting(AtomicInteger::get).containsExactly(2, 2, 2);
        assertThat(figures.count(Route.SUBMIT)).isEqualTo(6);
        assertThat(figures.errorCount()).isZero();
        assertThat(arrivals.stream().filter(arrival -> arrival - begin >= SECOND))
                .as("none before it was due")
                .hasSize(3);
    }

    @Test
    void without_a_pause_everybody_goes_on_until_the_time_is_over() throws IOException {
        try (Crowd crowd = new Crowd(users(hub(), 5))) {
            crowd.rush(Route.SUBMIT, System.nanoTime());
            assertThat(byKey.values()).extracting(AtomicInteger::get).containsExactly(1, 1, 1, 1, 1);
            crowd.rush(Route.SUBMIT, System.nanoTime() + SECOND / 5);
        }
        assertThat(byKey.values()).extracting(AtomicInteger::get).allMatch(count -> count > 2);
        assertThat(figures.count(Route.SUBMIT)).isEqualTo(arrivals.size());
    }

    @Test
    void what_is_refused_counts_as_an_error_and_the_user_goes_on() throws IOException {
        refusals.set(2);
        try (Crowd crowd = new Crowd(users(hub(), 1))) {
            crowd.rush(Route.SUBMIT, System.nanoTime() + SECOND / 5);
        }
        assertThat(figures.errorCount()).isEqualTo(2);
        assertThat(figures.count(Route.SUBMIT)).isEqualTo(arrivals.size() - 2);
        assertThat(printed()).contains("2 x POST /jobs NON_BLOCKING: 429 {\"code\":\"BUSY\"}");
    }

    @Test
    void a_hub_that_is_not_there_is_an_error_of_everybody() throws IOException {
        URI nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }
        for (URI hub : List.of(nobody, URI.create("http://hub.invalid:80"))) {
            long before = figures.errorCount();
            try (Crowd crowd = new Crowd(users(hub, 4))) {
                crowd.rush(Route.SUBMIT, System.nanoTime());
            }
            assertThat(figures.errorCount() - before).as("errors at %s", hub).isEqualTo(4);
        }
    }

    @Test
    void a_connection_that_the_hub_ended_meanwhile_is_opened_anew() throws Exception {
        try (ServerSocket curt = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Crowd crowd = new Crowd(users(URI.create("http://127.0.0.1:" + curt.getLocalPort()), 1))) {
            for (int visit = 0; visit < 2; visit++) {
                Future<?> hungUp = threads.submit(() -> answerOnceAndHangUp(curt));
                crowd.rush(Route.SUBMIT, System.nanoTime());
                hungUp.get();
            }
        }
        assertThat(figures.count(Route.SUBMIT)).isEqualTo(2);
        assertThat(figures.errorCount()).isZero();
    }

    private static void answerOnceAndHangUp(ServerSocket curt) {
        try (var connection = curt.accept()) {
            // all of it, or closing would cut off the answer
            byte[] request = new byte[8192];
            int length = 0;
            while (!new String(request, 0, length, StandardCharsets.US_ASCII).endsWith("}")) {
                length += connection.getInputStream().read(request, length, request.length - length);
            }
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{\"id\":\"a\"}"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
