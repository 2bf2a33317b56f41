package org.quantumhub.hardware;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who runs devices: the hub itself, or a company outside.
@Entity
@Table(name = "providers")
public class Provider {

    @Id
    private UUID id;

    private String slug;
    private String name;

    @Enumerated(EnumType.STRING)
    private Platform kind;

    @Column(name = "api_endpoint")
    private @Nullable String apiEndpoint;

    @Column(name = "sdk_integration")
    private @Nullable String sdkIntegration;

    @Column(name = "is_simulator")
    private boolean simulator;

    @Column(name = "is_available")
    private boolean available;

    @Enumerated(EnumType.STRING)
    private @Nullable Adapter adapter;

    @Column(name = "poll_interval_millis")
    private int pollIntervalMillis;

    @Column(name = "refreshed_at")
    private @Nullable Instant refreshedAt;

    @Column(name = "refresh_error")
    private @Nullable String refreshError;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA: the catalogue is filled by migrations
    protected Provider() {}

    public UUID id() {
        return id;
    }

    public String slug() {
        return slug;
    }

    public String name() {
        return name;
    }

    public Platform kind() {
        return kind;
    }

    public boolean isAvailable() {
        return available;
    }

    /// How jobs get there; null when the hub cannot send any.
    public @Nullable Adapter adapter() {
        return adapter;
    }

    public int pollIntervalMillis() {
        return pollIntervalMillis;
    }

    public @Nullable String apiEndpoint() {
        return apiEndpoint;
    }

    public @Nullable String sdkIntegration() {
        return sdkIntegration;
    }

    public boolean isSimulator() {
        return simulator;
    }

    /// When its catalogue was last read.
    public @Nullable Instant refreshedAt() {
        return refreshedAt;
    }

    /// Why the last reading failed.
    public @Nullable String refreshError() {
        return refreshError;
    }
}
