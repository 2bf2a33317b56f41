package org.quantumhub.launch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGProperty;

/// Where a database is, without who enters it.
///
/// @param sslMode one of the driver's modes: `disable`, `prefer`, `require`, `verify-ca`, `verify-full`
public record DatabaseAddress(String host, int port, String name, String sslMode) {

    /// The same server, another database.
    public DatabaseAddress named(String otherName) {
        return new DatabaseAddress(host, port, otherName, sslMode);
    }

    public String url() {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + bracketed + ":" + port + "/" + name + "?sslmode=" + sslMode;
    }

    public Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.CONNECT_TIMEOUT.set(properties, 10);
        PGProperty.APPLICATION_NAME.set(properties, "quantum-hub start");
        return DriverManager.getConnection(url(), properties);
    }
}
