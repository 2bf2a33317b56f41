package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Bill;
import org.quantumhub.billing.BillKind;
import org.quantumhub.billing.BillStatus;
import org.quantumhub.billing.PaymentMethod;
import org.quantumhub.billing.PaymentRegister.Incoming;
import org.quantumhub.billing.service.PaymentGateway.Checkout;
import org.quantumhub.billing.service.PaymentGateway.Confirmation;
import org.quantumhub.billing.service.PaymentGateway.Order;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Payments that begin at a gateway and end with its word.
@ApplicationScoped
public class Checkouts {

    @Inject
    @Any
    Instance<PaymentGateway> gateways;

    @Inject
    Bills bills;

    @Inject
    Wallets wallets;

    @Inject
    CheckoutBook book;

    @Inject
    Payments payments;

    /// The ways to pay that are set up here.
    public List<String> ready() {
        return gateways.stream()
                .filter(PaymentGateway::isReady)
                .map(PaymentGateway::name)
                .sorted()
                .toList();
    }

    /// Begins the payment of a bill, of all that is pending.
    ///
    /// @throws HubException `NOT_FOUND`, `NOTHING_DUE`, `GATEWAY_UNAVAILABLE`
    public Checkout pay(Caller caller, UUID billId, String gateway) {
        Bill bill = bills.get(caller, billId).bill();
        boolean payable = bill.kind() == BillKind.INVOICE
                && bill.paymentStatus() != BillStatus.DRAFT
                && bill.pendingAmount().signum() > 0;
        if (!payable) {
            throw new HubException(ProblemCode.NOTHING_DUE, "The bill is " + bill.paymentStatus() + ".");
        }
        Money pending = new Money(bill.pendingAmount(), Currency.getInstance(bill.currency()));
        return begin(caller, bill, pending, "Bill " + bill.number(), gateway);
    }

    /// Begins a payment in advance, in the currency of the team's wallet.
    ///
    /// @throws HubException `NOT_FOUND`, `GATEWAY_UNAVAILABLE`
    public Checkout topUp(Caller caller, BigDecimal amount, String gateway) {
        Currency currency = wallets.of(caller.mayWrite()).available().currency();
        return begin(caller, null, new Money(amount, currency), "Credit paid in advance", gateway);
    }

    private Checkout begin(Caller caller, @Nullable Bill bill, Money amount, String text, String name) {
        PaymentGateway gateway = gateways.stream()
                .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new HubException(ProblemCode.INVALID_FIELD, "'gateway' must be one of " + ready() + ".")
                                .with("field", "gateway"));
        Order order = new Order(
                Ids.next(),
                caller.teamId(),
                bill == null ? null : bill.id(),
                bill == null ? null : bill.number(),
                amount,
                text,
                null);
        Checkout checkout = gateway.begin(order);
        if (checkout.externalId() != null) {
            book.opened(order, gateway.name(), checkout.externalId());
        }
        return checkout;
    }

    /// Books what a gateway says was paid. What its bill no longer asks for lies in the wallet; told twice, it is
    /// booked
    /// once.
    public void confirmed(Confirmation confirmation) {
        try {
            payments.book(incoming(confirmation, confirmation.billId()));
        } catch (HubException refused) {
            // the money is here, whatever became of the bill meanwhile
            if (refused.code() != ProblemCode.NOTHING_DUE || confirmation.billId() == null) {
                throw refused;
            }
            payments.book(incoming(confirmation, null));
        }
        book.paid(confirmation.checkoutId());
    }

    private static Incoming incoming(Confirmation confirmation, @Nullable UUID bill) {
        return new Incoming(
                confirmation.teamId(),
                bill,
                PaymentMethod.STRIPE,
                confirmation.amount(),
                confirmation.receivedOn(),
                confirmation.externalId(),
                confirmation.payer(),
                null,
                null);
    }
}
