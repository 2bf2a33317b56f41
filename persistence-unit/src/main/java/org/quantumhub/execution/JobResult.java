package org.quantumhub.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.quantumhub.shared.JsonConverter;

/// One result of a job. The primary one holds counts and probabilities.
@Entity
@Table(name = "job_results")
public class JobResult {

    /// What a result row holds.
    public static final String COUNTS = "COUNTS";

    /// The shots one by one.
    public static final String MEMORY = "MEMORY";

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "job_id")
    private UUID jobId;

    @Column(name = "result_type")
    private String type;

    @Column(name = "result_data")
    @Convert(converter = JsonConverter.class)
    private String data;

    @Column(name = "primary_result")
    private boolean primary;

    private int shots;

    @Column(name = "quantum_time_seconds")
    private BigDecimal quantumTimeSeconds;

    private int fence;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by JobQueue
    protected JobResult() {}

    public String type() {
        return type;
    }

    /// The result as JSON text.
    public String data() {
        return data;
    }

    public int shots() {
        return shots;
    }

    public BigDecimal quantumTimeSeconds() {
        return quantumTimeSeconds;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
