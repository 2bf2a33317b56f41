package org.quantumhub.hardware;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;

/// A time in which a device takes no jobs, announced before it comes.
@Entity
@Table(name = "backend_maintenances")
public class BackendMaintenance {

    @Id
    private UUID id;

    @Column(name = "backend_id")
    private UUID backendId;

    @Column(name = "starts_at")
    private Instant startsAt;

    @Column(name = "ends_at")
    private Instant endsAt;

    private String announcement;

    @Column(name = "announced_by")
    private UUID announcedBy;

    @Column(name = "cancelled_at")
    private @Nullable Instant cancelledAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA
    protected BackendMaintenance() {}

    private BackendMaintenance(Backend backend, Instant startsAt, Instant endsAt, String announcement, UUID by) {
        this.id = Ids.next();
        this.backendId = backend.id();
        this.startsAt = startsAt;
        this.endsAt = endsAt;
        this.announcement = announcement;
        this.announcedBy = by;
    }

    /// Announces one.
    ///
    /// @throws HubException `INVALID_FIELD` when it ends before it starts or has ended already
    public static BackendMaintenance announce(
            Backend backend, Instant startsAt, Instant endsAt, String announcement, UUID by, Instant now) {
        if (!endsAt.isAfter(startsAt) || !endsAt.isAfter(now)) {
            throw new HubException(ProblemCode.INVALID_FIELD, "endsAt must come after startsAt and lie in the future.")
                    .with("field", "endsAt");
        }
        return new BackendMaintenance(backend, startsAt, endsAt, announcement, by);
    }

    /// Calls it off, or ends it early.
    public void cancel(Instant now) {
        if (cancelledAt == null) {
            cancelledAt = now;
        }
    }

    public boolean isGoingOn(Instant now) {
        return cancelledAt == null && !startsAt.isAfter(now) && endsAt.isAfter(now);
    }

    public UUID id() {
        return id;
    }

    public Instant startsAt() {
        return startsAt;
    }

    public Instant endsAt() {
        return endsAt;
    }

    public String announcement() {
        return announcement;
    }

    public UUID announcedBy() {
        return announcedBy;
    }

    public UUID backendId() {
        return backendId;
    }

    public @Nullable Instant cancelledAt() {
        return cancelledAt;
    }
}
