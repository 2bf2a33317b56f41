package org.quantumhub.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person's place in a team.
@Entity
@Table(name = "team_members")
@IdClass(TeamMember.Key.class)
public class TeamMember {

    /// The composite key: nobody is twice in one team.
    public record Key(UUID teamId, UUID userId) implements java.io.Serializable {}

    @Id
    @Column(name = "team_id")
    private UUID teamId;

    @Id
    @Column(name = "user_id")
    private UUID userId;

    @Enumerated(EnumType.STRING)
    private TeamRole role;

    @Column(name = "spending_limit")
    private @Nullable BigDecimal spendingLimit;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected TeamMember() {}

    public TeamMember(UUID teamId, UUID userId, TeamRole role, Instant now) {
        this.teamId = teamId;
        this.userId = userId;
        this.role = role;
        this.createdAt = now;
    }

    public UUID teamId() {
        return teamId;
    }

    public UUID userId() {
        return userId;
    }

    public TeamRole role() {
        return role;
    }

    /// @see TeamRole
    public void become(TeamRole role) {
        this.role = role;
    }

    /// @param limit what the person may spend of the team's money in a month, in its currency; the database keeps a
    /// budget
    /// of it; null for no limit of the person's
    /// own
    public void limitSpending(@Nullable BigDecimal limit) {
        this.spendingLimit = limit;
    }

    public @Nullable BigDecimal spendingLimit() {
        return spendingLimit;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
