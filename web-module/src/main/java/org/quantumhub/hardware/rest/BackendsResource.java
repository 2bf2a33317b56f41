package org.quantumhub.hardware.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Technology;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// What jobs can run on, and at what price.
@Path("/backends")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Backends")
public class BackendsResource {

    @Inject
    Catalogue catalogue;

    @Inject
    Charging charging;

    @Schema(name = "Pricing", description = "Amounts are decimal strings.")
    public record PricingView(
            String taskFee, String perShot, String perSecond, String perHour, String minimumCost, String currency) {

        static PricingView of(PriceVersion price) {
            return new PricingView(
                    price.components().taskFee().toPlainString(),
                    price.components().perShot().toPlainString(),
                    price.components().perSecond().toPlainString(),
                    price.components().perHour().toPlainString(),
                    price.components().minimumCost().toPlainString(),
                    price.currency());
        }
    }

    @Schema(name = "Backend")
    public record BackendView(
            String slug,
            String name,
            String provider,
            DeviceType deviceType,
            Technology technologyType,
            String deviceArn,
            @Nullable String region,
            int qubitCount,
            int maxQubits,
            int maxShots,
            List<String> gateSet,
            BackendStatus status,

            @Schema(description = "whether it takes jobs now")
            boolean available,

            PricingView pricing,
            @Nullable String description,
            List<String> tags,
            boolean recommended) {

        static BackendView of(Backend backend, PriceVersion price) {
            return new BackendView(
                    backend.slug(),
                    backend.name(),
                    backend.provider().slug(),
                    backend.deviceType(),
                    backend.technology(),
                    backend.deviceArn(),
                    backend.region(),
                    backend.qubitCount(),
                    backend.maxQubits(),
                    backend.maxShots(),
                    backend.gateSet(),
                    backend.status(),
                    backend.takesJobs(),
                    PricingView.of(price),
                    backend.description(),
                    backend.tags(),
                    backend.isRecommended());
        }
    }

    @GET
    @Operation(operationId = "listBackends", summary = "The catalogue of backends")
    public PageView<BackendView> list() {
        return PageView.of(new Page<>(catalogue.all(), null), this::view);
    }

    @GET
    @Path("/{slug}")
    @Operation(operationId = "getBackend", summary = "One backend")
    public BackendView get(@PathParam("slug") String slug) {
        return view(catalogue.get(slug));
    }

    private BackendView view(Backend backend) {
        return BackendView.of(backend, charging.priceOf(backend.slug()));
    }
}
