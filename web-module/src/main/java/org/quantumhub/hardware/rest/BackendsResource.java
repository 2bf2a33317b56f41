package org.quantumhub.hardware.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
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
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
import org.quantumhub.hardware.BackendCalibration;
import org.quantumhub.hardware.rest.BackendView.MaintenanceView;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// What jobs can run on, when, and at what price.
@Path("/backends")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Backends")
public class BackendsResource {

    @Inject
    BackendViews views;

    @Inject
    Catalogue catalogue;

    @Inject
    Clock clock;

    /// A calibration.
    @Schema(name = "Calibration")
    public record CalibrationView(
            UUID id,
            Instant validFrom,

            @Schema(type = SchemaType.OBJECT, description = "fidelities from 0 to 1, times in seconds")
            JsonStructure document,

            @Schema(description = "SHA-256 of the document as it was learned")
            String digest) {

        static CalibrationView of(BackendCalibration calibration) {
            return new CalibrationView(
                    calibration.id(),
                    calibration.validFrom(),
                    BackendView.json(calibration.document()),
                    calibration.digest());
        }
    }

    /// Calibrations, newest first.
    @Schema(name = "Calibrations")
    public record CalibrationPage(
            List<CalibrationView> items,

            @Schema(description = "pass it as 'before' to get the next page; missing on the last one") @Nullable
            Instant next) {}

    /// A maintenance to be announced.
    @Schema(name = "NewMaintenance")
    public record NewMaintenance(
            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @NotBlank @Size(max = 1000) String announcement) {}

    @GET
    @Operation(
            operationId = "listBackends",
            summary = "The catalogue of backends",
            description = "Retired devices stay in it, marked as such.")
    public PageView<BackendView> list(
            @BeanParam BackendFilter filter,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        filter.check();
        List<BackendView> accepted = views.shown(Door.caller(security)).stream()
                .filter(filter::accepts)
                .toList();
        return PageView.of(
                BackendViews.page(accepted, PageView.cursor(after), PageView.size(limit)), backend -> backend);
    }

    @GET
    @Path("/{slug}")
    @Operation(operationId = "getBackend", summary = "One backend")
    public BackendView get(@PathParam("slug") String slug, @Context SecurityContext security) {
        return views.get(Door.caller(security), slug);
    }

    @GET
    @Path("/{slug}/calibrations")
    @Operation(
            operationId = "listCalibrations",
            summary = "What was measured of a backend",
            description = "Newest first; with ?at= the one that was valid at that moment.")
    public CalibrationPage calibrations(
            @PathParam("slug") String slug,
            @Parameter(description = "RFC 3339: the calibration that was valid then") @QueryParam("at") @Nullable
                    String at,
            @Parameter(description = "'next' of the page before") @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        String known = views.get(Door.caller(security), slug).slug();
        if (at != null) {
            return new CalibrationPage(List.of(CalibrationView.of(catalogue.calibration(known, time("at", at)))), null);
        }
        int size = PageView.size(limit);
        Instant end = before == null ? clock.instant().plusSeconds(1) : time("before", before);
        List<BackendCalibration> found = catalogue.calibrations(known, end, size + 1);
        List<CalibrationView> items =
                found.stream().limit(size).map(CalibrationView::of).toList();
        return new CalibrationPage(items, found.size() > size ? items.getLast().validFrom() : null);
    }

    private static Instant time(String parameter, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new HubException(
                            ProblemCode.INVALID_PARAMETER,
                            "'" + parameter + "' must be a time such as 2026-11-20T08:00:00Z.")
                    .with("parameter", parameter);
        }
    }

    @POST
    @Path("/{slug}/maintenances")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(
            operationId = "announceMaintenance",
            summary = "Announce a maintenance",
            description = "While it goes on the backend takes no jobs; what is there already goes on.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MaintenanceView.class)))
    public Response announce(
            @PathParam("slug") String slug, @NotNull @Valid NewMaintenance body, @Context SecurityContext security) {
        MaintenanceView view = MaintenanceView.of(catalogue.announce(
                slug,
                body.startsAt(),
                body.endsAt(),
                body.announcement(),
                Door.caller(security).userId()));
        return Response.status(Response.Status.CREATED).entity(view).build();
    }

    @DELETE
    @Path("/{slug}/maintenances/{id}")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(operationId = "cancelMaintenance", summary = "Call a maintenance off, or end it early")
    public void cancel(@PathParam("slug") String slug, @PathParam("id") UUID id) {
        catalogue.cancelMaintenance(slug, id);
    }
}
