package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quantumhub.shared.Columns;

/// Results that lie in the object store, and what the rows know of them.
@ApplicationScoped
public class StoredResults {

    /// The first part of their paths there.
    public static final String KIND = "results";

    private static final String ORPHANS = JobQueue.statement("orphans.sql");
    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern PATH = Pattern.compile(KIND + "/" + ID + "/(" + ID + ")/[0-9]{1,9}-[A-Z]+");

    private record Place(String path, UUID job) {}

    /// Where the result of an attempt lies. The attempt is part of it: what a zombie writes lies beside, not upon, what
    /// counts.
    public static String path(ClaimedJob job, String type) {
        return KIND + "/" + job.teamId() + "/" + job.id() + "/" + job.fence() + "-" + type;
    }

    /// Those of the paths that no row tells of and none will. Paths that are none of a result are nobody's orphans.
    public List<String> orphans(Connection connection, Collection<String> paths) throws SQLException {
        List<Place> places = paths.stream()
                .map(StoredResults::place)
                .flatMap(Optional::stream)
                .toList();
        if (places.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(ORPHANS)) {
            Columns.of(places).text(Place::path).uuid(Place::job).bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<String> orphans = new ArrayList<>();
                while (rows.next()) {
                    orphans.add(rows.getString(1));
                }
                return orphans;
            }
        }
    }

    private static Optional<Place> place(String path) {
        Matcher parts = PATH.matcher(path);
        return parts.matches() ? Optional.of(new Place(path, UUID.fromString(parts.group(1)))) : Optional.empty();
    }
}
