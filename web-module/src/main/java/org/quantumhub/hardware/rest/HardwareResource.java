package org.quantumhub.hardware.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.Platform;
import org.quantumhub.hardware.Technology;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// The same catalogue in the words of hardware: `/backends` tells more.
@Path("/hardware")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Backends")
public class HardwareResource {

    @Inject
    BackendViews views;

    /// A device or simulator.
    @Schema(name = "Hardware")
    public record HardwareView(
            UUID id,
            @Schema(description = "by which jobs name it") String slug,
            String name,
            String provider,
            Technology technologyType,
            Platform platform,
            @Nullable String description,
            BackendStatus status,
            int qubits,

            @Schema(type = SchemaType.ARRAY, description = "pairs of qubits; empty: every pair")
            JsonStructure connectivityMap,

            List<String> gateSet,

            @Schema(description = "minutes; missing when not known") @Nullable
            Integer averageQueueTime,

            @Schema(description = "US dollars, where a provider bills by time") @Nullable
            BigDecimal costPerHour,

            @Nullable String documentationUrl,
            Instant createdAt,
            Instant updatedAt) {

        static HardwareView of(BackendView backend) {
            return new HardwareView(
                    backend.id(),
                    backend.slug(),
                    backend.name(),
                    backend.provider(),
                    backend.technologyType(),
                    backend.platform(),
                    backend.description(),
                    backend.status(),
                    backend.qubitCount(),
                    backend.connectivityMap(),
                    backend.gateSet(),
                    backend.queue().averageWait(),
                    backend.costPerHour(),
                    backend.documentationUrl(),
                    backend.createdAt(),
                    backend.updatedAt());
        }
    }

    @GET
    @Operation(operationId = "listHardware", summary = "Quantum hardware and simulators")
    public PageView<HardwareView> list(
            @BeanParam BackendFilter filter,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        filter.check();
        List<BackendView> accepted = views.shown(Door.caller(security)).stream()
                .filter(filter::accepts)
                .toList();
        return PageView.of(BackendViews.page(accepted, PageView.cursor(after), PageView.size(limit)), HardwareView::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getHardware", summary = "One device or simulator, by id or slug")
    public HardwareView get(@PathParam("id") String id, @Context SecurityContext security) {
        return HardwareView.of(views.get(Door.caller(security), id));
    }
}
