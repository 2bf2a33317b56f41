package org.quantumhub.billing.service;

import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.BillIssued;
import org.quantumhub.billing.BillNumbers;
import org.quantumhub.billing.BillOverdue;
import org.quantumhub.billing.BillRegister;
import org.quantumhub.billing.BillingPeriod;
import org.quantumhub.billing.CreditNotes;
import org.quantumhub.billing.Dunning;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// Draws up bills, issues them, corrects them by credit notes and reminds of them.
///
/// A month is closed by a batch job that goes through the teams chunk by chunk. It may be killed, restarted or started
/// twice: a bill that is there is left alone, and one that is not comes out the same.
@ApplicationScoped
public class Invoicing {

    /// The name of the batch job; `batch-jobs` holds its definition.
    public static final String BATCH_JOB = "billing-close";

    /// The parameters of the job: a month such as 2026-11, a day such as 2026-12-01, and whether drafts are issued.
    public static final String MONTH = "month";

    public static final String BILLING_DATE = "billingDate";
    public static final String ISSUE = "issue";

    private static final int AT_ONCE = 500;

    @Inject
    BillRegister register;

    @Inject
    BillNumbers numbers;

    @Inject
    CreditNotes notes;

    @Inject
    Dunning dunning;

    @Inject
    Database database;

    @Inject
    BillingConfig config;

    @Inject
    Clock clock;

    @Inject
    Event<BillIssued> issued;

    @Inject
    Event<BillOverdue> overdue;

