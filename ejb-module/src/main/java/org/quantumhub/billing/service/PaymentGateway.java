package org.quantumhub.billing.service;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// A way for people to pay: it says where, and tells later that they have.
public interface PaymentGateway {

    /// What is to be paid.
    ///
    /// @param id the hub's word for this attempt; the same one begun again is the same payment
    /// @param billId null for money paid in advance
    /// @param text what the payer reads
    /// @param email the payer's, if known
    record Order(
            UUID id,
            UUID teamId,
            @Nullable UUID billId,
            @Nullable String billNumber,
            Money amount,
            String text,
            @Nullable String email) {}

    /// Where to pay.
    ///
    /// @param externalId the gateway's word for it; null where there is none
    /// @param url the page to pay at; null where there is none
    /// @param instructions what to do, line by line, where there is no page
    record Checkout(@Nullable String externalId, @Nullable String url, List<String> instructions) {

        public Checkout {
            instructions = List.copyOf(instructions);
        }
    }

    /// Money that a gateway says has been paid.
    ///
    /// @param externalId the gateway's word for the payment
    /// @param checkoutId the gateway's word for the attempt
    record Confirmation(
            String externalId,
            String checkoutId,
            UUID teamId,
            @Nullable UUID billId,
            Money amount,
            LocalDate receivedOn,
            @Nullable String payer) {}

    /// The word by which people choose it.
    String name();

    /// Whether it is set up here.
    boolean isReady();

    /// @throws HubException `GATEWAY_UNAVAILABLE` when it is not set up, refuses or does not answer
    Checkout begin(Order order);
}
