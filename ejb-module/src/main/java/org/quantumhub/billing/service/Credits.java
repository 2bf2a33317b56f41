package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Funding;
import org.quantumhub.billing.Ledger;
import org.quantumhub.billing.Transfer;
import org.quantumhub.billing.TransferKind;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// What billing managers put into wallets and give back by hand.
@ApplicationScoped
public class Credits {

    @Inject
    Funding funding;

    @Inject
    Ledger ledger;

    @Inject
    Database database;

    /// What was posted.
    ///
    /// @param repeated whether an earlier request with the same key had posted it
    public record Posted(UUID reference, TransferKind kind, Money amount, boolean repeated) {}

    /// Puts money into a team's wallet, or takes a credit line back.
    ///
    /// @param kind CREDIT, TOPUP, ADVANCE or RECALL
    /// @param key the client's word for this request; sent again, nothing is posted twice
    /// @throws HubException `NOT_FOUND` when the team has no wallet, `IDEMPOTENCY_KEY_REUSED`, `INSUFFICIENT_FUNDS`
    /// when more
    ///         is recalled than is there
    @Transactional
    public Posted post(UUID teamId, TransferKind kind, BigDecimal amount, String description, @Nullable String key) {
        UUID reference = key == null ? Ids.next() : named(teamId + " " + kind + " " + key);
        return database.asBackground(connection -> {
            Currency currency = Currency.getInstance(ledger.currency(connection, teamId)
                    .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such team.")));
            Money money = new Money(amount, currency);
            if (kind == TransferKind.RECALL) {
                requireCovered(connection, teamId, money);
            }
            boolean now = funding.post(connection, new Transfer(kind, teamId, reference, money, description));
            if (!now && !standing(connection, reference, kind).amount().equals(money)) {
                throw new HubException(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This idempotency key was used for another amount; use a new one.");
            }
            return new Posted(reference, kind, money, !now);
        });
    }

    private void requireCovered(Connection connection, UUID teamId, Money money) throws SQLException {
        Ledger.Purse purse = ledger.lock(connection, java.util.List.of(teamId)).get(teamId);
        if (purse == null || purse.available().compareTo(money) < 0) {
            throw new HubException(ProblemCode.INSUFFICIENT_FUNDS, "The team has less than that available.")
                    .with("required", money.amount().toPlainString())
                    .with(
                            "available",
                            purse == null ? "0" : purse.available().amount().toPlainString());
        }
    }

    /// Gives a charge back to the team that paid it. A charge is given back once, in whole or in part; asked for again,
    /// what was given back is told.
    ///
    /// @param reference what the charge was for, such as the id of a job
    /// @param amount how much of it; all, if null
    /// @throws HubException `NOT_FOUND` when there is no such charge, `INVALID_FIELD` when the amount is more than the
    /// charge
    @Transactional
    public Posted refund(UUID reference, @Nullable BigDecimal amount, String description) {
        return database.asBackground(connection -> {
            Funding.Posted charge = funding.find(connection, reference, TransferKind.CHARGE)
                    .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "Nothing was charged for this."));
            Currency currency = charge.amount().currency();
            Optional<Money> part = Optional.ofNullable(amount).map(a -> new Money(a, currency));
            if (part.isPresent() && part.get().compareTo(charge.amount()) > 0) {
                throw new HubException(
                                ProblemCode.INVALID_FIELD, "More than the " + charge.amount() + " that were charged.")
                        .with("field", "amount");
            }
            boolean now = funding.refund(connection, reference, part, description);
            Money refunded =
                    standing(connection, reference, TransferKind.REFUND).amount();
            return new Posted(reference, TransferKind.REFUND, refunded, !now);
        });
    }

    private Funding.Posted standing(Connection connection, UUID reference, TransferKind kind) throws SQLException {
        return funding.find(connection, reference, kind)
                .orElseThrow(
                        () -> new HubException(ProblemCode.UNAVAILABLE, "Somebody posted this at the same moment."));
    }

    private static UUID named(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
