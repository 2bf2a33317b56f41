package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.quantumhub.account.service.EmailVerification;
import org.quantumhub.execution.NewJobRow;
import org.quantumhub.execution.RunMode;
import org.quantumhub.execution.service.Submission.Submitted;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.HubThreads;

/// The way of many circuits into the hub: each is read, admitted and priced, then all are written down together.
@ApplicationScoped
public class BundleSubmission {

    private static final Logger LOG = System.getLogger(BundleSubmission.class.getName());

    /// Reading may take that long together; a circuit alone may take a second.
    private static final long READING_SECONDS = 15;

    /// What the programs may take together, in characters.
    private static final long LARGEST_TEXT = 64L << 20;

    @Inject
    EmailVerification verification;

    @Inject
    Preparation preparation;

    @Inject
    BundleTransactions transactions;

    @Inject
    Completions completions;

    @Inject
    Jobs jobs;

    @Inject
    JobWaits waits;

    @Inject
    HubThreads threads;

    @Inject
    Lanes lanes;

    @Inject
    ProviderLane providerLane;

    @Inject
    Catalogue catalogue;

    @Inject
    ExecutionConfig config;

    @Inject
    ExecutionMetrics metrics;

    /// Submits a bundle. Of a circuit that is refused, `circuit` in the problem tells the place, from 0.
    ///
    /// @throws HubException for every reason to refuse any of them; nothing is written then
    public CompletionStage<Submitted> submit(NewBundle bundle, Caller caller) {
        Rows rows = prepare(bundle, caller);
        UUID id = rows.parent().id();
        CompletionStage<Boolean> ended = bundle.common().runMode() == RunMode.BLOCKING
                ? completions.of(id, config.blockingSeconds())
                : CompletableFuture.completedStage(true);
        Optional<UUID> earlier;
        try {
            earlier = transactions.write(caller, rows.parent(), rows.children());
        } catch (RuntimeException refused) {
            completions.ended(id);
            throw refused;
        }
        if (earlier.isPresent()) {
            completions.ended(id);
            int wait = bundle.common().runMode() == RunMode.BLOCKING ? config.blockingSeconds() : 0;
            return waits.await(caller, earlier.get(), wait).thenApply(job -> new Submitted(job, true));
        }
        born(rows);
        return ended.thenApplyAsync(done -> new Submitted(jobs.get(caller, id), false), threads.pool());
    }

    /// A bundle that is ready to be born.
    record Rows(NewJobRow parent, List<NewJobRow> children) {}

    /// Reads, admits and prices all of its circuits.
    Rows prepare(NewBundle bundle, Caller caller) {
        caller.mayWrite();
        if (verification.isRequiredForWork()) {
            verification.requireForWork(caller);
        }
        UUID id = Ids.next();
        List<NewJobRow> children = children(bundle, caller, id);
        return new Rows(parent(bundle, caller, id, children), children);
    }

    /// Tells those whom it concerns, after the commit.
    void born(Rows rows) {
        wake(rows.parent().backendSlug());
        rows.children().forEach(child -> metrics.submitted(child.backendSlug()));
        LOG.log(
                Level.INFO,
                "bundle submitted job={0} circuits={1} requestId={2} team={3}",
                rows.parent().id(),
                rows.children().size(),
                rows.parent().requestId(),
                rows.parent().teamId());
    }

    private void wake(String backend) {
        if (catalogue.get(backend).isProvided()) {
            providerLane.wake();
            return;
        }
        for (int lane = 0; lane < config.lanes(); lane++) {
            lanes.wake();
        }
    }

    private List<NewJobRow> children(NewBundle bundle, Caller caller, UUID id) {
        NewJob common = bundle.common();
        long seed = common.seed() != null ? common.seed() : Preparation.anySeed();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READING_SECONDS);
        long text = 0;
        List<NewJobRow> children = new ArrayList<>(bundle.circuits().size());
        for (int index = 0; index < bundle.circuits().size(); index++) {
            NewBundle.Part part = bundle.circuits().get(index);
            text += part.program().text().length();
            if (text > LARGEST_TEXT || System.nanoTime() > deadline) {
                throw new HubException(
                                ProblemCode.CIRCUIT_TOO_LARGE,
                                "The circuits are too large together; submit them in several jobs.")
                        .with("limit", "bundle");
            }
            try {
                children.add(preparation
                        .prepare(common.child(part, seed + index, id, index), caller)
                        .row());
            } catch (HubException refused) {
                throw refused.with("circuit", index);
            }
        }
        return children;
    }

    /// As its children are, with the largest of their sizes.
    private static NewJobRow parent(NewBundle bundle, Caller caller, UUID id, List<NewJobRow> children) {
        NewJob common = bundle.common();
        NewJobRow first = children.getFirst();
        return new NewJobRow(
                id,
                caller.teamId(),
                caller.userId(),
                common.name(),
                common.runMode(),
                first.backendSlug(),
                first.program(),
                common.shots(),
                first.seed(),
                common.memory(),
                common.tags(),
                common.metadata(),
                children.stream().mapToInt(NewJobRow::qubitCount).max().orElse(0),
                children.stream().mapToInt(NewJobRow::gateCount).max().orElse(0),
                children.stream().mapToInt(NewJobRow::depth).max().orElse(0),
                children.stream().mapToLong(NewJobRow::expectedMicros).sum(),
                first.estimatedCost(),
                first.priceVersionId(),
                common.requestId(),
                common.idempotencyKey() == null
                        ? null
                        : new NewJobRow.Idempotency(common.idempotencyKey(), common.fingerprint(bundle.circuits())),
                common.terms());
    }
}
