package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A cap on spending by period, for reading: [BudgetBook] writes it, and what is used follows its entries.
@Entity
@Table(name = "budgets")
public class Budget {

    @Id
    private UUID id;

    @Column(name = "team_id")
    private @Nullable UUID teamId;

    private String name;

    @Enumerated(EnumType.STRING)
    private BudgetScope scope;

    @Column(name = "user_id")
    private @Nullable UUID userId;

    private @Nullable String backend;

    @Column(name = "project_id")
    private @Nullable UUID projectId;

    private BigDecimal amount;
    private String currency;

    @Enumerated(EnumType.STRING)
    private BudgetPeriod period;

    @Enumerated(EnumType.STRING)
    private BudgetAction action;

    private boolean active;

    @Column(name = "spending_limit")
    private boolean spendingLimit;

    private BigDecimal used;

    @Column(name = "period_start")
    private LocalDate periodStart;

    @Column(name = "created_at")
    private Instant createdAt;

    private long version;

    @SuppressWarnings("NullAway") // for JPA: rows are written by BudgetBook
    protected Budget() {}

    /// Whether it is the spending limit of a member, which changes with the member.
    public boolean isSpendingLimit() {
        return spendingLimit;
    }

    public UUID id() {
        return id;
    }

    public @Nullable UUID teamId() {
        return teamId;
    }

    public String name() {
        return name;
    }

    public BudgetScope scope() {
        return scope;
    }

    public @Nullable UUID userId() {
        return userId;
    }

    public @Nullable String backend() {
        return backend;
    }

    public @Nullable UUID projectId() {
        return projectId;
    }

    public Money amount() {
        return new Money(amount, Currency.getInstance(currency));
    }

    public BudgetPeriod period() {
        return period;
    }

    public BudgetAction action() {
        return action;
    }

    public boolean isActive() {
        return active;
    }

    /// What has been used in the period that began at [#periodStart]; if that one is over, nothing has been used since.
    public Money used() {
        return new Money(used, Currency.getInstance(currency));
    }

    public LocalDate periodStart() {
        return periodStart;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public long version() {
        return version;
    }
}
