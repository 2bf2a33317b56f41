package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Budget;
import org.quantumhub.billing.BudgetBook;
import org.quantumhub.billing.BudgetBook.Change;
import org.quantumhub.billing.BudgetBook.Wanted;
import org.quantumhub.billing.BudgetRepository;
import org.quantumhub.billing.BudgetThresholdReached;
import org.quantumhub.billing.Wallet;
import org.quantumhub.billing.WalletRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// Budgets of teams, which their owners and administrators set, and of the platform. What they do when money is set
/// aside
/// stands in [Coverage] and in the trigger of their entries.
@ApplicationScoped
public class Budgets {

    private static final int WARNINGS_AT_ONCE = 100;

    @Inject
    BudgetRepository repository;

    @Inject
    BudgetBook book;

    @Inject
    WalletRepository wallets;

    @Inject
    Database database;

    @Inject
    Event<BudgetThresholdReached> thresholds;

    @Transactional
    public Page<Budget> list(Caller caller, @Nullable UUID before, int size) {
        return Page.cut(repository.list(caller.teamId(), before, size), size, Budget::id);
    }

    /// The platform's own.
    @Transactional
    public Page<Budget> listOfPlatform(Caller operator, @Nullable UUID before, int size) {
        return Page.cut(repository.list(null, before, size), size, Budget::id);
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional
    public Budget get(Caller caller, UUID id) {
        return repository
                .find(id)
                .filter(budget -> caller.teamId().equals(budget.teamId()))
                .orElseThrow(Budgets::missing);
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional
    public Budget getOfPlatform(Caller operator, UUID id) {
        return repository.find(id).filter(budget -> budget.teamId() == null).orElseThrow(Budgets::missing);
    }

    private static HubException missing() {
        return new HubException(ProblemCode.NOT_FOUND, "There is no such budget.");
    }

    /// Sets a budget of the caller's team, in the currency of its wallet.
    ///
    /// @throws HubException `FORBIDDEN` for plain members, `INVALID_FIELD` for another currency
    @Transactional
    public void add(Caller caller, Wanted budget) {
        requireSay(caller.mayWrite());
        String currency = wallets.find(caller.teamId())
                .map(Wallet::available)
                .map(available -> available.currency().getCurrencyCode())
                .orElse("");
        if (!budget.amount().currency().getCurrencyCode().equals(currency)) {
            throw new HubException(ProblemCode.INVALID_FIELD, "The team's money is in " + currency + ".")
                    .with("field", "currency");
        }
        database.asRequest(connection -> {
            book.add(connection, budget);
            return true;
        });
    }

    /// @throws HubException `FORBIDDEN` for plain members and for spending limits, `NOT_FOUND`
    @Transactional
    public void change(Caller caller, UUID id, Change change) {
        requireSay(caller.mayWrite());
        if (get(caller, id).isSpendingLimit()) {
            throw new HubException(
                    ProblemCode.FORBIDDEN, "This is the spending limit of a member; it is changed with the member.");
        }
        if (!database.asRequest(connection -> book.change(connection, id, caller.teamId(), change))) {
            throw missing();
        }
    }

    private static void requireSay(Caller caller) {
        if (caller.teamRole().equals("MEMBER")) {
            throw new HubException(ProblemCode.FORBIDDEN, "Budgets are set by the team's owners and administrators.");
        }
    }

    @Transactional
    public void addToPlatform(Wanted budget) {
        database.asBackground(connection -> {
            book.add(connection, budget);
            return true;
        });
    }

    /// @throws HubException `NOT_FOUND`
    @Transactional
    public void changeOfPlatform(UUID id, Change change) {
        if (!database.asBackground(connection -> book.change(connection, id, null, change))) {
            throw missing();
        }
    }

    /// Passes on the warnings that nobody has been told yet.
    @Transactional(TxType.REQUIRES_NEW)
    public List<BudgetThresholdReached> tell() {
        List<BudgetThresholdReached> warnings =
                database.asBackground(connection -> book.untold(connection, WARNINGS_AT_ONCE));
        warnings.forEach(thresholds::fire);
        return warnings;
    }
}
