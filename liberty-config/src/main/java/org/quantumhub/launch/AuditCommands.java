package org.quantumhub.launch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// `./hub audit verify`: checks the chain over the audit log in the database itself, with or without a running server.
final class AuditCommands {
    private static final String USAGE = "Say './hub audit verify'.";
    private static final int MOST_SHOWN = 50;

    private final Settings settings;
    private final Steps steps;
    private final Shutdown shutdown;

    AuditCommands(Settings settings, Steps steps, Shutdown shutdown) {
        this.settings = settings;
        this.steps = steps;
        this.shutdown = shutdown;
    }

    /// @return 0 when nothing is wrong, 1 when something is
    int run(List<String> words) {
        if (!words.equals(List.of("verify"))) {
            throw new HubFailure(USAGE);
        }
        HubDatabase database = HubDatabase.reachable(settings, steps, shutdown);
        try (Connection connection = database.connect(DatabaseRoles.READER)) {
            return verify(connection);
        } catch (SQLException failure) {
            throw new HubFailure("The audit log cannot be checked: " + HubFailure.firstLine(failure), failure);
        }
    }

    static int verify(Connection connection) throws SQLException {
        int faults = 0;
        try (PreparedStatement statement =
                        connection.prepareStatement("select seal, entry, fault from hub.audit_faults()");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (faults++ < MOST_SHOWN) {
                    String entry = rows.getString(2);
                    System.out.println("Seal " + rows.getLong(1) + (entry == null ? "" : ", entry " + entry) + ": "
                            + rows.getString(3));
                }
            }
        }
        try (PreparedStatement statement =
                        connection.prepareStatement("select count(*), coalesce(sum(cardinality(ids)), 0),"
                                + " coalesce((select encode(hash, 'hex') from hub.audit_seals order by id desc limit 1), 'none')"
                                + " from hub.audit_seals");
                ResultSet row = statement.executeQuery()) {
            row.next();
            System.out.println((faults == 0 ? "Intact: " : faults + " faults in ") + row.getLong(2) + " entries under "
                    + row.getLong(1) + " seals; the newest seal is " + row.getString(3));
        }
        return faults == 0 ? 0 : 1;
    }
}
