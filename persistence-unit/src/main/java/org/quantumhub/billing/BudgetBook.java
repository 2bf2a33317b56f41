package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Columns;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.Pipeline;

/// Writes budgets and what is taken from them, on the connection of the caller's transaction.
@ApplicationScoped
public class BudgetBook {

    private static final String LOCK = """
            select b.id, b.name, b.team_id, b.user_id, b.backend, b.project_id, b.amount, b.currency, b.action,
                   p.start, case when b.period_start = p.start then b.used else 0 end
              from hub.budgets b
             cross join lateral (select hub.budget_period(b.period, now())) as p (start)
             where b.active and (b.team_id = any (?) or b.team_id is null)
             order by b.id
               for no key update of b
            """;

    private static final String TAKE = """
            insert into hub.budget_entries (budget_id, reference, kind, team_id, amount, period_start)
            select budget_id, reference, 'HOLD', team_id, amount, period_start::date
              from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::numeric[], ?::text[])
                   as e (budget_id, reference, team_id, amount, period_start)
            """;

    private static final String ADD = """
            insert into hub.budgets (id, team_id, name, scope, user_id, backend, project_id, amount, currency, period, action)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String CHANGE = """
            update hub.budgets
               set name = coalesce(?, name), amount = coalesce(?, amount), action = coalesce(?, action),
                   active = coalesce(?, active), updated_at = now(), version = version + 1
             where id = ? and team_id is not distinct from ?
            """;

    private static final String TELL = """
            update hub.budget_warnings w
               set told_at = clock_timestamp()
              from (select u.budget_id, u.period_start, u.threshold
                      from hub.budget_warnings u
                     where u.told_at is null
                     order by u.created_at, u.threshold
                     limit ?
                       for update skip locked) n
              join hub.budgets b on b.id = n.budget_id
             where (w.budget_id, w.period_start, w.threshold) = (n.budget_id, n.period_start, n.threshold)
            returning b.id, b.name, b.scope, b.team_id, b.user_id, b.backend, b.project_id, b.action, w.period_start, w.threshold,
                      w.used, b.amount, b.currency
            """;

    /// A budget that is queued at.
    ///
    /// @param teamId null for one that counts what all teams spend
    /// @param used in the running period
    public record Open(
            UUID id,
            String name,
            @Nullable UUID teamId,
            @Nullable UUID userId,
            @Nullable String backend,
            @Nullable UUID projectId,
            Money amount,
            BudgetAction action,
            LocalDate periodStart,
            Money used) {

        /// Whether something counts towards it. What is paid in another currency does not.
        public boolean counts(
                UUID team, @Nullable UUID user, @Nullable String onBackend, @Nullable UUID project, Currency currency) {
            return (teamId == null || teamId.equals(team))
                    && (userId == null || userId.equals(user))
                    && (backend == null || backend.equals(onBackend))
                    && (projectId == null || projectId.equals(project))
                    && amount.currency().equals(currency);
        }
    }

    /// What a hold takes from a budget.
    public record Taking(UUID budgetId, UUID reference, UUID teamId, BigDecimal amount, LocalDate periodStart) {}

    /// A new budget.
    public record Wanted(
            UUID id,
            @Nullable UUID teamId,
            String name,
            BudgetScope scope,
            @Nullable UUID userId,
            @Nullable String backend,
            @Nullable UUID projectId,
            Money amount,
            BudgetPeriod period,
            BudgetAction action) {}

    /// What is changed of a budget; what is null stays.
    public record Change(
            @Nullable String name,
            @Nullable BigDecimal amount,
            @Nullable BudgetAction action,
            @Nullable Boolean active) {}

    /// Queues at the budgets of these teams and of the platform, always in one order.
    public List<Open> lock(Connection connection, Collection<UUID> teams) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, connection.createArrayOf("uuid", teams.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<Open> budgets = new ArrayList<>();
                while (rows.next()) {
                    Currency currency = Currency.getInstance(rows.getString(8));
                    budgets.add(new Open(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getObject(3, UUID.class),
                            rows.getObject(4, UUID.class),
                            rows.getString(5),
                            rows.getObject(6, UUID.class),
                            new Money(rows.getBigDecimal(7), currency),
                            BudgetAction.valueOf(rows.getString(9)),
                            rows.getObject(10, LocalDate.class),
                            new Money(rows.getBigDecimal(11), currency)));
                }
                return budgets;
            }
        }
    }

    /// Takes from budgets. One that does not cover what is taken from it fails the statement, and with it the
    /// transaction.
    /// What a release gives back comes back by itself.
    public void take(Pipeline pipeline, List<Taking> takings) {
        if (!takings.isEmpty()) {
            pipeline.add(
                    TAKE,
                    Columns.of(takings)
                            .uuid(Taking::budgetId)
                            .uuid(Taking::reference)
                            .uuid(Taking::teamId)
                            .numeric(Taking::amount)
                            .text(t -> t.periodStart().toString()));
        }
    }

    public void add(Connection connection, Wanted budget) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, budget.id());
            statement.setObject(2, budget.teamId());
            statement.setString(3, budget.name());
            statement.setString(4, budget.scope().name());
            statement.setObject(5, budget.userId());
            statement.setString(6, budget.backend());
            statement.setObject(7, budget.projectId());
            statement.setBigDecimal(8, budget.amount().amount());
            statement.setString(9, budget.amount().currency().getCurrencyCode());
            statement.setString(10, budget.period().name());
            statement.setString(11, budget.action().name());
            statement.executeUpdate();
        }
    }

    /// @param teamId whose budget it is; null for one of the platform
    /// @return whether there is such a budget
    public boolean change(Connection connection, UUID id, @Nullable UUID teamId, Change change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
            statement.setString(1, change.name());
            statement.setBigDecimal(2, change.amount());
            statement.setString(
                    3, change.action() == null ? null : change.action().name());
            if (change.active() == null) {
                statement.setNull(4, java.sql.Types.BOOLEAN);
            } else {
                statement.setBoolean(4, change.active());
            }
            statement.setObject(5, id);
            statement.setObject(6, teamId, java.sql.Types.OTHER);
            return statement.executeUpdate() == 1;
        }
    }

    /// Warnings that nobody has been told yet, marked as told by this transaction.
    public List<BudgetThresholdReached> untold(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.setInt(1, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                List<BudgetThresholdReached> warnings = new ArrayList<>();
                while (rows.next()) {
                    Currency currency = Currency.getInstance(rows.getString(13));
                    warnings.add(new BudgetThresholdReached(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            BudgetScope.valueOf(rows.getString(3)),
                            rows.getObject(4, UUID.class),
                            rows.getObject(5, UUID.class),
                            rows.getString(6),
                            rows.getObject(7, UUID.class),
                            BudgetAction.valueOf(rows.getString(8)),
                            rows.getObject(9, LocalDate.class),
                            rows.getInt(10),
                            new Money(rows.getBigDecimal(11), currency),
                            new Money(rows.getBigDecimal(12), currency)));
                }
                return warnings;
            }
        }
    }
}
