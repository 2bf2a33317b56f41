package org.quantumhub.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which entries are wanted; null for no condition.
///
/// @param teamId of which team
/// @param actor done by whom
/// @param entity in which table
/// @param entityId which row of it
/// @param from not before
/// @param to before
/// @param before older than the entry with this id
public record AuditFilter(
        @Nullable UUID teamId,
        @Nullable UUID actor,
        @Nullable String entity,
        @Nullable String entityId,
        @Nullable AuditAction action,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long before) {

    public AuditFilter of(UUID team) {
        return new AuditFilter(team, actor, entity, entityId, action, from, to, before);
    }

    /// The same, continued behind an entry.
    public AuditFilter behind(long id) {
        return new AuditFilter(teamId, actor, entity, entityId, action, from, to, id);
    }
}
