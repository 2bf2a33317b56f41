package org.quantumhub.notification.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.StringReader;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.service.ApiKeys;
import org.quantumhub.account.service.Sessions;
import org.quantumhub.notification.FeedCursor;
import org.quantumhub.notification.FeedEntry;
import org.quantumhub.notification.service.Listener;
import org.quantumhub.notification.service.Streams;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;

/// What happens in the caller's team and to the caller, as it happens.
@Path("/events")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Tag(name = "Notifications")
public class EventsResource {

    private static final int LONGEST = 900;

    @Inject
    Streams streams;

    @Inject
    Sessions sessions;

    @Inject
    ApiKeys apiKeys;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS) // and nothing else, or there is no sink
    @Operation(
            operationId = "listen",
            summary = "Events of the caller's team and of the caller, as they happen (server-sent events)",
            description =
                    "Each event has a type such as job.completed, JSON data, and an id; a client that comes back with"
                            + " the last id in Last-Event-ID misses nothing of the last seven days. A stream ends after fifteen minutes"
                            + " at most, or when the caller may not listen any more.")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public void listen(
            @Parameter(description = "the id of the last event that was heard") @HeaderParam("Last-Event-ID") @Nullable
                    String last,
            @Parameter(description = "after how many seconds the stream is to end, at most 900")
                    @QueryParam("seconds")
                    @Nullable
                    Integer seconds,
            @Context HttpHeaders headers,
            @Context SecurityContext security,
            @Context SseEventSink sink,
            @Context Sse sse) {
        if (seconds != null && (seconds < 0 || seconds > LONGEST)) {
            throw invalid("seconds", "'seconds' must lie between 0 and " + LONGEST + ".");
        }
        FeedCursor heard = last == null || last.isBlank()
                ? null
                : FeedCursor.read(last.strip())
                        .orElseThrow(() -> invalid("Last-Event-ID", "Last-Event-ID is not the id of an event."));
        streams.open(
                Door.caller(security),
                heard,
                seconds == null ? LONGEST : seconds,
                new SseListener(sink, sse, admission(headers.getHeaderString("X-API-Key"), security)));
    }

    /// A stream outlives the request that opened it, but not the session or the key that did.
    private BooleanSupplier admission(@Nullable String key, SecurityContext security) {
        if (key != null) {
            return () -> apiKeys.holder(key).isPresent();
        }
        UUID person = Door.caller(security).userId();
        UUID session = Door.session(security);
        return () -> sessions.isOpen(person, session);
    }

    private static HubException invalid(String parameter, String message) {
        return new HubException(ProblemCode.INVALID_PARAMETER, message).with("parameter", parameter);
    }

    /// A listener at the other end of an HTTP response.
    private record SseListener(SseEventSink sink, Sse sse, BooleanSupplier admission) implements Listener {

        @Override
        public boolean isAdmitted() {
            return admission.getAsBoolean();
        }

        @Override
        public boolean hear(FeedEntry entry) {
            return send(sse.newEventBuilder()
                    .id(entry.cursor().toString())
                    .name(entry.type())
                    .mediaType(MediaType.TEXT_PLAIN_TYPE)
                    .data(String.class, data(entry))
                    .build());
        }

        private static String data(FeedEntry entry) {
            try (JsonReader data = Json.createReader(new StringReader(entry.data()))) {
                JsonObjectBuilder json = Json.createObjectBuilder(data.readObject());
                json.add("at", entry.at().toString());
                if (entry.teamId() instanceof UUID team) {
                    json.add("teamId", team.toString());
                }
                return json.build().toString();
            }
        }

        @Override
        public boolean silence() {
            return send(sse.newEventBuilder().comment("still here").build());
        }

        private boolean send(OutboundSseEvent event) {
            if (sink.isClosed()) {
                return false;
            }
            try {
                sink.send(event).exceptionally(gone -> {
                    end();
                    return null;
                });
                return true;
            } catch (RuntimeException gone) {
                return false;
            }
        }

        @Override
        public void end() {
            try {
                sink.close();
            } catch (RuntimeException gone) {
                // there is nobody to tell
            }
        }
    }
}
