package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.quantumhub.billing.CheckoutRegister;
import org.quantumhub.billing.service.PaymentGateway.Order;
import org.quantumhub.shared.service.Database;

/// Keeps which payments were begun at a gateway, each step in a transaction of its own.
@ApplicationScoped
public class CheckoutBook {

    @Inject
    CheckoutRegister register;

    @Inject
    Database database;

    @Transactional
    public void opened(Order order, String gateway, String externalId) {
        database.asBackground(connection -> {
            register.open(connection, order.id(), order.teamId(), order.billId(), gateway, externalId, order.amount());
            return true;
        });
    }

    @Transactional
    public void paid(String externalId) {
        database.asBackground(connection -> {
            register.paid(connection, externalId);
            return true;
        });
    }
}
