package org.quantumhub.audit.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.audit.AuditAction;
import org.quantumhub.audit.AuditEntry;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.rest.PageView;

/// One change of one row.
@Schema(name = "AuditEntry")
public record AuditEntryView(
        long id,
        Instant occurredAt,
        @Nullable UUID teamId,

        @Schema(description = "the person on whose behalf it was done; missing when the hub did it by itself") @Nullable
        UUID actor,

        @Schema(description = "hub_app for requests, hub_worker for the background")
        String via,

        @Nullable String address,
        @Nullable String requestId,
        AuditAction action,

        @Schema(description = "the table") String entity,

        @Schema(description = "the primary key, its parts separated by slashes")
        String entityId,

        @Schema(description = "what changed, as it was; secrets and personal data show as ***") @Nullable
        JsonObject before,

        @Schema(description = "what changed, as it became") @Nullable
        JsonObject after) {

    static AuditEntryView of(AuditEntry entry) {
        return new AuditEntryView(
                entry.id(),
                entry.occurredAt(),
                entry.teamId(),
                entry.actor(),
                entry.via(),
                entry.address(),
                entry.requestId(),
                entry.action(),
                entry.entity(),
                entry.entityId(),
                json(entry.before()),
                json(entry.after()));
    }

    private static @Nullable JsonObject json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static PageView<AuditEntryView> page(List<AuditEntry> oneMore, int size) {
        return PageView.of(Page.cut(oneMore, size, AuditQuery::cursor), AuditEntryView::of);
    }
}
