package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// Settings of streams and webhooks, and the connection that listens.
@ApplicationScoped
public class FeedConfig {

    @Inject
    @ConfigProperty(name = "HUB_DB_HOST", defaultValue = "127.0.0.1")
    String host;

    @Inject
    @ConfigProperty(name = "HUB_DB_PORT", defaultValue = "5433")
    int port;

    @Inject
    @ConfigProperty(name = "HUB_DB_NAME", defaultValue = "hub")
    String database;

    @Inject
    @ConfigProperty(name = "HUB_DB_SSLMODE", defaultValue = "prefer")
    String sslMode;

    @Inject
    @ConfigProperty(name = "HUB_DB_WORKER_PASSWORD")
    Optional<String> password;

    @Inject
    @ConfigProperty(name = "hub.webhooks.allowed-inside")
    Optional<String> allowedInside;

    @Inject
    @ConfigProperty(name = "hub.webhooks.endpoints", defaultValue = "20")
    int endpoints;

    /// A connection of its own as the background role.
    Connection open() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setSslMode(sslMode);
        source.setUser("hub_worker");
        source.setPassword(password.orElse(""));
        source.setApplicationName("quantum-hub wire");
        source.setTcpKeepAlive(true);
        return source.getConnection();
    }

    /// Networks that webhooks may reach although they are inside, each as an address and a length: `10.1.0.0/16`.
    public String allowedInside() {
        return allowedInside.orElse("");
    }

    /// How many endpoints a team may have.
    public int endpoints() {
        return endpoints;
    }
}
