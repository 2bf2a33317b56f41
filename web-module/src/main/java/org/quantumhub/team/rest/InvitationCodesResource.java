package org.quantumhub.team.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;
import org.quantumhub.team.InvitationCode;
import org.quantumhub.team.service.InvitationCodes;

/// Codes that let people register, for administrators.
@Path("/invitation-codes")
@ApplicationScoped
@RolesAllowed(Roles.ADMIN)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Operations")
public class InvitationCodesResource {

    @Inject
    InvitationCodes codes;

    public record NewInvitationCode(
            @Schema(description = "how many people may come in with it") @NotNull @Min(1) @Max(100_000)
            Integer maxUses,

            @Schema(description = "when it ends; never, if missing") @Nullable
            Instant expiresAt,

            @Nullable @Size(max = 200) String note) {}

    @Schema(name = "InvitationCode")
    public record CodeView(
            UUID id,

            @Schema(description = "the beginning of the code, to recognise it by")
            String hint,

            @Schema(description = "the code, in the answer to its creation only") @Nullable
            String code,

            @Nullable String note,
            int maxUses,
            int remainingUses,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            Instant createdAt) {

        static CodeView of(InvitationCode code, @Nullable String text) {
            return new CodeView(
                    code.id(),
                    code.hint(),
                    text,
                    code.note(),
                    code.maxUses(),
                    code.maxUses() - code.usedCount(),
                    code.expiresAt(),
                    code.revokedAt(),
                    code.createdAt());
        }

        @Override
        public String toString() {
            return "CodeView[" + id + "]"; // never the code
        }
    }

    @POST
    @Operation(operationId = "createInvitationCode", summary = "Make a code that lets people register; shown this once")
    @APIResponse(
            responseCode = "201",
            description = "Made; keep the code, it is not shown again",
            content = @Content(schema = @Schema(implementation = CodeView.class)))
    public Response create(
            @NotNull @Valid NewInvitationCode body, @Context SecurityContext security, @Context UriInfo uri) {
        InvitationCodes.Issued issued =
                codes.create(Door.caller(security), body.maxUses(), body.expiresAt(), body.note());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(issued.code().id().toString())
                        .build())
                .header("Cache-Control", "no-store")
                .entity(CodeView.of(issued.code(), issued.text()))
                .build();
    }

    @GET
    @Operation(operationId = "listInvitationCodes", summary = "Invitation codes, newest first")
    public PageView<CodeView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                codes.list(Door.caller(security), PageView.cursor(after), PageView.size(limit)),
                code -> CodeView.of(code, null));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeInvitationCode", summary = "Let nobody in with a code any more")
    @APIResponse(responseCode = "204", description = "It opens nothing")
    public void revoke(@PathParam("id") UUID id, @Context SecurityContext security) {
        codes.revoke(Door.caller(security), id);
    }
}
