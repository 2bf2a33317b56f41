package org.quantumhub.team.rest;

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
import jakarta.ws.rs.PATCH;
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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.Secret;
import org.quantumhub.team.SecretValidation;
import org.quantumhub.team.TeamSecret;
import org.quantumhub.team.service.TeamSecrets;

/// Secrets of a team: written, described, tried out, removed; never read back.
@Path("/teams/{teamId}/secrets")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Secrets")
public class SecretsResource {

    private static final String ONE =
            "/{provider: [a-z0-9][a-z0-9_-]{0,49}}/{keyName: [A-Za-z0-9][A-Za-z0-9._-]{0,99}}";

    @Inject
    TeamSecrets secrets;

    /// Not a plain record of texts for logs: its value shows in none of them.
    public record NewSecret(
            @Schema(description = "at most 8192 characters; never shown again") @NotBlank @Size(max = 8192)
            String value,

            @Nullable @Size(max = 500) String description) {

        @Override
        public String toString() {
            return "NewSecret[***]";
        }
    }

    @Schema(name = "SecretChange", description = "What is to change; what is missing stays")
    public record SecretChange(
            @Nullable @Size(max = 500) String description,

            @Schema(description = "whether it may be used") @Nullable
            Boolean active) {}

    @Schema(name = "Secret", description = "Everything about a secret but its value")
    public record SecretView(
            UUID id,
            String provider,
            String keyName,

            @Schema(description = "how often it has been written")
            int revision,

            @Nullable String description,
            boolean active,
            SecretValidation validationStatus,
            @Nullable Instant lastValidatedAt,

            @Schema(description = "why it is not valid, in the provider's words") @Nullable
            String validationError,

            @Schema(
                    description =
                            "VALID or INVALID, as the provider last said of this value; stays while it cannot be asked")
            @Nullable
            SecretValidation lastVerdict,

            @Nullable Instant lastVerdictAt,

            @Schema(description = "when it is tried out again") @Nullable
            Instant nextValidationAt,

            @Schema(description = "when a provider was last called with it") @Nullable
            Instant lastUsedAt,

            @Schema(description = "who wrote it last") UUID createdBy,

            Instant createdAt,
            Instant updatedAt) {

        static SecretView of(TeamSecret secret) {
            return new SecretView(
                    secret.id(),
                    secret.provider(),
                    secret.keyName(),
                    secret.revision(),
                    secret.description(),
                    secret.active(),
                    secret.validation(),
                    secret.lastValidatedAt(),
                    secret.validationError(),
                    secret.lastVerdict(),
                    secret.lastVerdictAt(),
                    secret.nextValidationAt(),
                    secret.lastUsedAt(),
                    secret.createdBy(),
                    secret.createdAt(),
                    secret.updatedAt());
        }
    }

    @GET
    @Operation(operationId = "listSecrets", summary = "What secrets a team has (owners and admins)")
    public PageView<SecretView> list(
            @PathParam("teamId") UUID teamId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                secrets.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)), SecretView::of);
    }

    @GET
    @Path(ONE)
    @Operation(operationId = "getSecret", summary = "One secret, without its value (owners and admins)")
    public SecretView get(
            @PathParam("teamId") UUID teamId,
            @PathParam("provider") String provider,
            @PathParam("keyName") String keyName,
            @Context SecurityContext security) {
        return SecretView.of(secrets.get(Door.caller(security), provider, keyName));
    }

    @PUT
    @Path(ONE)
    @Operation(
            operationId = "putSecret",
            summary = "Write a secret, new or over the one that is there (owners and admins)",
            description =
                    "Encrypted under a key of the team's own. These make an account of the team's own with a provider:"
                            + " amazon-braket takes access-key-id, secret-access-key and bucket, and if need be session-token, prefix and"
                            + " bucket.<region>; ionq takes api-key; quantum-brilliance takes token. They are tried out with the provider"
                            + " within seconds, then once a day; jobs of the team are ordered with them, and billed to the team by the"
                            + " provider.")
    @APIResponse(
            responseCode = "200",
            description = "Written over the earlier one",
            content = @Content(schema = @Schema(implementation = SecretView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Written; there was none",
            content = @Content(schema = @Schema(implementation = SecretView.class)))
    public Response put(
            @PathParam("teamId") UUID teamId,
            @PathParam("provider") String provider,
            @PathParam("keyName") String keyName,
            @NotNull @Valid NewSecret body,
            @Context SecurityContext security) {
        TeamSecrets.Written written =
                secrets.put(Door.caller(security), provider, keyName, new Secret(body.value()), body.description());
        return Response.status(written.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .entity(SecretView.of(written.secret()))
                .build();
    }

    @PATCH
    @Path(ONE)
    @Operation(
            operationId = "changeSecret",
            summary = "Switch a secret on or off, or describe it anew (owners and admins)")
    public SecretView change(
            @PathParam("teamId") UUID teamId,
            @PathParam("provider") String provider,
            @PathParam("keyName") String keyName,
            @NotNull @Valid SecretChange body,
            @Context SecurityContext security) {
        return SecretView.of(
                secrets.change(Door.caller(security), provider, keyName, body.description(), body.active()));
    }

    @POST
    @Path(ONE + "/validate")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "validateSecret",
            summary = "Have a secret tried out anew, soon (owners and admins)",
            description = "UNKNOWN until that has happened, within seconds; it stays so where the hub does not know the"
                    + " provider, or the name of the key.")
    public SecretView validate(
            @PathParam("teamId") UUID teamId,
            @PathParam("provider") String provider,
            @PathParam("keyName") String keyName,
            @Context SecurityContext security) {
        return SecretView.of(secrets.validate(Door.caller(security), provider, keyName));
    }

    @DELETE
    @Path(ONE)
    @Operation(operationId = "removeSecret", summary = "Remove a secret (owners and admins)")
    @APIResponse(responseCode = "204", description = "Gone")
    public void remove(
            @PathParam("teamId") UUID teamId,
            @PathParam("provider") String provider,
            @PathParam("keyName") String keyName,
            @Context SecurityContext security) {
        secrets.remove(Door.caller(security), provider, keyName);
    }
}
