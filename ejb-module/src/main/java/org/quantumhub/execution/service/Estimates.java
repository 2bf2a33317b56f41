package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Charging;
import org.quantumhub.billing.service.Charging.Hold;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.DeviceGate;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Tells what a submission would cost and how long it would take, without a queue or a wallet being touched.
@ApplicationScoped
public class Estimates {

    /// How far the time at a provider may lie from what is expected: as far as is set aside for it.
    private static final double SPREAD_ELSEWHERE = 3;

    private static final int MOST_REFUSALS = 100;

    @Inject
    Catalogue catalogue;

    @Inject
    DeviceGate gate;

    @Inject
    Circuits circuits;

    @Inject
    Admission admission;

    @Inject
    Charging charging;

    @Inject
    CostModel costs;

    @Inject
    Simulators simulators;

    @Inject
    QueueOutlook queue;

    @Inject
    RunningLimits limits;

    /// From the least to the most that has to be expected.
    public record Range<T>(T low, T expected, T high) {}

    /// Why a submission would be refused.
    ///
    /// @param circuit its place in a bundle
    public record Refusal(
            @Nullable Integer circuit, ProblemCode code, String message, Map<String, @Nullable Object> details) {}

    /// The sizes of what would run: the largest of a bundle.
    public record Size(int qubits, int gates, int depth, long memoryBytes) {}

    /// @param circuits how many there are
    /// @param cost of all together
    /// @param seconds of computing, all together
    /// @param exceeds what it would be refused for; empty when it would be accepted
    public record Estimate(
            String backend,
            int circuits,
            Range<Money> cost,
            PriceVersion price,
            Range<Double> seconds,
            Size size,
            QueueOutlook.Queue queue,
            List<String> assumptions,
            List<Refusal> exceeds) {}

    /// @throws HubException `INVALID_CIRCUIT` and the like for a circuit that cannot be read at all, `NOT_FOUND` for a
    ///     backend that does not exist
    public Estimate of(NewJob job, Caller caller) {
        return of(job, List.of(new NewBundle.Part(job.program(), job.terms().parameters())), caller, false);
    }

    /// The same for a bundle; circuits that cannot be read are among the refusals.
    public Estimate of(NewBundle bundle, Caller caller) {
        return of(bundle.common(), bundle.circuits(), caller, true);
    }

    private Estimate of(NewJob job, List<NewBundle.Part> parts, Caller caller, boolean bundle) {
        Backend backend = catalogue.get(job.backend());
        PriceVersion price = charging.priceOf(backend.slug(), caller.teamId());
        double spread = backend.isProvided() ? SPREAD_ELSEWHERE : costs.spread();
        List<Refusal> refusals = new ArrayList<>();
        refuseBackend(refusals, caller, backend);
        Money low = price.cost(job.shots()).times(0);
        Money expected = low;
        Money high = low;
        double seconds = 0;
        Size size = new Size(0, 0, 0, 0);
        for (int index = 0; index < parts.size(); index++) {
            NewBundle.Part part = parts.get(index);
            Integer place = bundle ? Integer.valueOf(index) : null;
            ReadProgram program;
            try {
                program = circuits.readAny(part.program(), part.parameters());
            } catch (HubException unreadable) {
                if (!bundle) {
                    throw unreadable;
                }
                add(refusals, place, unreadable);
                continue;
            }
            CostEstimate estimate = expected(program, job, backend);
            seconds += estimate.seconds();
            // never more than is set aside for it
            Money held = price.hold(job.shots(), estimate.seconds());
            low = low.plus(timed(price, job.shots(), estimate.seconds() / spread, held));
            expected = expected.plus(timed(price, job.shots(), estimate.seconds(), held));
            high = high.plus(held);
            size = larger(size, program, estimate);
            try {
                admission.admit(caller, part.program(), part.parameters(), program, job, backend);
            } catch (HubException refused) {
                add(refusals, place, refused);
            }
        }
        refuseUncovered(refusals, job, high, caller);
        return new Estimate(
                backend.slug(),
                parts.size(),
                new Range<>(low, expected, high),
                price,
                new Range<>(seconds / spread, seconds, seconds * spread),
                size,
                queue.now(),
                assumptions(caller, spread, backend, price),
                refusals);
    }

    private static Money timed(PriceVersion price, int shots, double seconds, Money held) {
        if (!price.isTimed() || !Double.isFinite(seconds)) {
            return held;
        }
        Money cost = price.cost(shots, BigDecimal.valueOf(seconds));
        return cost.compareTo(held) < 0 ? cost : held;
    }

    private void refuseBackend(List<Refusal> refusals, Caller caller, Backend backend) {
        try {
            gate.pass(caller, backend.slug());
        } catch (HubException refused) {
            add(refusals, null, refused);
        }
    }

    private static void add(List<Refusal> refusals, @Nullable Integer place, HubException refused) {
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(new Refusal(place, refused.code(), String.valueOf(refused.getMessage()), refused.details()));
        }
    }

    private CostEstimate expected(ReadProgram program, NewJob job, Backend backend) {
        Circuit circuit = program.circuit();
        return backend.isProvided() || circuit == null
                ? simulators.elsewhere(backend, circuit, job.shots())
                : costs.of(simulators.estimate(backend.slug(), circuit, job.shots()));
    }

    private static Size larger(Size size, ReadProgram program, CostEstimate estimate) {
        return new Size(
                Math.max(size.qubits(), program.qubits()),
                Math.max(size.gates(), program.gates()),
                Math.max(size.depth(), program.depth()),
                Math.max(size.memoryBytes(), estimate.bytes()));
    }

    private void refuseUncovered(List<Refusal> refusals, NewJob job, Money cost, Caller caller) {
        Hold hold = new Hold(
                caller.teamId(),
                caller.userId(),
                job.backend(),
                job.terms().projectId(),
                Ids.next(),
                cost,
                "Job on " + job.backend());
        charging.refusal(caller, hold).ifPresent(refused -> add(refusals, null, refused));
        if (caller.teamSuspended()) {
            refusals.add(new Refusal(null, ProblemCode.TEAM_SUSPENDED, "The team is suspended.", Map.of()));
        }
    }

    private List<String> assumptions(Caller caller, double spread, Backend backend, PriceVersion price) {
        List<String> assumptions = new ArrayList<>();
        assumptions.add("The price that is in force now; a job pays the one in force when it is submitted.");
        assumptions.add("Jobs that fail or are cancelled cost nothing.");
        if (!backend.isProvided()) {
            assumptions.add(String.format(
                    java.util.Locale.ROOT,
                    "Time by the engine's cost model as this server was measured at its start; single runs lay within a factor of %.1f.",
                    spread));
        } else if (price.isTimed()) {
            assumptions.add(
                    "Time as if the hub's own engine ran it; what is paid is the time that the provider reports.");
        }
        assumptions.add("Wallet and budgets as they are used now.");
        assumptions.add("The queue as it is now, with nothing added and nothing cancelled; teams take turns in it.");
        int limit = limits.of(caller.teamId());
        if (limit > 0) {
            assumptions.add("The team runs at most " + limit + " jobs at a time.");
        }
        return assumptions;
    }
}
