package org.quantumhub.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The change sets that this version of the hub brings, read from its own changelog.
public final class Changelog {

    private static final String MASTER = "/db/changelog/master.xml";
    private static final Pattern INCLUDE = Pattern.compile("<include file=\"([^\"]+)\"/>");
    private static final Pattern CHANGE_SET = Pattern.compile("(?m)^--changeset hub:(\\S+)");

    private final Set<String> ids;

    private Changelog(Set<String> ids) {
        this.ids = ids;
    }

    public static Changelog read() {
        Set<String> ids = new LinkedHashSet<>();
        for (String file : matches(INCLUDE, MASTER)) {
            ids.addAll(matches(CHANGE_SET, "/" + file));
        }
        return new Changelog(ids);
    }

    private static Set<String> matches(Pattern pattern, String resource) {
        try (InputStream stream = Changelog.class.getResourceAsStream(resource)) {
            Matcher matcher = pattern.matcher(
                    new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8));
            return matcher.results().map(found -> found.group(1)).collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Set<String> ids() {
        return Set.copyOf(ids);
    }

    /// Those that have not run on a database.
    public Set<String> missingIn(Connection connection) throws SQLException {
        Set<String> missing = new LinkedHashSet<>(ids);
        try (PreparedStatement statement = connection.prepareStatement("select id from hub.databasechangelog");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                missing.remove(rows.getString(1));
            }
        }
        return missing;
    }
}
