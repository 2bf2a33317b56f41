package org.quantumhub.execution;

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

/// One step in the life of a job, written by the database itself.
@Entity
@Table(name = "job_events")
public class JobEvent {

    @Id
    private long id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "job_id")
    private UUID jobId;

    @Enumerated(EnumType.STRING)
    private JobStatus status;

    @Column(name = "sub_status")
    private @Nullable String subStatus;

    private @Nullable String reason;

    private int fence;
    private @Nullable UUID worker;

    @Convert(converter = JsonConverter.class)
    private @Nullable String detail;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by a trigger
    protected JobEvent() {}

    public long id() {
        return id;
    }

    public JobStatus status() {
        return status;
    }

    public @Nullable String subStatus() {
        return subStatus;
    }

    public @Nullable String reason() {
        return reason;
    }

    /// Which attempt it belongs to, 0 before the first.
    public int attempt() {
        return fence;
    }

    /// A call to a provider as a JSON object; null for a step of the job itself.
    public @Nullable String detail() {
        return detail;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
