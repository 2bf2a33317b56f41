package org.quantumhub.analytics.service;

import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.analytics.Reconciliation;
import org.quantumhub.analytics.Reconciliation.Difference;
import org.quantumhub.analytics.Reconciliation.Known;
import org.quantumhub.analytics.Reconciliation.Line;
import org.quantumhub.analytics.Reconciliation.NewStatement;
import org.quantumhub.analytics.UsageBook;
import org.quantumhub.analytics.UsageBook.Endpoint;
import org.quantumhub.analytics.UsageBook.Group;
import org.quantumhub.analytics.UsageBook.Usage;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// What was used, rolled up by day, and how it compares with what providers say.
@ApplicationScoped
public class UsageReports {

    /// The name of the batch job; `batch-jobs` holds its definition.
    public static final String BATCH_JOB = "usage-rollup";

    /// The parameters of the job: days such as 2026-11-20, the second one exclusive.
    public static final String FROM = "from";

    public static final String TO = "to";

    @Inject
    UsageBook book;

    @Inject
    Reconciliation reconciliation;

    @Inject
    Database database;

    /// Rolls the days from `from` to before `to` up, in the background.
    public void rollUp(LocalDate from, LocalDate to) {
        Properties parameters = new Properties();
        parameters.setProperty(FROM, from.toString());
        parameters.setProperty(TO, to.toString());
        BatchRuntime.getJobOperator().start(BATCH_JOB, parameters);
    }

    /// Rolls one day up in the running transaction.
    @Transactional
    public void rollUp(LocalDate day) {
        database.asBackground(connection -> {
            book.rollUp(connection, day);
            return true;
        });
    }

    /// Usage of the caller's team.
    @Transactional
    public List<Usage> usage(Caller caller, Set<Group> groups, LocalDate from, LocalDate to, int offset, int atMost) {
        return database.asRequest(
                connection -> book.usage(connection, caller.teamId(), groups, from, to, offset, atMost));
    }

    /// Everybody's usage.
    @Transactional
    public List<Usage> usageOfAll(Set<Group> groups, LocalDate from, LocalDate to, int offset, int atMost) {
        return database.asBackground(connection -> book.usage(connection, null, groups, from, to, offset, atMost));
    }

    /// Requests of the caller's team, by day, person and door.
    @Transactional
    public List<Endpoint> endpoints(Caller caller, LocalDate from, LocalDate to, int offset, int atMost) {
        return database.asRequest(connection -> book.endpoints(connection, caller.teamId(), from, to, offset, atMost));
    }

    /// Takes a provider's statement in. The same file again is the same statement.
    ///
    /// @return the statement that there is now, and whether this made it
    /// @throws HubException `STATEMENT_KNOWN` when another file had this provider and name
    @Transactional
    public Taken take(NewStatement statement, List<Line> lines) {
        Optional<Known> known = database.asBackground(connection -> reconciliation.add(connection, statement, lines));
        if (known.isPresent() && !known.get().same()) {
            throw new HubException(
                            ProblemCode.STATEMENT_KNOWN,
                            "There is another statement of this provider and name already.")
                    .with("statement", known.get().id());
        }
        return new Taken(known.map(Known::id).orElse(statement.id()), known.isEmpty());
    }

    /// @param isNew false when it had been taken in before
    public record Taken(UUID id, boolean isNew) {}

    /// Where a provider's statement and the hub's books differ.
    ///
    /// @throws HubException `NOT_FOUND`
    @Transactional
    public List<Difference> differences(UUID statement, @Nullable UUID after, int atMost) {
        return database.asBackground(connection -> {
            if (!reconciliation.exists(connection, statement)) {
                throw new HubException(ProblemCode.NOT_FOUND, "There is no such statement.");
            }
            return reconciliation.differences(connection, statement, after, atMost);
        });
    }
}
