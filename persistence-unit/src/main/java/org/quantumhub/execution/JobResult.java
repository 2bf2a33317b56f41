package org.quantumhub.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.DoubleArrayConverter;
import org.quantumhub.shared.IntArrayConverter;
import org.quantumhub.shared.JsonConverter;

/// One result of a job. The primary one holds counts and probabilities.
@Entity
@Table(name = "job_results")
public class JobResult {

    /// What a result row holds.
    public static final String COUNTS = "COUNTS";

    /// The shots one by one.
    public static final String MEMORY = "MEMORY";

    /// How the children of a bundle ended.
    public static final String SUMMARY = "SUMMARY";

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
    private @Nullable String data;

    @Convert(converter = IntArrayConverter.class)
    private int @Nullable [] counts;

    @Convert(converter = DoubleArrayConverter.class)
    private double @Nullable [] probabilities;

    @Column(name = "storage_path")
    private @Nullable String storagePath;

    @Column(name = "size_bytes")
    private @Nullable Long sizeBytes;

    private byte @Nullable [] digest;
    private String status;
    private @Nullable String error;

    @Column(name = "calibration_id")
    private @Nullable UUID calibrationId;

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

    public UUID jobId() {
        return jobId;
    }

    /// What its row holds of it; null when it lies in the object store.
    public @Nullable KeptResult kept() {
        return data == null ? null : new KeptResult(data, Histogram.ofColumns(counts, probabilities));
    }

    /// Where it lies in the object store; null when it is in the row.
    public @Nullable String storagePath() {
        return storagePath;
    }

    /// Its length, if it lies in the object store.
    public @Nullable Long sizeBytes() {
        return sizeBytes;
    }

    /// SHA-256 of what lies in the object store.
    public byte @Nullable [] digest() {
        return digest == null ? null : digest.clone();
    }

    /// Whether this is the result that stands for the job.
    public boolean isPrimary() {
        return primary;
    }

    public String status() {
        return status;
    }

    public @Nullable String error() {
        return error;
    }

    public @Nullable UUID calibrationId() {
        return calibrationId;
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
