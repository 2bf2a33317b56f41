package org.quantumhub.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.JsonConverter;
import org.quantumhub.shared.TextArrayConverter;

/// What few jobs carry and no list shows, for reading: where a job came from, and how it stands with a provider.
@Entity
@Table(name = "jobs")
public class JobDetails {

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "execution_mode")
    private String executionMode;

    @Column(name = "subscription_id")
    private @Nullable UUID subscriptionId;

    @Column(name = "script_id")
    private @Nullable UUID scriptId;

    @Column(name = "circuit_id")
    private @Nullable UUID circuitId;

    @Column(name = "app_version_id")
    private @Nullable UUID appVersionId;

    private @Nullable String framework;

    @Column(name = "inline_code")
    private @Nullable String inlineCode;

    private @Nullable String platform;

    @Column(name = "device_id")
    private @Nullable String deviceId;

    @Column(name = "platform_job_id")
    private @Nullable String platformJobId;

    @Convert(converter = TextArrayConverter.class)
    @Column(name = "braket_task_arns")
    private @Nullable List<String> braketTaskArns;

    @Column(name = "provider_status")
    private @Nullable String providerStatus;

    @Column(name = "workflow_id")
    private @Nullable String workflowId;

    @Column(name = "temporal_run_id")
    private @Nullable String temporalRunId;

    @Column(name = "temporal_status")
    private @Nullable String temporalStatus;

    @Convert(converter = JsonConverter.class)
    @Column(name = "workflow_metadata")
    private @Nullable String workflowMetadata;

    @Convert(converter = JsonConverter.class)
    @Column(name = "scaling_config")
    private @Nullable String scalingConfig;

    @Convert(converter = JsonConverter.class)
    @Column(name = "resource_usage")
    private String resourceUsage;

    @Convert(converter = JsonConverter.class)
    @Column(name = "error_details")
    private @Nullable String errorDetails;

    @Convert(converter = JsonConverter.class)
    private String parameters;

    @Convert(converter = JsonConverter.class)
    private String metadata;

    @Column(name = "results_storage_path")
    private @Nullable String resultsStoragePath;

    @Column(name = "notification_email")
    private @Nullable String notificationEmail;

    @Column(name = "create_capsule")
    private boolean createCapsule;

    @Column(name = "capsule_name")
    private @Nullable String capsuleName;

    @Column(name = "price_version_id")
    private UUID priceVersionId;

    @Column(name = "expected_micros")
    private long expectedMicros;

    @SuppressWarnings("NullAway") // for JPA: rows are written by JobRegister
    protected JobDetails() {}

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    /// DIRECT inside a request, BATCH in a lane, or TEMPORAL.
    public String executionMode() {
        return executionMode;
    }

    public @Nullable UUID subscriptionId() {
        return subscriptionId;
    }

    public @Nullable UUID scriptId() {
        return scriptId;
    }

    public @Nullable UUID circuitId() {
        return circuitId;
    }

    public @Nullable UUID appVersionId() {
        return appVersionId;
    }

    public @Nullable String framework() {
        return framework;
    }

    public @Nullable String inlineCode() {
        return inlineCode;
    }

    public @Nullable String platform() {
        return platform;
    }

    public @Nullable String deviceId() {
        return deviceId;
    }

    public @Nullable String platformJobId() {
        return platformJobId;
    }

    public List<String> braketTaskArns() {
        return braketTaskArns == null ? List.of() : List.copyOf(braketTaskArns);
    }

    public @Nullable String providerStatus() {
        return providerStatus;
    }

    public @Nullable String workflowId() {
        return workflowId;
    }

    public @Nullable String temporalRunId() {
        return temporalRunId;
    }

    public @Nullable String temporalStatus() {
        return temporalStatus;
    }

    public @Nullable String workflowMetadata() {
        return workflowMetadata;
    }

    public @Nullable String scalingConfig() {
        return scalingConfig;
    }

    public String resourceUsage() {
        return resourceUsage;
    }

    public @Nullable String errorDetails() {
        return errorDetails;
    }

    public String parameters() {
        return parameters;
    }

    public String metadata() {
        return metadata;
    }

    public @Nullable String resultsStoragePath() {
        return resultsStoragePath;
    }

    public @Nullable String notificationEmail() {
        return notificationEmail;
    }

    public boolean createsCapsule() {
        return createCapsule;
    }

    public @Nullable String capsuleName() {
        return capsuleName;
    }

    public UUID priceVersionId() {
        return priceVersionId;
    }

    /// How long it was expected to compute, in microseconds.
    public long expectedMicros() {
        return expectedMicros;
    }
}
