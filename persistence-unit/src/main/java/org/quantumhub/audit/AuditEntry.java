package org.quantumhub.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.JsonConverter;

/// One change of one row. Written by the database alone.
@Entity
@Table(name = "audit_log")
public class AuditEntry {

    @Id
    private long id;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "team_id")
    private @Nullable UUID teamId;

    private @Nullable UUID actor;
    private String via;
    private @Nullable String address;

    @Column(name = "request_id")
    private @Nullable String requestId;

    @Enumerated(EnumType.STRING)
    private AuditAction action;

    private String entity;

    @Column(name = "entity_id")
    private String entityId;

    @Convert(converter = JsonConverter.class)
    private @Nullable String before;

    @Convert(converter = JsonConverter.class)
    private @Nullable String after;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected AuditEntry() {}

    public long id() {
        return id;
    }

    public Instant occurredAt() {
        return occurredAt;
    }

    public @Nullable UUID teamId() {
        return teamId;
    }

    /// The person on whose behalf it was done; null when the hub did it by itself.
    public @Nullable UUID actor() {
        return actor;
    }

    /// The role of the database that did it: `hub_app` for requests, `hub_worker` for the background.
    public String via() {
        return via;
    }

    public @Nullable String address() {
        return address;
    }

    public @Nullable String requestId() {
        return requestId;
    }

    public AuditAction action() {
        return action;
    }

    /// The table.
    public String entity() {
        return entity;
    }

    /// The primary key, its parts separated by slashes.
    public String entityId() {
        return entityId;
    }

    /// What changed, as it was: a JSON object, for an update of the changed columns only.
    public @Nullable String before() {
        return before;
    }

    /// What changed, as it became.
    public @Nullable String after() {
        return after;
    }
}
