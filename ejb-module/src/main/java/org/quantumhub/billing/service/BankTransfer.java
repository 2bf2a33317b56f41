package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Payment by transfer to the seller's account. Bank statements, or people, tell when it has come.
@ApplicationScoped
public class BankTransfer implements PaymentGateway {

    @Inject
    BillingConfig config;

    @Override
    public String name() {
        return "BANK";
    }

    @Override
    public boolean isReady() {
        return seller().containsKey("iban");
    }

    private JsonObject seller() {
        try (JsonReader reader = Json.createReader(new StringReader(config.seller()))) {
            return reader.readObject();
        }
    }

    @Override
    public Checkout begin(Order order) {
        JsonObject seller = seller();
        if (!seller.containsKey("iban")) {
            throw new HubException(ProblemCode.GATEWAY_UNAVAILABLE, "No bank account is set up here.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Transfer " + order.amount().amount().stripTrailingZeros().toPlainString() + " "
                + order.amount().currency() + " to " + seller.getString("name"));
        lines.add("IBAN " + seller.getString("iban"));
        if (seller.containsKey("bic")) {
            lines.add("BIC " + seller.getString("bic"));
        }
        lines.add("Remittance information: "
                + (order.billNumber() == null ? "Team " + order.teamId() : order.billNumber()));
        return new Checkout(null, null, lines);
    }
}
