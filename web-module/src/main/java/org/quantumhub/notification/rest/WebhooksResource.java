package org.quantumhub.notification.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.DeliveryStatus;
import org.quantumhub.notification.WebhookDelivery;
import org.quantumhub.notification.WebhookEndpoint;
import org.quantumhub.notification.service.Webhooks;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Where a team is told of events.
@Path("/teams/{teamId}/webhooks")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Webhooks")
public class WebhooksResource {

    private static final String TYPE = "[*]|[a-z][a-z-]{0,29}([.][a-z-]{1,29}){1,2}";
    private static final String TYPE_MESSAGE = "must be a type of event such as job.completed, or *";

    @Inject
    Webhooks webhooks;

    public record NewWebhook(
            @Schema(description = "https, on port 443, of a public address") @NotBlank @Size(max = 2000)
            String url,

            @Nullable @Size(max = 200) String description,

            @Schema(description = "such as job.completed, job.failed, job.cancelled, team.suspended; * for all")
            @NotNull
            @Size(min = 1, max = 100)
            List<@NotNull @Pattern(regexp = TYPE, message = TYPE_MESSAGE) String> eventTypes) {}

    @Schema(name = "WebhookChange", description = "What is to change; what is missing stays")
    public record WebhookChange(
            @Nullable @Size(min = 1, max = 2000) String url,
            @Nullable @Size(max = 200) String description,

            @Nullable @Size(min = 1, max = 100)
            List<@NotNull @Pattern(regexp = TYPE, message = TYPE_MESSAGE) String> eventTypes,

            @Nullable Boolean active) {}

    @Schema(name = "Webhook")
    public record WebhookView(
            UUID id,
            String url,
            @Nullable String description,
            List<String> eventTypes,
            boolean active,

            @Schema(description = "why the hub has switched it off") @Nullable
            String disabledReason,

            @Schema(description = "until when the signing secret before the current one signs too") @Nullable
            Instant earlierSecretUntil,

            @Schema(description = "the signing secret, in the answer that makes it only") @Nullable
            String secret,

            Instant createdAt,
            Instant updatedAt) {

        static WebhookView of(WebhookEndpoint endpoint) {
            return of(endpoint, null);
        }

        static WebhookView of(Webhooks.Issued issued) {
            return of(issued.endpoint(), issued.secret().reveal());
        }

        private static WebhookView of(WebhookEndpoint endpoint, @Nullable String secret) {
            return new WebhookView(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.description(),
                    endpoint.eventTypes(),
                    endpoint.active(),
                    endpoint.disabledReason(),
                    endpoint.earlierUntil(),
                    secret,
                    endpoint.createdAt(),
                    endpoint.updatedAt());
        }

        @Override
        public String toString() {
            return "WebhookView[" + id + "]"; // never the secret
        }
    }

    @Schema(name = "WebhookAttempt")
    public record AttemptView(
            @Schema(description = "the receiver's HTTP status; missing when there was no answer") @Nullable
            Integer status,

            @Nullable String error,
            int millis,
            Instant at) {}

