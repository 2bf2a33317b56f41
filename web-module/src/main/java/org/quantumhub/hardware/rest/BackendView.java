package org.quantumhub.hardware.rest;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.hardware.Availability;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendMaintenance;
import org.quantumhub.hardware.BackendStatus;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.Platform;
import org.quantumhub.hardware.Technology;

/// A backend as everybody sees it.
@Schema(name = "Backend")
public record BackendView(
        UUID id,
        String slug,
        String name,
        String provider,
        Platform platform,
        DeviceType deviceType,
        Technology technologyType,
        Paradigm paradigm,
        String deviceArn,

        @Schema(description = "what the provider calls it") @Nullable
        String providerTargetId,

        @Nullable String region,
        int qubitCount,
        int maxQubits,
        int minShots,
        int maxShots,

        @Schema(type = SchemaType.OBJECT, description = "how its qubits are connected, in a word")
        JsonStructure topology,

        @Schema(
                type = SchemaType.ARRAY,
                description = "pairs of qubits that can take part in one gate; empty: every pair")
        JsonStructure connectivityMap,

        List<String> gateSet,
        BackendStatus status,

        @Schema(description = "whether it takes jobs now") boolean available,

        @Schema(description = "whether it is the hub's own imitation of a device")
        boolean emulated,

        @Schema(description = "the device it imitates") @Nullable
        String emulates,

        Opening availability,
        Queue queue,
        List<MaintenanceView> maintenance,

        @Schema(description = "missing while nobody has set a price; then it takes no jobs") @Nullable
        PricingView pricing,

        @Schema(description = "US dollars, where a provider bills by time") @Nullable
        BigDecimal costPerHour,

        @Nullable String description,
        @Nullable String documentationUrl,
        List<String> tags,
        int displayOrder,
        boolean recommended,
        @Nullable Instant retiredAt,

        @Schema(description = "when the provider last told about it") @Nullable
        Instant learnedAt,

        Instant createdAt,
        Instant updatedAt) {

    /// A price.
    @Schema(name = "Pricing", description = "Amounts are decimal strings.")
    public record PricingView(
            UUID priceVersion,
            String taskFee,
            String perShot,
            String perSecond,
            String perHour,
            String minimumCost,
            String currency) {

        static PricingView of(PriceVersion price) {
            return new PricingView(
                    price.id(),
                    price.components().taskFee().toPlainString(),
                    price.components().perShot().toPlainString(),
                    price.components().perSecond().toPlainString(),
                    price.components().perHour().toPlainString(),
                    price.components().minimumCost().toPlainString(),
                    price.currency());
        }
    }

    /// When the device works.
    @Schema(name = "Availability")
    public record Opening(
            boolean open,

            @Schema(description = "windows of the week in UTC; none: always")
            List<WindowView> windows,

            @Schema(description = "now, if it is open; missing when it never opens") @Nullable
            Instant nextOpening) {}

    /// A window of the week.
    @Schema(name = "AvailabilityWindow")
    public record WindowView(String day, String from, String to) {}

    /// Who waits there.
    @Schema(name = "Queue")
    public record Queue(
            @Schema(description = "tasks that wait; missing when not known") @Nullable
            Integer depth,

            @Schema(description = "minutes; missing when not known") @Nullable
            Integer averageWait) {}

    /// A time without jobs.
    @Schema(name = "Maintenance")
    public record MaintenanceView(UUID id, Instant startsAt, Instant endsAt, String announcement) {

        static MaintenanceView of(BackendMaintenance maintenance) {
            return new MaintenanceView(
                    maintenance.id(), maintenance.startsAt(), maintenance.endsAt(), maintenance.announcement());
        }
    }

    /// @param takesJobs whether a job sent now would be accepted
    /// @param resting whether a maintenance goes on
    static BackendView of(
            Backend backend,
            @Nullable PriceVersion price,
            List<BackendMaintenance> maintenances,
            boolean takesJobs,
            boolean resting,
            Instant now) {
        Availability availability = backend.availability();
        return new BackendView(
                backend.id(),
                backend.slug(),
                backend.name(),
                backend.provider().slug(),
                backend.provider().kind(),
                backend.deviceType(),
                backend.technology(),
                backend.paradigm(),
                backend.deviceArn(),
                backend.providerTargetId(),
                backend.region(),
                backend.qubitCount(),
                backend.maxQubits(),
                backend.minShots(),
                backend.maxShots(),
                json(backend.topology()),
                json(backend.connectivityMap()),
                backend.gateSet(),
                resting && backend.status().takesJobs() ? BackendStatus.MAINTENANCE : backend.status(),
                takesJobs && price != null,
                backend.emulates() != null,
                backend.emulates(),
                new Opening(
                        availability.isOpen(now),
                        availability.windows().stream()
                                .map(w -> new WindowView(w.day(), w.from().toString(), w.to().toString()))
                                .toList(),
                        availability.nextOpening(now).orElse(null)),
                new Queue(backend.queueDepth(), backend.averageQueueTime()),
                maintenances.stream().map(MaintenanceView::of).toList(),
                price == null ? null : PricingView.of(price),
                backend.costPerHour(),
                backend.description(),
                backend.documentationUrl(),
                backend.tags(),
                backend.displayOrder(),
                backend.isRecommended(),
                backend.retiredAt(),
                backend.learnedAt(),
                backend.createdAt(),
                backend.updatedAt());
    }

    static JsonStructure json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.read();
        }
    }
}