    /// One run of the close.
    public record Run(
            long id,
            String month,
            String billingDate,
            boolean issues,
            BatchStatus status,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /// Starts the close of a month.
    ///
    /// @param issue false to leave drafts for people to look at
    /// @return the number of the run
    /// @throws HubException `PERIOD_OPEN` while the month, and the time for what is still on its way, is not over
    public long close(YearMonth month, boolean issue) {
        Instant open = BillingPeriod.of(month)
                .end()
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plus(Duration.ofMinutes(config.closeGraceMinutes()));
        if (clock.instant().isBefore(open)) {
            throw new HubException(
                            ProblemCode.PERIOD_OPEN, "The month " + month + " can be billed from " + open + " on.")
                    .with("from", open);
        }
        Properties parameters = new Properties();
        parameters.setProperty(MONTH, month.toString());
        parameters.setProperty(
                BILLING_DATE,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
        parameters.setProperty(ISSUE, Boolean.toString(issue));
        return BatchRuntime.getJobOperator().start(BATCH_JOB, parameters);
    }

    /// Restarts a run that failed or was stopped, where it stood.
    ///
    /// @return the number of the new run
    /// @throws HubException `NOT_FOUND`, or `RUN_NOT_RESTARTABLE` while it runs or when it has completed
    public long restart(long run) {
        Run found = run(run);
        if (found.status() != BatchStatus.FAILED && found.status() != BatchStatus.STOPPED) {
            throw new HubException(ProblemCode.RUN_NOT_RESTARTABLE, "The run is " + found.status() + ".");
        }
        try {
            return BatchRuntime.getJobOperator()
                    .restart(run, BatchRuntime.getJobOperator().getParameters(run));
        } catch (BatchRuntimeException e) {
            throw new HubException(ProblemCode.RUN_NOT_RESTARTABLE, "The run cannot be restarted; start a new one.", e);
        }
    }

    /// @throws HubException `NOT_FOUND`
    public Run run(long id) {
        try {
            JobExecution execution = BatchRuntime.getJobOperator().getJobExecution(id);
            if (!execution.getJobName().equals(BATCH_JOB)) {
                throw new HubException(ProblemCode.NOT_FOUND, "There is no such run.");
            }
            Properties parameters = BatchRuntime.getJobOperator().getParameters(id);
            return new Run(
                    id,
                    parameters.getProperty(MONTH),
                    parameters.getProperty(BILLING_DATE),
                    Boolean.parseBoolean(parameters.getProperty(ISSUE)),
                    execution.getBatchStatus(),
                    execution.getCreateTime().toInstant(),
                    execution.getEndTime() == null
                            ? null
                            : execution.getEndTime().toInstant());
        } catch (BatchRuntimeException e) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such run.", e);
        }
    }

    /// Teams with something to bill, in the order of their ids.
    @Transactional
    public List<UUID> teams(YearMonth month, UUID after, int atMost) {
        return database.asBackground(connection -> register.teams(connection, BillingPeriod.of(month), after, atMost));
    }

    /// Whether a month has charges of a team that has no bill for it.
    @Transactional
    public boolean hasUnbilled(YearMonth month) {
        return database.asBackground(connection -> register.hasUnbilled(connection, BillingPeriod.of(month)));
    }

    /// Draws up the bills of some teams in the running transaction; what is there already is left alone.
    @Transactional
    public void drawUp(List<UUID> teams, YearMonth month, LocalDate billingDate, boolean issue) {
        BillRegister.Terms terms =
                new BillRegister.Terms(config.seller(), config.sellerCountry(), billingDate, config.paymentDays());
        List<BillIssued> events = database.asBackground(connection -> {
            List<BillIssued> drawn = new ArrayList<>();
            for (UUID team : teams) {
                Optional<UUID> draft = register.drawUp(connection, team, BillingPeriod.of(month), terms);
                if (draft.isPresent() && issue) {
                    numbers.issue(connection, draft.get()).ifPresent(drawn::add);
                }
            }
            return drawn;
        });
        events.forEach(issued::fire);
    }

    /// Gives a draft its number.
    ///
    /// @throws HubException `NOT_A_DRAFT`
    @Transactional
    public void issue(UUID billId) {
        BillIssued event = database.asBackground(connection -> numbers.issue(connection, billId))
                .orElseThrow(Invoicing::noDraft);
        issued.fire(event);
    }

    /// Throws a draft away.
    ///
    /// @throws HubException `NOT_A_DRAFT`
    @Transactional
    public void discard(UUID billId) {
        if (!database.asBackground(connection -> numbers.discard(connection, billId))) {
            throw noDraft();
        }
    }

    private static HubException noDraft() {
        return new HubException(ProblemCode.NOT_A_DRAFT, "There is no such draft; what was issued stays.");
    }

    /// Takes a bill back, or a part of it, by a credit note, which is issued at once.
    ///
    /// @param amount with tax; all that is left of the bill, if null
    /// @return the note's id
    /// @throws HubException `NOT_FOUND` when there is no such bill, `INVALID_FIELD` when more than is left is to be
    /// taken back
    @Transactional
    public UUID credit(UUID billId, java.math.@Nullable BigDecimal amount, String reason) {
        BillIssued event = database.asBackground(connection -> {
            UUID note = switch (notes.credit(connection, billId, amount, reason)) {
                case CreditNotes.Noted.Drawn drawn -> drawn.noteId();
                case CreditNotes.Noted.NoSuchBill none ->
                    throw new HubException(ProblemCode.NOT_FOUND, "There is no such bill.");
                case CreditNotes.Noted.TooMuch more ->
                    throw new HubException(
                                    ProblemCode.INVALID_FIELD,
                                    "Between nothing and " + more.left() + " can be taken back of this bill.")
                            .with("field", "amount")
                            .with("limit", more.left());
            };
            return numbers.issue(connection, note).orElseThrow();
        });
        issued.fire(event);
        return event.billId();
    }

    /// Marks what is overdue, and reminds of it.
    ///
    /// @return how many reminders there were
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int remind() {
        List<BillOverdue> reminders = database.asBackground(connection -> {
            dunning.markOverdue(connection, AT_ONCE);
            return dunning.remind(connection, AT_ONCE);
        });
        reminders.forEach(overdue::fire);
        return reminders.size();
    }
}
