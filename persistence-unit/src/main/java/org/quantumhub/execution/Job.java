package org.quantumhub.execution;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.JsonConverter;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TextArrayConverter;

/// A job, for reading: someone's circuit on its way from submission to result.
///
/// It is born by [Submission rows][NewJobRow], claimed and settled in groups by [JobQueue]; those statements and the
/// triggers beneath them guard the life cycle, so that no second way to change a job exists here.
@Entity
@Table(name = "jobs")
public class Job {

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "user_id")
    private UUID userId;

    private @Nullable String name;

    @Column(name = "job_type")
    private String jobType;

    @Column(name = "run_mode")
    @Enumerated(EnumType.STRING)
    private RunMode runMode;

    @Column(name = "backend_slug")
    private String backendSlug;

    // lists show no circuits, and a circuit is most of a row
    @Basic(fetch = FetchType.LAZY)
    @Column(name = "circuit_data")
    @Convert(converter = JsonConverter.class)
    private @Nullable String circuitData;

    @Basic(fetch = FetchType.LAZY)
    private @Nullable String program;

    @Column(name = "program_format")
    @Enumerated(EnumType.STRING)
    private @Nullable ProgramFormat programFormat;

    @Basic(fetch = FetchType.LAZY)
    @Convert(converter = JsonConverter.class)
    private String parameters;

    @Column(name = "parent_job_id")
    private @Nullable UUID parentJobId;

    @Column(name = "child_count")
    private int childCount;

    @Column(name = "child_index")
    private @Nullable Integer childIndex;

    private short priority;

    @Column(name = "run_at")
    private @Nullable Instant runAt;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "retention_days")
    private @Nullable Integer retentionDays;

    @Column(name = "purged_at")
    private @Nullable Instant purgedAt;

    @Column(name = "cached_from")
    private @Nullable UUID cachedFrom;

    @Column(name = "project_id")
    private @Nullable UUID projectId;

    private int shots;
    private long seed;
    private boolean memory;

    @Convert(converter = TextArrayConverter.class)
    private List<String> tags;

    @Basic(fetch = FetchType.LAZY)
    @Convert(converter = JsonConverter.class)
    private String metadata;

    @Column(name = "qubit_count")
    private int qubitCount;

    @Column(name = "gate_count")
    private int gateCount;

    private int depth;

    @Enumerated(EnumType.STRING)
    private JobStatus status;

    @Column(name = "sub_status")
    private @Nullable String subStatus;

    @Column(name = "status_reason")
    private @Nullable String statusReason;

    @Column(name = "error_message")
    private @Nullable String errorMessage;

    private int fence;

    @Column(name = "estimated_cost")
    private BigDecimal estimatedCost;

    @Column(name = "actual_cost")
    private @Nullable BigDecimal actualCost;

    private String currency;

    @Column(name = "price_version_id")
    private UUID priceVersionId;

    @Column(name = "request_id")
    private @Nullable String requestId;

    @Column(name = "submitted_at")
    private Instant submittedAt;

    @Column(name = "queued_at")
    private @Nullable Instant queuedAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    @Column(name = "wall_time_seconds")
    private @Nullable BigDecimal wallTimeSeconds;

    @Column(name = "quantum_time_seconds")
    private @Nullable BigDecimal quantumTimeSeconds;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA: rows are written by JobQueue
    protected Job() {}

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public UUID userId() {
        return userId;
    }

    public @Nullable String name() {
        return name;
    }

    public String jobType() {
        return jobType;
    }

    public RunMode runMode() {
        return runMode;
    }

    public String backendSlug() {
        return backendSlug;
    }

    /// The circuit as it was submitted; JSON comes back with its members in the database's order. Loaded when asked
    /// for,
    /// inside the transaction that found the job.
    public Program program() {
        String text = program != null ? program : circuitData;
        if (text == null || programFormat == null) {
            throw new IllegalStateException("job " + id + " has no code");
        }
        return new Program(programFormat, text);
    }

    /// Whether it stands for many circuits, each of them a child job of its own.
    public boolean isBundle() {
        return childCount > 0;
    }

    /// Values of the circuit's inputs, a JSON object. Loaded when asked for.
    public String parameters() {
        return parameters;
    }

    /// The bundle this is a child of, or the job it repeats.
    public @Nullable UUID parentJobId() {
        return parentJobId;
    }

    public int childCount() {
        return childCount;
    }

    /// Its place in the bundle, from 0.
    public @Nullable Integer childIndex() {
        return childIndex;
    }

    /// Its place among the jobs of the team: higher comes first.
    public int priority() {
        return priority;
    }

    /// What it is done for, by the team's own id.
    public @Nullable UUID projectId() {
        return projectId;
    }

    public @Nullable Instant runAt() {
        return runAt;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Integer retentionDays() {
        return retentionDays;
    }

    /// When its results were removed.
    public @Nullable Instant purgedAt() {
        return purgedAt;
    }

    /// The job whose result this one was answered with.
    public @Nullable UUID cachedFrom() {
        return cachedFrom;
    }

    public int shots() {
        return shots;
    }

    public long seed() {
        return seed;
    }

    public boolean keepsMemory() {
        return memory;
    }

    public List<String> tags() {
        return List.copyOf(tags);
    }

    public String metadata() {
        return metadata;
    }

    public int qubitCount() {
        return qubitCount;
    }

    public int gateCount() {
        return gateCount;
    }

    public int depth() {
        return depth;
    }

    public JobStatus status() {
        return status;
    }

    public @Nullable String subStatus() {
        return subStatus;
    }

    public @Nullable String statusReason() {
        return statusReason;
    }

    public @Nullable String errorMessage() {
        return errorMessage;
    }

    /// How many times somebody has started to work on it.
    public int attempts() {
        return fence;
    }

    public Money estimatedCost() {
        return new Money(estimatedCost, Currency.getInstance(currency));
    }

    public @Nullable Money actualCost() {
        return actualCost == null ? null : new Money(actualCost, Currency.getInstance(currency));
    }

    public UUID priceVersionId() {
        return priceVersionId;
    }

    public @Nullable String requestId() {
        return requestId;
    }

    public Instant submittedAt() {
        return submittedAt;
    }

    public @Nullable Instant queuedAt() {
        return queuedAt;
    }

    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant completedAt() {
        return completedAt;
    }

    public @Nullable BigDecimal wallTimeSeconds() {
        return wallTimeSeconds;
    }

    public @Nullable BigDecimal quantumTimeSeconds() {
        return quantumTimeSeconds;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public long version() {
        return version;
    }
}
