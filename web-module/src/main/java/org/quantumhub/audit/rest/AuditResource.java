package org.quantumhub.audit.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.audit.service.AuditTrail;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// The whole audit log, for auditors.
@Path("/audit")
@ApplicationScoped
@RolesAllowed(Roles.AUDITOR)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Audit")
public class AuditResource {

    @Inject
    AuditTrail trail;

    @Schema(name = "AuditFault")
    public record FaultView(
            @Schema(description = "the seal that tells") long seal,

            @Schema(description = "the entry concerned; missing when it is the seal itself") @Nullable
            Long entry,

            String fault) {}

    @Schema(name = "AuditVerification")
    public record VerificationView(
            @Schema(description = "whether nothing was altered, removed or slipped in")
            boolean intact,

            long seals,
            long sealedEntries,

            @Schema(description = "entries of the last seconds, which no seal covers yet")
            long unsealedEntries,

            @Schema(
                    description =
                            "the hash of the newest seal; note it elsewhere, and the end of the log cannot be cut off unnoticed")
            String head,

            @Schema(description = "at most 200") List<FaultView> faults) {

        static VerificationView of(AuditTrail.Verification verification) {
            return new VerificationView(
                    verification.faults().isEmpty(),
                    verification.standing().seals(),
                    verification.standing().sealed(),
                    verification.standing().unsealed(),
                    verification.standing().head(),
                    verification.faults().stream()
                            .map(fault -> new FaultView(fault.seal(), fault.entry(), fault.fault()))
                            .toList());
        }
    }

    @GET
    @Operation(operationId = "listAudit", summary = "Who changed what, newest first")
    public PageView<AuditEntryView> list(
            @BeanParam @Valid AuditQuery query,
            @Parameter(description = "of this team") @QueryParam("team") @Nullable UUID team,
            @Context SecurityContext security) {
        return AuditEntryView.page(trail.all(Door.caller(security), query.filter(team), query.size()), query.size());
    }

    @GET
    @Path("/export")
    @Produces({"text/csv", Problem.MEDIA_TYPE})
    @Operation(
            operationId = "exportAudit",
            summary = "The same as CSV",
            description = "At most 100000 lines; go on with 'to' and 'from'.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response export(
            @BeanParam @Valid AuditQuery query,
            @Parameter(description = "of this team") @QueryParam("team") @Nullable UUID team,
            @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        return csv(
                new AuditCsv(query.filter(team), query.exported(), (filter, size) -> trail.all(caller, filter, size)));
    }

    static Response csv(AuditCsv csv) {
        return Response.ok(csv)
                .type(AuditCsv.MEDIA_TYPE)
                .header("Content-Disposition", "attachment; filename=\"audit.csv\"")
                .build();
    }

    @GET
    @Path("/verification")
    @Operation(operationId = "verifyAudit", summary = "Check the chain of seals over the whole log")
    public VerificationView verify(@Context SecurityContext security) {
        return VerificationView.of(trail.verify(Door.caller(security)));
    }
}
