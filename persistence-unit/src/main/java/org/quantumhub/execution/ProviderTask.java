package org.quantumhub.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was ordered outside for a job, for reading; [ProviderTaskRegister] moves it.
@Entity
@Table(name = "provider_tasks")
public class ProviderTask {

    /// How far the order has come.
    public enum State {
        /// written down; the provider may or may not know of it
        INTENT,
        /// the provider has it, and is asked after it
        OPEN,
        /// the job has ended
        SETTLED
    }

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "job_id")
    private UUID jobId;

    @Column(name = "provider_slug")
    private String providerSlug;

    @Column(name = "backend_slug")
    private String backendSlug;

    private String token;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "provider_task_id")
    private @Nullable String providerTaskId;

    @Column(name = "provider_status")
    private @Nullable String providerStatus;

    @Column(name = "queue_position")
    private @Nullable String queuePosition;

    private int submissions;
    private int polls;
    private int failures;

    @Column(name = "cancel_sent_at")
    private @Nullable Instant cancelSentAt;

    @Column(name = "calibration_id")
    private @Nullable UUID calibrationId;

    @Column(name = "own_account")
    private boolean ownAccount;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "submitted_at")
    private @Nullable Instant submittedAt;

    @Column(name = "last_polled_at")
    private @Nullable Instant lastPolledAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by ProviderTaskRegister
    protected ProviderTask() {}

    public UUID jobId() {
        return jobId;
    }

    public String providerSlug() {
        return providerSlug;
    }

    public String backendSlug() {
        return backendSlug;
    }

    /// What makes the order recognisable at the provider.
    public String token() {
        return token;
    }

    public State state() {
        return state;
    }

    public @Nullable String providerTaskId() {
        return providerTaskId;
    }

    /// The provider's own word.
    public @Nullable String providerStatus() {
        return providerStatus;
    }

    public @Nullable String queuePosition() {
        return queuePosition;
    }

    public int submissions() {
        return submissions;
    }

    public int polls() {
        return polls;
    }

    public int failures() {
        return failures;
    }

    public @Nullable Instant cancelSentAt() {
        return cancelSentAt;
    }

    public @Nullable UUID calibrationId() {
        return calibrationId;
    }

    /// Whether it was ordered with the team's own credentials, and the provider bills the team.
    public boolean ownAccount() {
        return ownAccount;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant submittedAt() {
        return submittedAt;
    }

    public @Nullable Instant lastPolledAt() {
        return lastPolledAt;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }
}
