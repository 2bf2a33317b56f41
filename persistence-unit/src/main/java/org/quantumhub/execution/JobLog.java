package org.quantumhub.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// A line of a job's log. What goes wrong is logged by the database itself.
@Entity
@Table(name = "job_logs")
public class JobLog {

    @Id
    private long id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "job_id")
    private UUID jobId;

    private int attempt;

    @Enumerated(EnumType.STRING)
    private LogStream stream;

    private String level;
    private String message;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by a trigger
    protected JobLog() {}

    public long id() {
        return id;
    }

    /// The attempt it belongs to, 0 before the first.
    public int attempt() {
        return attempt;
    }

    public LogStream stream() {
        return stream;
    }

    /// DEBUG, INFO, WARNING or ERROR.
    public String level() {
        return level;
    }

    public String message() {
        return message;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