    @Schema(name = "WebhookDelivery")
    public record DeliveryView(
            @Schema(description = "the webhook-id that the receiver sees")
            UUID id,

            String eventType,
            DeliveryStatus status,
            int attempts,

            @Schema(description = "while it is PENDING") @Nullable
            Instant nextAttemptAt,

            @Nullable Integer lastStatus,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable Instant deliveredAt,

            @Schema(description = "the body, when one delivery is asked for") @Nullable
            String payload,

            @Schema(description = "newest first, when one delivery is asked for") @Nullable
            List<AttemptView> log) {

        static DeliveryView of(WebhookDelivery delivery) {
            return of(delivery, null, null);
        }

        static DeliveryView of(Webhooks.Log log) {
            return of(
                    log.delivery(),
                    log.delivery().payload(),
                    log.attempts().stream()
                            .map(one -> new AttemptView(one.status(), one.error(), one.millis(), one.at()))
                            .toList());
        }

        private static DeliveryView of(
                WebhookDelivery delivery, @Nullable String payload, @Nullable List<AttemptView> log) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.eventType(),
                    delivery.status(),
                    delivery.attempts(),
                    delivery.status() == DeliveryStatus.PENDING ? delivery.nextAttemptAt() : null,
                    delivery.lastStatus(),
                    delivery.lastError(),
                    delivery.createdAt(),
                    delivery.deliveredAt(),
                    payload,
                    log);
        }
    }

    @POST
    @Operation(
            operationId = "createWebhook",
            summary = "Be told of events by HTTP (owners and admins)",
            description = "Each event is posted at least once, signed as Standard Webhooks has it: webhook-id,"
                    + " webhook-timestamp, webhook-signature. The signing secret is shown this once.")
    @APIResponse(
            responseCode = "201",
            description = "Made; keep the secret, it is not shown again",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Response create(
            @PathParam("teamId") UUID teamId,
            @NotNull @Valid NewWebhook body,
            @Context SecurityContext security,
            @Context UriInfo uri) {
        Webhooks.Issued issued =
                webhooks.create(Door.caller(security), body.url().strip(), body.description(), body.eventTypes());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(issued.endpoint().id().toString())
                        .build())
                .header("Cache-Control", "no-store")
                .entity(WebhookView.of(issued))
                .build();
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "The webhooks of a team (owners and admins)")
    public PageView<WebhookView> list(
            @PathParam("teamId") UUID teamId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                webhooks.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)), WebhookView::of);
    }

    @GET
    @Path("/{webhookId}")
    @Operation(operationId = "getWebhook", summary = "One webhook (owners and admins)")
    public WebhookView get(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @Context SecurityContext security) {
        return WebhookView.of(webhooks.get(Door.caller(security), webhookId));
    }

    @PATCH
    @Path("/{webhookId}")
    @Operation(operationId = "changeWebhook", summary = "Change a webhook, or switch it on or off (owners and admins)")
    public WebhookView change(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @NotNull @Valid WebhookChange body,
            @Context SecurityContext security) {
        return WebhookView.of(webhooks.change(
                Door.caller(security), webhookId, body.url(), body.description(), body.eventTypes(), body.active()));
    }

    @DELETE
    @Path("/{webhookId}")
    @Operation(operationId = "removeWebhook", summary = "Remove a webhook and its log (owners and admins)")
    @APIResponse(responseCode = "204", description = "Gone")
    public void remove(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @Context SecurityContext security) {
        webhooks.remove(Door.caller(security), webhookId);
    }

    @POST
    @Path("/{webhookId}/rotate-secret")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Make a new signing secret (owners and admins)",
            description = "The one before signs too for 24 hours.")
    @APIResponse(
            responseCode = "200",
            description = "Keep the secret, it is not shown again",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Response rotate(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @Context SecurityContext security) {
        return Response.ok(WebhookView.of(webhooks.rotateSecret(Door.caller(security), webhookId)))
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @Path("/{webhookId}/test")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "testWebhook", summary = "Send a test event (owners and admins)")
    public DeliveryView test(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @Context SecurityContext security) {
        return DeliveryView.of(webhooks.test(Door.caller(security), webhookId));
    }

    @GET
    @Path("/{webhookId}/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "What was sent, newest first (owners and admins)")
    public PageView<DeliveryView> deliveries(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                webhooks.deliveries(Door.caller(security), webhookId, PageView.cursor(after), PageView.size(limit)),
                DeliveryView::of);
    }

    @GET
    @Path("/{webhookId}/deliveries/{deliveryId}")
    @Operation(operationId = "getWebhookDelivery", summary = "One delivery with its attempts (owners and admins)")
    public DeliveryView delivery(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @PathParam("deliveryId") UUID deliveryId,
            @Context SecurityContext security) {
        return DeliveryView.of(webhooks.delivery(Door.caller(security), webhookId, deliveryId));
    }

    @POST
    @Path("/{webhookId}/deliveries/{deliveryId}/replay")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "replayWebhookDelivery",
            summary = "Send it once more, under the same id (owners and admins)")
    public DeliveryView replay(
            @PathParam("teamId") UUID teamId,
            @PathParam("webhookId") UUID webhookId,
            @PathParam("deliveryId") UUID deliveryId,
            @Context SecurityContext security) {
        return DeliveryView.of(webhooks.replay(Door.caller(security), webhookId, deliveryId));
    }
}
