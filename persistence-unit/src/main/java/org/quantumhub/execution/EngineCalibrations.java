package org.quantumhub.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.quantumhub.shared.Ids;

/// How fast the engine runs on which server, on the connection of the caller's transaction.
@ApplicationScoped
public class EngineCalibrations {

    private static final int KEPT = 20;

    /// What was measured.
    ///
    /// @param factor time taken, as a multiple of what the engine's cost model expects; above 0
    /// @param spread how far single measurements lay from it, as a multiple; 1 or more
    public record Calibration(double factor, double spread) {}

    /// Adds what a server has measured; of its older ones the last few are kept.
    public void add(Connection connection, String server, String simulator, Calibration measured) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into hub.engine_calibrations (id, server_name, simulator, factor, spread, processors, java_version)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")) {
            statement.setObject(1, Ids.next());
            statement.setString(2, server);
            statement.setString(3, simulator);
            statement.setBigDecimal(4, decimal(measured.factor()));
            statement.setBigDecimal(5, decimal(measured.spread()));
            statement.setInt(6, Runtime.getRuntime().availableProcessors());
            statement.setString(7, Runtime.version().toString());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                delete from hub.engine_calibrations
                 where id in (select id from hub.engine_calibrations where server_name = ? and simulator = ?
                               order by measured_at desc offset ?)
                """)) {
            statement.setString(1, server);
            statement.setString(2, simulator);
            statement.setInt(3, KEPT);
            statement.executeUpdate();
        }
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(Math.round(value * 1e6), 6);
    }

    /// The newest of each server that is alive, by its name.
    public Map<String, Calibration> latest(Connection connection, String simulator) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select distinct on (c.server_name) c.server_name, c.factor, c.spread
                  from hub.engine_calibrations c
                 where c.simulator = ?
                   and exists (select from hub.servers s where s.name = c.server_name and s.ended_at is null
                                  and s.heartbeat_at > now() - interval '1 minute')
                 order by c.server_name, c.measured_at desc
                """)) {
            statement.setString(1, simulator);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, Calibration> latest = new HashMap<>();
                while (rows.next()) {
                    latest.put(rows.getString(1), new Calibration(rows.getDouble(2), rows.getDouble(3)));
                }
                return latest;
            }
        }
    }
}
