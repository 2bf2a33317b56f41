package org.quantumhub.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.quantumhub.load.AnswerReader.Answer;

/// Sends one request after the other and waits for each answer.
final class Client implements Closeable {

    /// For so long an answer is waited for.
    static final long PATIENCE_SECONDS = 60;

    private final Selector selector;
    private final Http connection;

    Client(URI hub) throws IOException {
        selector = Selector.open();
        connection = new Http(hub, selector, null);
    }

    Answer send(byte[] request) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        connection.begin(request);
        Answer answer = null;
        while (answer == null) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new IOException("no answer within " + PATIENCE_SECONDS + " s");
            }
            selector.select(ready -> {}, 1 + TimeUnit.NANOSECONDS.toMillis(left));
            answer = connection.progress();
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            connection.close();
        }
    }
}
