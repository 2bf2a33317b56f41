package org.quantumhub.notification.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.Notification;
import org.quantumhub.notification.NotificationType;
import org.quantumhub.notification.service.Inbox;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// What the caller is told.
@Path("/notifications")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Notifications")
public class NotificationsResource {

    @Inject
    Inbox inbox;

    @Schema(name = "Notification")
    public record NotificationView(
            UUID id,

            @Schema(description = "the team it is about") @Nullable
            UUID teamId,

            String title,
            String message,
            NotificationType type,

            @Schema(description = "what kind of thing it is about, such as job.failed")
            String topic,

            boolean read,
            @Nullable Instant readAt,
            Instant createdAt) {

        static NotificationView of(Notification notification) {
            return new NotificationView(
                    notification.id(),
                    notification.teamId(),
                    notification.title(),
                    notification.message(),
                    notification.type(),
                    notification.topic(),
                    notification.read(),
                    notification.readAt(),
                    notification.createdAt());
        }
    }

    @Schema(name = "UnreadNotifications")
    public record UnreadView(long unread) {}

    @Schema(name = "NotificationPreference")
    public record PreferenceView(
            String topic,
            boolean muted,

            @Schema(description = "whether by mail as well, as long as the topic is not muted")
            boolean byMail) {

        static List<PreferenceView> of(Map<String, Inbox.Preference> preferences) {
            return preferences.entrySet().stream()
                    .map(one -> new PreferenceView(
                            one.getKey(), one.getValue().muted(), one.getValue().byMail()))
                    .toList();
        }
    }

    @Schema(name = "PreferenceChange", description = "What is to change; what is missing stays")
    public record PreferenceChange(
            @Schema(description = "true: tell me no more of this") @Nullable
            Boolean muted,

            @Schema(description = "true: tell me by mail as well, for topics of which there are mails") @Nullable
            Boolean byMail) {}

    @GET
    @Operation(operationId = "listNotifications", summary = "What the caller is told, newest first")
    public PageView<NotificationView> list(
            @Parameter(description = "true for those not read yet only") @QueryParam("unread") boolean unread,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                inbox.list(Door.caller(security), unread, PageView.cursor(after), PageView.size(limit)),
                NotificationView::of);
    }

    @GET
    @Path("/unread")
    @Operation(operationId = "countUnreadNotifications", summary = "How many are not read yet")
    public UnreadView unread(@Context SecurityContext security) {
        return new UnreadView(inbox.unread(Door.caller(security)));
    }

    @POST
    @Path("/{id}/read")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "readNotification", summary = "Note that one has been read")
    public NotificationView read(@PathParam("id") UUID id, @Context SecurityContext security) {
        return NotificationView.of(inbox.read(Door.caller(security), id));
    }

    @POST
    @Path("/read-all")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "readAllNotifications", summary = "Note that all have been read")
    public UnreadView readAll(@Context SecurityContext security) {
        inbox.readAll(Door.caller(security));
        return new UnreadView(0);
    }

    @GET
    @Path("/preferences")
    @Operation(operationId = "listNotificationPreferences", summary = "What the caller wants to be told of")
    public List<PreferenceView> preferences(@Context SecurityContext security) {
        return PreferenceView.of(inbox.preferences(Door.caller(security)));
    }

    @PUT
    @Path("/preferences/{topic}")
    @Operation(
            operationId = "putNotificationPreference",
            summary = "Mute a topic, hear of it again, or be told by mail")
    public List<PreferenceView> mute(
            @PathParam("topic") String topic,
            @NotNull @Valid PreferenceChange body,
            @Context SecurityContext security) {
        return PreferenceView.of(inbox.prefer(Door.caller(security), topic, body.muted(), body.byMail()));
    }
}
