package org.quantumhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.quantumhub.execution.Job;

/// What must hold in every database of a hub at every moment; the file is part of the product, each of its queries
/// returns no row.
final class Invariants {

    private static final Pattern QUERY_END = Pattern.compile(";\\s*\n");

    private Invariants() {}

    /// The queries by the sentence above each.
    static Map<String, String> queries() {
        String text;
        try (InputStream file = Job.class.getResourceAsStream("invariants.sql")) {
            text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, String> queries = new LinkedHashMap<>();
        for (String part : QUERY_END.splitAsStream(text).toList()) {
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
        assertThat(queries).hasSizeGreaterThan(5);
        return queries;
    }

    /// Waits for the last job to end, then asks all queries.
    static void hold(Sql sql) {
        Await.until(
                "the end of all jobs",
                () -> sql.count("select count(*) from jobs where completed_at is null"),
                count -> count == 0);
        SoftAssertions all = new SoftAssertions();
        queries()
                .forEach((name, query) ->
                        all.assertThat(sql.rows(query)).as(name).isEqualTo(List.of()));
        all.assertAll();
    }
}
