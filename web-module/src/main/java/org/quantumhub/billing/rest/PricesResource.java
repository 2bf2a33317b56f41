package org.quantumhub.billing.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.billing.PriceComponents;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Prices;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Price lists of backends, version by version.
@Path("/prices")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class PricesResource {

    @Inject
    Prices prices;

    @Schema(name = "NewPrice", description = "Amounts are decimal strings with at most eight places.")
    public record NewPrice(
            @Schema(description = "the backend's slug") @NotBlank @Size(max = 100)
            String backend,

            @Schema(description = "USD if missing") @Nullable @Pattern(regexp = "[A-Z]{3}")
            String currency,

            @Schema(description = "for each task") @Nullable @Pattern(regexp = Amounts.PATTERN)
            String taskFee,

            @Nullable @Pattern(regexp = Amounts.PATTERN) String perShot,
            @Nullable @Pattern(regexp = Amounts.PATTERN) String perSecond,

            @Schema(description = "charged by the second") @Nullable @Pattern(regexp = Amounts.PATTERN)
            String perHour,

            @Nullable @Pattern(regexp = Amounts.PATTERN) String minimumCost,

            @Schema(description = "when it begins, at least five seconds from now; as soon as possible if missing")
            @Nullable
            Instant validFrom) {

        PriceComponents components() {
            return new PriceComponents(
                    amount(taskFee), amount(perShot), amount(perSecond), amount(perHour), amount(minimumCost));
        }

        private static BigDecimal amount(@Nullable String text) {
            return text == null ? BigDecimal.ZERO : Amounts.read(text);
        }
    }

    @Schema(name = "PriceVersion", description = "Amounts are decimal strings.")
    public record PriceVersionView(
            UUID id,
            String backend,
            String plan,
            String currency,
            String taskFee,
            String perShot,
            String perSecond,
            String perHour,
            String minimumCost,
            Instant validFrom,

            @Schema(description = "when the next version begins; missing while none is planned") @Nullable
            Instant validTo) {

        static PriceVersionView of(PriceVersion price) {
            PriceComponents components = price.components();
            return new PriceVersionView(
                    price.id(),
                    price.subject(),
                    price.plan(),
                    price.currency(),
                    components.taskFee().toPlainString(),
                    components.perShot().toPlainString(),
                    components.perSecond().toPlainString(),
                    components.perHour().toPlainString(),
                    components.minimumCost().toPlainString(),
                    price.validFrom(),
                    price.validTo());
        }
    }

    @GET
    @Operation(
            operationId = "listPrices",
            summary = "The versions of a backend's price, newest first",
            description = "Past and planned ones too. A job pays the version that was in force when it was submitted.")
    public PageView<PriceVersionView> list(
            @Parameter(description = "the backend's slug") @QueryParam("backend") @Nullable String backend,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        if (backend == null || backend.isBlank()) {
            throw Amounts.invalid("backend", "'backend' must name a backend.");
        }
        int size = PageView.size(limit);
        Long micros = Amounts.number(PageView.cursor(after));
        Instant before = micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        List<PriceVersion> found = prices.history(backend, before, size);
        List<PriceVersion> items = found.size() > size ? found.subList(0, size) : found;
        String next = found.size() > size
                ? Amounts.cursor(ChronoUnit.MICROS.between(
                                Instant.EPOCH, items.getLast().validFrom()))
                        .toString()
                : null;
        return new PageView<>(items.stream().map(PriceVersionView::of).toList(), next);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getPrice", summary = "One version of a price")
    public PriceVersionView get(@PathParam("id") UUID id) {
        return PriceVersionView.of(prices.version(id));
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(
            operationId = "announcePrice",
            summary = "Announce the next version of a backend's price",
            description = "It ends the version before it. Jobs that were submitted before keep their price.")
    @APIResponse(
            responseCode = "201",
            description = "Announced",
            content = @Content(schema = @Schema(implementation = PriceVersionView.class)))
    public Response announce(@NotNull @Valid NewPrice body, @Context UriInfo uri) {
        String currency = body.currency() == null ? "USD" : body.currency();
        UUID id = prices.announce(body.backend(), body.components(), currency, body.validFrom());
        return Response.created(uri.getAbsolutePathBuilder().path(id.toString()).build())
                .entity(PriceVersionView.of(prices.version(id)))
                .build();
    }
}
