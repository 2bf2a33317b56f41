package org.quantumhub.analytics.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.Job;
import org.quantumhub.shared.service.Database;

/// Asks from time to time whether what must always hold does hold: each query of `invariants.sql` returns no row. What
/// is broken is told as a metric and in the log; the server goes on serving, for stopping it would mend nothing.
@ApplicationScoped
public class InvariantWatch {

    private static final Logger LOG = System.getLogger(InvariantWatch.class.getName());
    private static final Pattern QUERY_END = Pattern.compile(";\\s*\n");
    private static final int SHOWN = 20;
    private static final Metadata BROKEN = Metadata.builder()
            .withName("hub_invariants_broken")
            .withDescription("Sentences of invariants.sql that did not hold when they were asked last")
            .build();

    @Inject
    Database database;

    @Inject
    Clock clock;

    @Inject
    MetricRegistry registry;

    private final AtomicInteger broken = new AtomicInteger();
    private volatile @Nullable Report last;

    @PostConstruct
    void register() {
        registry.gauge(BROKEN, broken, AtomicInteger::get);
    }

    /// A sentence that does not hold.
    ///
    /// @param rows the first rows that break it, each as its columns
    public record Broken(String invariant, List<String> rows) {}

    /// What the sentences found.
    ///
    /// @param at when the latest of them was asked
    /// @param broken empty when everything holds
    /// @param unanswered sentences that took too long to ask, or could not be asked
    public record Report(Instant at, int asked, List<Broken> broken, List<String> unanswered) {}

    /// The queries by the sentence above each.
    public static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String part : QUERY_END.splitAsStream(text()).toList()) {
            String name = part.lines()
                    .filter(line -> line.startsWith("--"))
                    .map(line -> line.substring(2).strip())
                    .reduce("", (a, b) -> (a + " " + b).strip());
            String query = part.lines()
                    .filter(line -> !line.startsWith("--"))
                    .reduce("", (a, b) -> a + "\n" + b)
                    .strip();
            if (!query.isEmpty()) {
                queries.put(name, query);
            }
        }
        return queries;
    }

    private static String text() {
        try (InputStream file = Job.class.getResourceAsStream("invariants.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks one of them. Work goes on meanwhile: one statement sees one moment, so nothing half done is seen.
    @Transactional(TxType.REQUIRES_NEW)
    public List<String> ask(String query) {
        return database.asBackground(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = '120s'");
                statement.execute("set local default_transaction_read_only = on");
                statement.setMaxRows(SHOWN);
                List<String> rows = new ArrayList<>();
                try (ResultSet found = statement.executeQuery(query)) {
                    int width = found.getMetaData().getColumnCount();
                    while (found.next()) {
                        List<String> row = new ArrayList<>();
                        for (int i = 1; i <= width; i++) {
                            row.add(String.valueOf(found.getString(i)));
                        }
                        rows.add(String.join(" | ", row));
                    }
                }
                return rows;
            }
        });
    }

    /// Tells in the log.
    void warn(String invariant, List<String> rows) {
        LOG.log(Level.ERROR, "invariant broken: {0} first={1}", invariant, rows.getFirst());
    }

    /// Keeps what was found.
    ///
    /// @param whole whether each sentence has been asked since the start
    void found(Report report, boolean whole) {
        broken.set(report.broken().size());
        if (whole) {
            last = report;
        }
    }

    /// What this server found when it asked each sentence last; null before it has asked them all.
    public @Nullable Report last() {
        return last;
    }

    Instant now() {
        return clock.instant();
    }
}
