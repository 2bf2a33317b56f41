package org.quantumhub.launch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/// A PostgreSQL that others run, named by `POSTGRES_URL` or by `POSTGRES_HOST` and its companions.
record ExternalDatabase(DatabaseAddress address, String user, String password) {
    private static final int OLDEST_SERVER = 16;

    /// The external database of this environment, empty when the hub brings its own.
    static Optional<ExternalDatabase> in(Map<String, String> environment) {
        String url = environment.getOrDefault("POSTGRES_URL", "");
        String host = environment.getOrDefault("POSTGRES_HOST", "");
        if (!url.isBlank()) {
            return Optional.of(fromUrl(url.strip(), environment));
        }
        return host.isBlank() ? Optional.empty() : Optional.of(fromParts(host.strip(), environment));
    }

    private static ExternalDatabase fromParts(String host, Map<String, String> environment) {
        int port = Settings.port(environment, "POSTGRES_PORT", 5432);
        String name = environment.getOrDefault("POSTGRES_DB", "hub");
        String sslMode = environment.getOrDefault("POSTGRES_SSLMODE", "prefer");
        return new ExternalDatabase(
                new DatabaseAddress(host, port, name, sslMode), user(environment), password(environment));
    }

    private static ExternalDatabase fromUrl(String url, Map<String, String> environment) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new HubFailure("POSTGRES_URL is not a JDBC URL of PostgreSQL; it looks like"
                    + " jdbc:postgresql://host:5432/hub?user=name&password=word.");
        }
        String host = parsed.getProperty("PGHOST", "localhost");
        String port = parsed.getProperty("PGPORT", "5432");
        if (host.contains(",")) {
            throw new HubFailure("POSTGRES_URL names several hosts; name the one the hub shall write to.");
        }
        DatabaseAddress address = new DatabaseAddress(
                host,
                Integer.parseInt(port),
                parsed.getProperty("PGDBNAME", "hub"),
                parsed.getProperty("sslmode", "prefer"));
        String user = parsed.getProperty("user", "");
        String password = parsed.getProperty("password", "");
        return new ExternalDatabase(
                address,
                user.isEmpty() ? user(environment) : user,
                password.isEmpty() ? password(environment) : password);
    }

    private static String user(Map<String, String> environment) {
        return environment.getOrDefault("POSTGRES_USER", "postgres");
    }

    private static String password(Map<String, String> environment) {
        return environment.getOrDefault("POSTGRES_PASSWORD", "");
    }

    /// Refuses a database that cannot be entered or is too old.
    void checkReachable() {
        try (Connection connection = address.connect(user, password)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SERVER) {
                throw new HubFailure("The database at " + place() + " is PostgreSQL " + version
                        + "; the hub needs version " + OLDEST_SERVER + " or newer.");
            }
        } catch (SQLException refused) {
            throw new HubFailure(
                    "The database at " + place() + " cannot be entered as " + user + ": "
                            + HubFailure.firstLine(refused),
                    refused);
        }
    }

    private String place() {
        return address.host() + ":" + address.port() + "/" + address.name();
    }

    @Override
    public String toString() {
        return user + "@" + place();
    }
}
