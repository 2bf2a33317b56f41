package org.quantumhub.account.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.ApiKey;
import org.quantumhub.account.ApiKeyStatus;
import org.quantumhub.account.service.ApiKeys;
import org.quantumhub.account.service.NewKey;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// The caller's API keys.
@Path("/api-keys")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Accounts")
public class ApiKeysResource {

    @Inject
    ApiKeys apiKeys;

    @Inject
    Clock clock;

    public record NewApiKey(
            @NotBlank @Size(max = 100) String name,

            @Schema(
                    description =
                            "what the key is meant for, such as jobs:read, jobs:*, *:read; everything, if missing")
            @Nullable
            @Size(min = 1, max = 50)
            List<String> scopes,

            @Schema(description = "like 10/m, with s, m, h, d or month; none, if missing") @Nullable @Size(max = 50)
            String rateLimit,

            @Schema(description = "when the key ends; never, if missing") @Nullable
            Instant expireAt) {

        NewKey wanted() {
            return new NewKey(name, scopes, rateLimit, expireAt);
        }
    }

    @Schema(name = "ApiKeyDay")
    public record DayView(@Schema(description = "in UTC") LocalDate date, long requestCount) {}

    @Schema(name = "ApiKey")
    public record ApiKeyView(
            UUID id,
            String name,

            @Schema(description = "the beginning of the key, to recognise it by")
            String prefix,

            ApiKeyStatus status,
            UUID teamId,
            List<String> scopes,
            @Nullable String rateLimit,

            @Schema(description = "the whole key, in the answer to its creation only") @Nullable
            String key,

            @Nullable Instant expireAt,
            @Nullable Instant lastUsedAt,
            Instant createdAt) {

        static ApiKeyView of(ApiKey key, @Nullable String value, Instant now) {
            return new ApiKeyView(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    key.status(now),
                    key.teamId(),
                    key.scopes(),
                    key.rateLimit(),
                    value,
                    key.expireAt(),
                    key.lastUsedAt(),
                    key.createdAt());
        }
    }

    @POST
    @Operation(operationId = "createApiKey", summary = "Make an API key; its value is shown this once")
    @APIResponse(
            responseCode = "201",
            description = "Made; keep the key, it is not shown again",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    public Response create(@NotNull @Valid NewApiKey body, @Context SecurityContext security, @Context UriInfo uri) {
        ApiKeys.Issued issued = apiKeys.create(Door.caller(security), body.wanted());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(issued.key().id().toString())
                        .build())
                .header("Cache-Control", "no-store")
                .entity(ApiKeyView.of(issued.key(), issued.value(), clock.instant()))
                .build();
    }

    @GET
    @Operation(operationId = "listApiKeys", summary = "The caller's API keys, newest first")
    public PageView<ApiKeyView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        Instant now = clock.instant();
        return PageView.of(
                apiKeys.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)),
                key -> ApiKeyView.of(key, null, now));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApiKey", summary = "One API key")
    public ApiKeyView get(@PathParam("id") UUID id, @Context SecurityContext security) {
        return ApiKeyView.of(apiKeys.get(Door.caller(security), id), null, clock.instant());
    }

    @PUT
    @Path("/{id}")
    @Operation(
            operationId = "updateApiKey",
            summary = "Change everything about an API key but its value; what is missing is taken away")
    public ApiKeyView update(
            @PathParam("id") UUID id, @NotNull @Valid NewApiKey body, @Context SecurityContext security) {
        return ApiKeyView.of(apiKeys.change(Door.caller(security), id, body.wanted()), null, clock.instant());
    }

    @GET
    @Path("/{id}/usage")
    @Operation(
            operationId = "getApiKeyUsage",
            summary = "The days on which an API key was used, and how often; the last thirty, unless told otherwise")
    public PageView<DayView> usage(
            @PathParam("id") UUID id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context SecurityContext security) {
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : day("to", to);
        LocalDate first = from == null ? last.minusDays(29) : day("from", from);
        return PageView.of(
                new Page<>(apiKeys.usage(Door.caller(security), id, first, last), null),
                day -> new DayView(day.day(), day.requests()));
    }

    private static LocalDate day(String parameter, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new HubException(ProblemCode.INVALID_PARAMETER, "'" + parameter + "' is no date like 2026-11-21.")
                    .with("parameter", parameter);
        }
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeApiKey", summary = "Revoke an API key, everywhere within five seconds")
    @APIResponse(responseCode = "204", description = "The key opens nothing any more")
    public void revoke(@PathParam("id") UUID id, @Context SecurityContext security) {
        apiKeys.revoke(Door.caller(security), id);
    }
}
