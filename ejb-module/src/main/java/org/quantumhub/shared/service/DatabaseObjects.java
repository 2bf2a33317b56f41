package org.quantumhub.shared.service;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.UUID;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Objects as rows. Nothing else to run and to back up, and what is written in a transaction belongs to it.
///
/// Background work writes; a request reads under row-level security, what belongs to the team it acts for.
final class DatabaseObjects implements ObjectStore {

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
}
