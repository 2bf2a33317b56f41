package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.quantumhub.shared.Ids;

/// Who this server is: a name that stays, and an instance that is new with every start.
@ApplicationScoped
public class ThisServer {

    /// Unique among the servers of one database.
    @Inject
    @ConfigProperty(name = "hub.server.id", defaultValue = "hub")
    String name;

    /// Given by the launcher, so that it recognises the answer of the server it has started.
    @Inject
    @ConfigProperty(name = "hub.instance")
    Optional<String> given;

    private final UUID id = Ids.next();
    private String instance = id.toString();

    @PostConstruct
    void adopt() {
        instance = given.filter(g -> !g.isBlank()).orElse(id.toString());
    }

    /// Owns the leases this server takes.
    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    /// Shown by the health checks.
    public String instance() {
        return instance;
    }
}
