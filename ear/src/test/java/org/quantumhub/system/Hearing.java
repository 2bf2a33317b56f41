package org.quantumhub.system;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A stream of events that is being read on a thread of its own.
final class Hearing implements AutoCloseable {

    /// One event.
    record Heard(String id, String type, String data) {}

    private final List<Heard> events = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CompletableFuture<Integer> end;

    /// @param lastId the last event that was heard on an earlier stream; empty to begin now
    Hearing(HubClient listener, String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.hub() + "/api/v1/events?seconds=900"));
        listener.headers().forEach(request::header);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        end = client.sendAsync(request.build(), info -> HttpResponse.BodySubscribers.ofLines(StandardCharsets.UTF_8))
                .thenApplyAsync(
                        answer -> {
                            read(answer.body());
                            return answer.statusCode();
                        },
                        // the common pool has one thread on two cores, and a reader keeps its thread
                        Thread::startVirtualThread);
    }

    private void read(Stream<String> lines) {
        String[] parts = new String[3];
        try {
            lines.forEach(line -> {
                if (line.isEmpty() && parts[2] != null) {
                    events.add(new Heard(parts[0], parts[1], parts[2]));
                    parts[2] = null;
                } else if (line.startsWith("id:")) {
                    parts[0] = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    parts[1] = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    parts[2] = line.substring(5).strip();
                }
            });
        } catch (UncheckedIOException cut) {
            // the listener has gone
        }
    }

    List<Heard> events() {
        return events;
    }

    /// The status of the answer, when the stream has ended.
    CompletableFuture<Integer> end() {
        return end;
    }

    Heard await(String type, String text) {
        Await.until(
                type + " on the stream",
                () -> events.stream()
                        .anyMatch(one -> one.type().equals(type) && one.data().contains(text)),
                found -> found);
        return events.stream()
                .filter(one -> one.type().equals(type) && one.data().contains(text))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
