package org.quantumhub.audit.rest;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.quantumhub.audit.AuditAction;
import org.quantumhub.audit.AuditEntry;
import org.quantumhub.audit.AuditFilter;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.PageView;

/// The conditions of a request for entries.
public class AuditQuery {

    private static final int LARGEST_EXPORT = 100_000;

    @Parameter(description = "done by this person")
    @QueryParam("actor")
    @Nullable
    UUID actor;

    @Parameter(description = "in this table, such as team_members")
    @QueryParam("entity")
    @Nullable
    @Size(max = 63)
    String entity;

    @Parameter(description = "of this row")
    @QueryParam("entityId")
    @Nullable
    @Size(max = 300)
    String entityId;

    @Parameter(description = "INSERT, UPDATE or DELETE")
    @QueryParam("action")
    @Nullable
    String action;

    @Parameter(description = "RFC 3339, inclusive")
    @QueryParam("from")
    @Nullable
    String from;

    @Parameter(description = "RFC 3339, exclusive")
    @QueryParam("to")
    @Nullable
    String to;

    @Parameter(description = "'next' of the page before")
    @QueryParam("after")
    @Nullable
    String after;

    @QueryParam("limit")
    @Nullable
    Integer limit;

    int size() {
        return PageView.size(limit);
    }

    /// How many lines an export has at most.
    int exported() {
        if (limit == null) {
            return LARGEST_EXPORT;
        }
        if (limit < 1 || limit > LARGEST_EXPORT) {
            throw invalid("limit", "'limit' must lie between 1 and " + LARGEST_EXPORT + ".");
        }
        return limit;
    }

    /// @param team null for all teams
    AuditFilter filter(@Nullable UUID team) {
        return new AuditFilter(team, actor, entity, entityId, action(), time("from", from), time("to", to), cursor());
    }

    private @Nullable AuditAction action() {
        try {
            return action == null ? null : AuditAction.valueOf(action.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid("action", "'action' must be one of " + List.of(AuditAction.values()) + ".");
        }
    }

    private @Nullable Long cursor() {
        UUID cursor = PageView.cursor(after);
        return cursor == null ? null : cursor.getLeastSignificantBits();
    }

    /// The cursor behind an entry, in the form that every list uses.
    static UUID cursor(AuditEntry entry) {
        return new UUID(0, entry.id());
    }

    private static @Nullable Instant time(String parameter, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(parameter, "'" + parameter + "' must be a time such as 2026-11-20T08:00:00Z.");
        }
    }

    private static HubException invalid(String parameter, String message) {
        return new HubException(ProblemCode.INVALID_PARAMETER, message).with("parameter", parameter);
    }
}
