package org.quantumhub.audit.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.audit.service.AuditTrail;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// The audit log of a team, for its owners and admins.
@Path("/teams/{teamId}/audit")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Audit")
public class TeamAuditResource {

    @Inject
    AuditTrail trail;

    @GET
    @Operation(operationId = "listTeamAudit", summary = "Who changed what in a team, newest first (owners and admins)")
    public PageView<AuditEntryView> list(
            @PathParam("teamId") UUID teamId, @BeanParam @Valid AuditQuery query, @Context SecurityContext security) {
        return AuditEntryView.page(
                trail.ofTeam(Door.caller(security), query.filter(teamId), query.size()), query.size());
    }

    @GET
    @Path("/export")
    @Produces({"text/csv", Problem.MEDIA_TYPE})
    @Operation(
            operationId = "exportTeamAudit",
            summary = "The same as CSV (owners and admins)",
            description = "At most 100000 lines; go on with 'to' and 'from'.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response export(
            @PathParam("teamId") UUID teamId, @BeanParam @Valid AuditQuery query, @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        caller.mayAdminister();
        return AuditResource.csv(new AuditCsv(
                query.filter(teamId), query.exported(), (filter, size) -> trail.ofTeam(caller, filter, size)));
    }
}
