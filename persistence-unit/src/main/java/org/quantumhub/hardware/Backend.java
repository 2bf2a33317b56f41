package org.quantumhub.hardware;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.JsonConverter;
import org.quantumhub.shared.TextArrayConverter;

/// What a job can run on.
@Entity
@Table(name = "backends")
public class Backend {

    @Id
    private UUID id;

    private String slug;
    private String name;

    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "provider_id")
    private Provider provider;

    @Column(name = "device_type")
    @Enumerated(EnumType.STRING)
    private DeviceType deviceType;

    @Column(name = "technology_type")
    @Enumerated(EnumType.STRING)
    private Technology technology;

    @Column(name = "device_arn")
    private String deviceArn;

    @Column(name = "provider_target_id")
    private @Nullable String providerTargetId;

    private @Nullable String region;

    @Column(name = "qubit_count")
    private int qubitCount;

    @Column(name = "max_qubits")
    private int maxQubits;

    @Column(name = "max_shots")
    private int maxShots;

    @Convert(converter = JsonConverter.class)
    private String topology;

    @Column(name = "connectivity_map")
    @Convert(converter = JsonConverter.class)
    private String connectivityMap;

    @Column(name = "gate_set")
    @Convert(converter = TextArrayConverter.class)
    private List<String> gateSet;

    @Column(name = "is_available")
    private boolean available;

    @Enumerated(EnumType.STRING)
    private BackendStatus status;

    private @Nullable String description;

    @Column(name = "documentation_url")
    private @Nullable String documentationUrl;

    @Convert(converter = TextArrayConverter.class)
    private List<String> tags;

    @Column(name = "display_order")
    private int displayOrder;

    @Column(name = "is_recommended")
    private boolean recommended;

    @Column(name = "retired_at")
    private @Nullable Instant retiredAt;

    @Enumerated(EnumType.STRING)
    private BackendLane lane;

    private @Nullable String emulates;

    @Enumerated(EnumType.STRING)
    private Paradigm paradigm;

    @Column(name = "min_shots")
    private int minShots;

    @Column(name = "availability_windows")
    @Convert(converter = JsonConverter.class)
    private String availabilityWindows;

    @Column(name = "queue_depth")
    private @Nullable Integer queueDepth;

    @Column(name = "average_queue_time")
    private @Nullable Integer averageQueueTime;

    @Column(name = "cost_per_hour")
    private @Nullable BigDecimal costPerHour;

    @Column(name = "poll_interval_millis")
    private @Nullable Integer pollIntervalMillis;

    @Basic(fetch = FetchType.LAZY)
    @Convert(converter = JsonConverter.class)
    private @Nullable String capabilities;

    @Column(name = "learned_at")
    private @Nullable Instant learnedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA: the catalogue is filled by migrations
    protected Backend() {}

    /// Whether a new job may be sent here now.
    public boolean takesJobs() {
        return available && status.takesJobs() && provider.isAvailable();
    }

    public UUID id() {
        return id;
    }

    public String slug() {
        return slug;
    }

    public String name() {
        return name;
    }

    public Provider provider() {
        return provider;
    }

    public DeviceType deviceType() {
        return deviceType;
    }

    public Technology technology() {
        return technology;
    }

    public String deviceArn() {
        return deviceArn;
    }

    public @Nullable String region() {
        return region;
    }

    public int qubitCount() {
        return qubitCount;
    }

    public int maxQubits() {
        return maxQubits;
    }

    public int maxShots() {
        return maxShots;
    }

    public String topology() {
        return topology;
    }

    public List<String> gateSet() {
        return List.copyOf(gateSet);
    }

    public BackendStatus status() {
        return status;
    }

    public @Nullable String description() {
        return description;
    }

    public List<String> tags() {
        return List.copyOf(tags);
    }

    public boolean isRecommended() {
        return recommended;
    }

    public BackendLane lane() {
        return lane;
    }

    /// Whether its jobs are ordered outside, or at an emulation, and asked after.
    public boolean isProvided() {
        return lane == BackendLane.PROVIDER;
    }

    /// The slug of the device that this one imitates.
    public @Nullable String emulates() {
        return emulates;
    }

    public Paradigm paradigm() {
        return paradigm;
    }

    public int minShots() {
        return minShots;
    }

    public Availability availability() {
        return Availability.of(availabilityWindows);
    }

    /// Jobs that wait there, as far as the provider or the hub knows.
    public @Nullable Integer queueDepth() {
        return queueDepth;
    }

    /// Minutes.
    public @Nullable Integer averageQueueTime() {
        return averageQueueTime;
    }

    public @Nullable BigDecimal costPerHour() {
        return costPerHour;
    }

    /// How long to wait between two questions about a task here.
    public int pollIntervalMillis() {
        return pollIntervalMillis != null ? pollIntervalMillis : provider.pollIntervalMillis();
    }

    /// Pairs of qubits that can take part in one gate, as the device numbers them: a JSON list of pairs.
    public String connectivityMap() {
        return connectivityMap;
    }

    public @Nullable String providerTargetId() {
        return providerTargetId;
    }

    public @Nullable String documentationUrl() {
        return documentationUrl;
    }

    public int displayOrder() {
        return displayOrder;
    }

    public @Nullable Instant retiredAt() {
        return retiredAt;
    }

    /// Whether people who only use it may see it: a retired one stays in the catalogue.
    public boolean isShown() {
        return available || status == BackendStatus.RETIRED;
    }

    public @Nullable Instant learnedAt() {
        return learnedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
