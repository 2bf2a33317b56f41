package org.quantumhub.execution.rest;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceComponents;
import org.quantumhub.execution.service.Estimates;
import org.quantumhub.execution.service.Estimates.Estimate;

/// What a submission would cost, how long it would take, and what it would be refused for.
@Schema(name = "JobEstimate")
public record EstimateView(
        @Schema(description = "whether a submission would be accepted now")
        boolean accepted,

        String backend,
        int circuits,
        Cost cost,
        Basis basis,
        Seconds seconds,
        Size size,
        Queue queue,
        List<String> assumptions,

        @Schema(description = "what it would be refused for")
        List<Refusal> exceeds) {

    /// Decimal strings; high is what would be set aside. Failing costs nothing.
    @Schema(name = "JobEstimateCost")
    public record Cost(String low, String expected, String high, String currency) {}

    /// The price each circuit is charged by.
    @Schema(name = "JobEstimateBasis")
    public record Basis(
            String priceVersionId,
            String taskFee,
            String perShot,
            String perSecond,
            String perHour,
            String minimumCost) {}

    /// Computing time of all circuits together.
    @Schema(name = "JobEstimateSeconds")
    public record Seconds(double low, double expected, double high) {}

    /// The largest of the circuits.
    @Schema(name = "JobEstimateSize")
    public record Size(int qubits, int gates, int depth, long memoryBytes) {}

    /// What stands in the queue now, of all teams.
    @Schema(name = "JobEstimateQueue")
    public record Queue(
            long jobsAhead,

            @Schema(description = "until all of them are done")
            double waitSeconds,

            int lanes) {}

    /// A limit, and the problem that a submission would be answered with.
    @Schema(name = "JobEstimateRefusal")
    public record Refusal(
            @Schema(description = "place of the circuit, from 0") @Nullable
            Integer circuit,

            String code,
            String detail,

            @Schema(description = "further members of the problem")
            Map<String, Object> members) {}

    static EstimateView of(Estimate estimate) {
        PriceComponents price = estimate.price().components();
        return new EstimateView(
                estimate.exceeds().isEmpty(),
                estimate.backend(),
                estimate.circuits(),
                new Cost(
                        estimate.cost().low().amount().toPlainString(),
                        estimate.cost().expected().amount().toPlainString(),
                        estimate.cost().high().amount().toPlainString(),
                        estimate.price().currency()),
                new Basis(
                        estimate.price().id().toString(),
                        price.taskFee().toPlainString(),
                        price.perShot().toPlainString(),
                        price.perSecond().toPlainString(),
                        price.perHour().toPlainString(),
                        price.minimumCost().toPlainString()),
                new Seconds(
                        finite(estimate.seconds().low()),
                        finite(estimate.seconds().expected()),
                        finite(estimate.seconds().high())),
                new Size(
                        estimate.size().qubits(),
                        estimate.size().gates(),
                        estimate.size().depth(),
                        estimate.size().memoryBytes()),
                new Queue(
                        estimate.queue().jobs(),
                        estimate.queue().seconds(),
                        estimate.queue().lanes()),
                estimate.assumptions(),
                estimate.exceeds().stream().map(EstimateView::refusal).toList());
    }

    private static Refusal refusal(Estimates.Refusal refusal) {
        return new Refusal(refusal.circuit(), refusal.code().name(), refusal.message(), Map.copyOf(refusal.details()));
    }

    /// JSON has no word for infinity.
    private static double finite(double seconds) {
        return Double.isFinite(seconds) ? seconds : Double.MAX_VALUE;
    }
}
