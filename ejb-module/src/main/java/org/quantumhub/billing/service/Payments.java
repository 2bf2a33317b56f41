package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quantumhub.billing.BankEntry;
import org.quantumhub.billing.BankRegister;
import org.quantumhub.billing.PaymentMethod;
import org.quantumhub.billing.PaymentReceived;
import org.quantumhub.billing.PaymentRegister;
import org.quantumhub.billing.PaymentRegister.Incoming;
import org.quantumhub.billing.PaymentRegister.Outcome;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// Books the money that comes in: noted by hand, found on bank statements, or told by a gateway.
@ApplicationScoped
public class Payments {

    /// A bill's number, as people write it into what they transfer.
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])([0-9]{4})[ -]?([0-9]{6})(?![0-9])");

    @Inject
    PaymentRegister register;

    @Inject
    BankRegister bank;

    @Inject
    Database database;

    @Inject
    Event<PaymentReceived> received;

    /// What became of the entries of a bank statement.
    ///
    /// @param known entries that an earlier statement had told
    public record Imported(List<BankEntry> entries, int known) {

        public Imported {
            entries = List.copyOf(entries);
        }
    }

    /// Books a payment.
    ///
    /// @return its id, and whether it was booked before
    /// @throws HubException `NOT_FOUND`, `INVALID_FIELD` for another currency, `NOTHING_DUE`
    @Transactional
    public Booked book(Incoming payment) {
        Outcome outcome = database.asBackground(connection -> register.book(connection, payment));
        return switch (outcome) {
            case Outcome.Booked booked -> {
                received.fire(booked.event());
                yield new Booked(booked.paymentId(), false);
            }
            case Outcome.Known known -> new Booked(known.paymentId(), true);
            case Outcome.NoSuchBill none -> throw new HubException(ProblemCode.NOT_FOUND, "There is no such bill.");
            case Outcome.OtherCurrency other ->
                throw new HubException(ProblemCode.INVALID_FIELD, "The bill is in " + other.billed() + ".")
                        .with("field", "currency");
            case Outcome.NothingDue nothing ->
                throw new HubException(ProblemCode.NOTHING_DUE, "The bill is " + nothing.status() + ".");
        };
    }

    /// @param known whether it was booked before
    public record Booked(UUID paymentId, boolean known) {}

    /// The team whose bill it is.
    ///
    /// @throws HubException `NOT_FOUND`
    @Transactional
    public UUID teamOf(UUID billId) {
        return database.asBackground(connection -> register.teamOf(connection, billId))
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "There is no such bill."));
    }

    /// Takes the entries of a statement in: credits that name a bill are booked as its payment; all are kept, for
    /// people to
    /// look at what fits nothing. The same statement twice changes nothing.
    @Transactional
    public Imported take(List<BankStatement.Entry> entries, String file) {
        List<PaymentReceived> events = new ArrayList<>();
        Imported imported = database.asBackground(connection -> {
            List<BankEntry> taken = new ArrayList<>();
            int known = 0;
            for (BankStatement.Entry entry : entries) {
                if (bank.knows(connection, entry.key())) {
                    known++;
                } else {
                    taken.add(take(connection, entry, file, events));
                }
            }
            return new Imported(taken, known);
        });
        events.forEach(received::fire);
        return imported;
    }

    private BankEntry take(Connection connection, BankStatement.Entry entry, String file, List<PaymentReceived> events)
            throws SQLException {
        BankEntry.Outcome outcome = BankEntry.Outcome.NO_BILL;
        UUID payment = null;
        Optional<UUID> bill = bill(connection, entry.remittance());
        if (bill.isPresent()) {
            UUID team = register.teamOf(connection, bill.get()).orElseThrow();
            Incoming incoming = new Incoming(
                    team,
                    bill.get(),
                    PaymentMethod.BANK,
                    entry.amount(),
                    entry.bookedOn(),
                    entry.key(),
                    entry.payer(),
                    null,
                    null);
            switch (register.book(connection, incoming)) {
                case Outcome.Booked booked -> {
                    events.add(booked.event());
                    payment = booked.paymentId();
                    outcome = booked.advance().signum() > 0 ? BankEntry.Outcome.OVERPAID : BankEntry.Outcome.MATCHED;
                }
                case Outcome.Known known -> {
                    payment = known.paymentId();
                    outcome = BankEntry.Outcome.MATCHED;
                }
                case Outcome.OtherCurrency other -> outcome = BankEntry.Outcome.WRONG_CURRENCY;
                case Outcome.NothingDue nothing -> outcome = BankEntry.Outcome.NOTHING_DUE;
                case Outcome.NoSuchBill none -> outcome = BankEntry.Outcome.NO_BILL;
            }
        }
        Money amount = entry.amount();
        BankEntry taken = new BankEntry(
                entry.key(), entry.bookedOn(), amount, entry.payer(), entry.remittance(), outcome, payment);
        bank.add(connection, taken, file);
        return taken;
    }

    private Optional<UUID> bill(Connection connection, String remittance) throws SQLException {
        Matcher number = NUMBER.matcher(remittance);
        while (number.find()) {
            Optional<UUID> bill = register.byNumber(connection, number.group(1) + "-" + number.group(2));
            if (bill.isPresent()) {
                return bill;
            }
        }
        return Optional.empty();
    }
}
