package org.quantumhub.shared.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Objects as rows. Nothing else to run and to back up, and what is written in a transaction belongs to it.
///
/// Background work writes; a request reads under row-level security, what belongs to the team it acts for.
final class DatabaseObjects implements ObjectStore {

    private static final int PAGE = 1000;

    private final Database database;

    DatabaseObjects(Database database) {
        this.database = database;
    }

    @Override
    public void put(String path, byte[] content) {
        UUID team = UUID.fromString(ObjectPaths.checked(path).split("/", 3)[1]);
        database.asBackground(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into hub.stored_objects (path, team_id, content) values (?, ?, ?) on conflict (path) do nothing")) {
                statement.setString(1, path);
                statement.setObject(2, team);
                statement.setBytes(3, content);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public byte[] get(String path) {
        byte[] content = database.asRequest(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select content from hub.stored_objects where path = ?")) {
                statement.setString(1, ObjectPaths.checked(path));
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getBytes(1) : new byte[0];
                }
            }
        });
        if (content.length == 0) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such object.");
        }
        return content;
    }

    @Override
    public void delete(Collection<String> paths) {
        database.asBackground(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from hub.stored_objects where path = any (?)")) {
                statement.setArray(1, connection.createArrayOf("text", paths.toArray()));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void walk(String kind, Consumer<List<Stored>> pages) {
        String after = "";
        List<Stored> page;
        do {
            String last = after;
            page = database.asBackground(connection -> page(connection, kind, last));
            if (!page.isEmpty()) {
                pages.accept(page);
                after = page.getLast().path();
            }
        } while (page.size() == PAGE);
    }

    private static List<Stored> page(Connection connection, String kind, String after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select path, created_at from hub.stored_objects where path > ? and starts_with(path, ?) order by path limit ?")) {
            statement.setString(1, after);
            statement.setString(2, kind + "/");
            statement.setInt(3, PAGE);
            try (ResultSet rows = statement.executeQuery()) {
                List<Stored> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(new Stored(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant()));
                }
                return page;
            }
        }
    }
}
