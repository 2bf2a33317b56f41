package org.quantumhub.analytics.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.quantumhub.account.Roles;
import org.quantumhub.analytics.service.InvariantRounds;
import org.quantumhub.analytics.service.InvariantWatch;
import org.quantumhub.analytics.service.InvariantWatch.Report;
import org.quantumhub.shared.rest.Problem;

/// Whether what must always hold does hold.
@Path("/ops/invariants")
@ApplicationScoped
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Operations")
public class InvariantsResource {

    @Inject
    InvariantWatch watch;

    @Inject
    InvariantRounds rounds;

    @Schema(name = "InvariantReport")
    public record ReportView(
            @Schema(description = "whether everything holds")
            boolean holds,

            Instant at,
            int asked,
            List<BrokenView> broken,

            @Schema(description = "sentences that took too long to ask")
            List<String> unanswered) {

        static ReportView of(Report report) {
            return new ReportView(
                    report.broken().isEmpty(),
                    report.at(),
                    report.asked(),
                    report.broken().stream()
                            .map(b -> new BrokenView(b.invariant(), b.rows()))
                            .toList(),
                    report.unanswered());
        }
    }

    @Schema(name = "BrokenInvariant")
    public record BrokenView(
            String invariant,

            @Schema(description = "the first rows that break it")
            List<String> rows) {}

    @GET
    @Operation(
            operationId = "getInvariants",
            summary = "What this server found; it asks one sentence after the other, each within some hours")
    public ReportView last() {
        Report report = watch.last();
        return ReportView.of(report == null ? rounds.look() : report);
    }

    @POST
    @Operation(operationId = "checkInvariants", summary = "Look now")
    public ReportView look() {
        return ReportView.of(rounds.look());
    }
}
