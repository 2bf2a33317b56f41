package org.quantumhub.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/// That a job carries a tag: what lists of jobs by tag are looked up in. Written by the database itself.
@Entity
@Table(name = "job_tags")
@IdClass(JobTag.Key.class)
class JobTag {

    /// A job carries a tag once.
    record Key(UUID teamId, String tag, UUID jobId) implements Serializable {}

    @Id
    @Column(name = "team_id")
    private UUID teamId;

    @Id
    private String tag;

    @Id
    @Column(name = "job_id")
    private UUID jobId;

    @SuppressWarnings("NullAway") // for JPA: rows are written by a trigger
    protected JobTag() {}

    UUID jobId() {
        return jobId;
    }
}
