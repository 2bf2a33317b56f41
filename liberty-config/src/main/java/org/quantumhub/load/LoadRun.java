package org.quantumhub.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quantumhub.load.Crowd.Turn;

/// Puts a running hub under load and prints what it did.
///
/// `paced`: so many users with one request a second each, four of five reading; latencies count from when a request was
/// due, so a stall is not hidden. `saturate`: so many connections without a pause, one route after the other, with the
/// ratio to `/health/live` of the same run. `submit`: as `paced`, but everybody only submits. `lane`: what the
/// simulator
/// lane gives. All are bounded in users, seconds and jobs.
public final class LoadRun {

    private static final int MOST_USERS = 5_000;
    private static final int MOST_SECONDS = 600;
    private static final int MOST_JOBS = 1_000_000;
    private static final int WARM_UP_SECONDS = 45;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final URI hub;
    private final int users;
    private final int seconds;
    private final int teams;

    private LoadRun(URI hub, int users, int seconds, int teams) {
        this.hub = hub;
        this.users = users;
        this.seconds = seconds;
        this.teams = teams;
    }

    /// `paced|submit|saturate|lane [--users 1000] [--seconds 60] [--teams 20] [--jobs 1000] [--hub
    /// http://127.0.0.1:9080]`
    public static void main(String[] arguments) {
        String mode = arguments.length == 0 ? "paced" : arguments[0];
        Map<String, String> options = new java.util.HashMap<>(Map.of(
                "--users",
                "1000",
                "--seconds",
                mode.equals("saturate") ? "8" : "60",
                "--teams",
                "20",
                "--jobs",
                "1000",
                "--hub",
                "http://127.0.0.1:" + System.getenv().getOrDefault("HUB_HTTP_PORT", "9080")));
        for (int i = 1; i < arguments.length; i += 2) {
            if (!options.containsKey(arguments[i]) || i + 1 == arguments.length) {
                System.err.println(
                        "Usage: load paced|submit|saturate|lane [--users n] [--seconds n] [--teams n] [--jobs n] [--hub url]");
                System.exit(2);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        LoadRun run = new LoadRun(
                URI.create(option(options, "--hub")),
                Math.clamp(Integer.parseInt(option(options, "--users")), 1, MOST_USERS),
                Math.clamp(Integer.parseInt(option(options, "--seconds")), 1, MOST_SECONDS),
                Math.clamp(Integer.parseInt(option(options, "--teams")), 1, 500));
        try {
            boolean clean = switch (mode) {
                case "saturate" -> run.saturate();
                case "submit" -> run.paced(user -> Route.SUBMIT);
                case "lane" -> run.lane(Math.clamp(Integer.parseInt(option(options, "--jobs")), 1, MOST_JOBS));
                default -> run.paced(User::usual);
            };
            System.exit(clean ? 0 : 1);
        } catch (IOException refused) {
            System.err.println("The load run cannot begin at " + run.hub + ": " + refused.getMessage());
            System.exit(1);
        }
    }

    private static String option(Map<String, String> options, String name) {
        return options.getOrDefault(name, "");
    }

    private List<User> people(Figures figures) throws IOException {
        System.out.printf("registering %d teams with %d users at %s%n", teams, users, hub);
        SplittableRandom random = new SplittableRandom(7);
        List<User> people = new ArrayList<>();
        for (String key : Population.keys(hub, users, teams, adminKey())) {
            people.add(new User(hub, key, random.split(), figures));
        }
        return people;
    }

    /// The administrator's key lies in the home of the hub that is put under load; without it the quota of everybody
    /// holds
    /// for the users of the run, too.
    private static @Nullable String adminKey() throws IOException {
        Path file = Path.of(System.getenv().getOrDefault("QUANTUM_HUB_HOME", ".quantum-hub"), "admin-api-key");
        if (Files.isReadable(file)) {
            return Files.readString(file).strip();
        }
        System.out.println(
                "no administrator's key in " + file + ": the users of this run have the usual monthly quota");
        return null;
    }

    private boolean lane(int jobs) throws IOException {
        LaneRun lane = new LaneRun(hub, Population.keys(hub, teams, teams, adminKey()));
        lane.idle();
        lane.drain(jobs);
        return true;
    }

    private boolean paced(Function<User, Route> habit) throws IOException {
        Figures warmUp = new Figures();
        List<User> people = people(warmUp);
        try (Crowd crowd = new Crowd(people)) {
            System.out.printf("warming up: users come one after the other for %d s%n", WARM_UP_SECONDS);
            // a server that has just started compiles its code under the first requests: let them grow
            crowd.pace(arriving(people), habit);
            warmUp.print(System.out, WARM_UP_SECONDS);
            Figures figures = new Figures();
            // the same people go on: newcomers would all begin by submitting
            people.forEach(user -> user.noteIn(figures));
            System.out.printf("measuring: %d users, one request a second each, %d s%n", users, seconds);
            long now = System.nanoTime();
            crowd.pace(people.stream().map(user -> begin(user, now, seconds)).toList(), habit);
            figures.print(System.out, seconds);
            return figures.errorCount() == 0;
        }
    }

    /// Users come one after the other and stay until the warming up is over.
    private static List<Turn> arriving(List<User> people) {
        long now = System.nanoTime();
        List<Turn> first = new ArrayList<>();
        for (User user : people) {
            long wait = WARM_UP_SECONDS * SECOND * first.size() / people.size();
            first.add(begin(user, now + wait, (int) (WARM_UP_SECONDS - wait / SECOND)));
        }
        return first;
    }

    /// Sometime within the second.
    private static Turn begin(User user, long second, int requests) {
        return new Turn(user, second + ThreadLocalRandom.current().nextLong(SECOND), requests - 1);
    }

    private boolean saturate() throws IOException {
        Figures figures = new Figures();
        List<User> people = people(figures);
        try (Crowd crowd = new Crowd(people)) {
            Map<Route, Double> rates = new EnumMap<>(Route.class);
            // everybody gets a finished job first, so that there is something to read
            crowd.rush(Route.BLOCKING, System.nanoTime());
            for (Route route : List.of(Route.LIVE, Route.GET, Route.RESULT, Route.LIST, Route.BLOCKING, Route.SUBMIT)) {
                long before = figures.count(route);
                long start = System.nanoTime();
                crowd.rush(route, start + seconds * SECOND);
                double took = (System.nanoTime() - start) / 1e9;
                rates.put(route, (figures.count(route) - before) / took);
                System.out.printf(
                        Locale.ROOT,
                        "%-26s %9.0f per s   %.3f of /health/live%n",
                        route,
                        rates.get(route),
                        rates.getOrDefault(route, 0.0) / rates.getOrDefault(Route.LIVE, 1.0));
            }
            figures.print(System.out, seconds);
            return figures.errorCount() == 0;
        }
    }
}
