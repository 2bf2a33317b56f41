package org.quantumhub.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quantumhub.load.Crowd.Turn;

/// A simulated user with an API key and a connection, who remembers a few of their jobs.
final class User implements Closeable {

    private static final int REMEMBERED = 8;
    private static final String API = "/api/v1";

    private final URI hub;
    private final String headers;
    private final SplittableRandom random;
    private Figures figures;
    private final Deque<String> jobs = new ArrayDeque<>();
    private final Deque<String> finished = new ArrayDeque<>();
    private @Nullable Http connection;
    private Route route = Route.LIVE;

    /// What waits for its answer.
    private @Nullable Turn turn;

    User(URI hub, String apiKey, SplittableRandom random, Figures figures) {
        this.hub = hub;
        this.headers = "X-API-Key: " + apiKey + "\r\n";
        this.random = random;
        this.figures = figures;
    }

    /// From now on what this user does is noted here.
    void noteIn(Figures others) {
        figures = others;
    }

    /// The usual mix: four of five requests read.
    Route usual() {
        int dice = random.nextInt(10);
        if (jobs.isEmpty() || dice < 2) {
            return random.nextBoolean() ? Route.BLOCKING : Route.SUBMIT;
        }
        if (dice < 6) {
            return Route.GET;
        }
        return dice < 8 || finished.isEmpty() ? Route.LIST : Route.RESULT;
    }

    /// Begins to do one thing.
    ///
    /// @return false when that failed at once
    boolean ask(Route what, Turn when, Selector selector) {
        route = what;
        turn = when;
        try {
            Http open = connection == null ? new Http(hub, selector, this) : connection;
            connection = open;
            open.begin(request(what));
            return true;
        } catch (IOException e) {
            fail(e.toString());
            return false;
        }
    }

    /// Goes on with what was begun, and notes how long it took since it was due.
    ///
    /// @return the turn that is over now, if one is
    @Nullable
    Turn listen() {
        Http open = connection;
        Turn asked = turn;
        try {
            AnswerReader.Answer answer = open == null ? null : open.progress();
            if (answer == null || asked == null) {
                return null;
            }
            if (answer.isGood()) {
                figures.good(route, System.nanoTime() - asked.due());
                remember(route, answer.body());
            } else {
                figures.bad(route, answer.status() + " " + shortened(answer.body()));
            }
            turn = null;
            return asked;
        } catch (IOException e) {
            if (asked == null) {
                close(); // the hub ends a connection that rests
            } else {
                fail(e.toString());
            }
            return asked;
        }
    }

    /// An answer that has not come by now is not waited for any more.
    ///
    /// @return the turn that is over by that
    @Nullable
    Turn losePatience(long now) {
        Turn asked = turn;
        if (asked == null || now - asked.due() < TimeUnit.SECONDS.toNanos(Client.PATIENCE_SECONDS)) {
            return null;
        }
        fail("no answer within " + Client.PATIENCE_SECONDS + " s");
        return asked;
    }

    private void fail(String why) {
        figures.bad(route, why);
        turn = null;
        close();
    }

    private static String shortened(String body) {
        return body.length() > 160 ? body.substring(0, 160) : body;
    }

    private byte[] request(Route route) {
        return switch (route) {
            case LIVE -> Http.request("GET", "/health/live", "", "");
            case GET -> Http.request("GET", API + "/jobs/" + jobs.element(), headers, "");
            case LIST -> Http.request("GET", API + "/jobs?limit=10", headers, "");
            case RESULT -> Http.request("GET", API + "/jobs/" + finished.element() + "/result", headers, "");
            case SUBMIT -> Http.request("POST", API + "/jobs", headers, Circuits.submission(random, false));
            case BLOCKING -> Http.request("POST", API + "/jobs", headers, Circuits.submission(random, true));
        };
    }

    private void remember(Route route, String body) {
        if (route == Route.SUBMIT || route == Route.BLOCKING) {
            String id = Population.member(body, "id");
            push(jobs, id);
            if (body.contains("\"COMPLETED\"")) {
                push(finished, id);
            }
        } else if (route == Route.GET && body.contains("\"COMPLETED\"")) {
            push(finished, Population.member(body, "id"));
        }
    }

    private static void push(Deque<String> ids, String id) {
        ids.push(id);
        if (ids.size() > REMEMBERED) {
            ids.removeLast();
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException alreadyGone) {
            // nothing is left to close
        }
        connection = null;
    }
}
