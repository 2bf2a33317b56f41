package org.quantumhub.billing.service;

import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Payment through Stripe Checkout: a session is the page people pay at, and a signed event tells when they have. The
/// session carries team and bill as metadata, so that its event is understood whatever happened here meanwhile.
@ApplicationScoped
public class StripeGateway implements PaymentGateway {

    private static final Logger LOG = System.getLogger(StripeGateway.class.getName());
    private static final long TOLERANCE_SECONDS = 300;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 15_000;
    private static final Set<String> PAID_EVENTS =
            Set.of("checkout.session.completed", "checkout.session.async_payment_succeeded");

    @Inject
    BillingConfig config;

    @Inject
    Clock clock;

    @Override
    public String name() {
        return "STRIPE";
    }

    @Override
    public boolean isReady() {
        return config.stripeApiKey().isPresent();
    }

    @Override
    public Checkout begin(Order order) {
        StripeClient client = StripeClient.builder()
                .setApiKey(config.stripeApiKey().orElseThrow(StripeGateway::notSetUp))
                .setApiBase(config.stripeApiBase())
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(READ_MILLIS)
                .setMaxNetworkRetries(2)
                .build();
        // the same attempt asked for twice is one session
        RequestOptions once = RequestOptions.builder()
                .setIdempotencyKey(order.id().toString())
                .build();
        try {
            Session session = client.v1().checkout().sessions().create(parameters(order), once);
            return new Checkout(session.getId(), session.getUrl(), List.of());
        } catch (StripeException e) {
            LOG.log(Level.WARNING, "stripe refused code={0} request={1}", e.getCode(), e.getRequestId());
            throw new HubException(ProblemCode.GATEWAY_UNAVAILABLE, "Stripe did not open a checkout.", e);
        }
    }

    private SessionCreateParams parameters(Order order) {
        String back = config.stripeReturnUrl();
        LineItem line = LineItem.builder()
                .setQuantity(1L)
                .setPriceData(LineItem.PriceData.builder()
                        .setCurrency(order.amount().currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                        .setUnitAmount(minor(order.amount()))
                        .setProductData(LineItem.PriceData.ProductData.builder()
                                .setName(order.text())
                                .build())
                        .build())
                .build();
        SessionCreateParams.Builder session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setClientReferenceId(order.id().toString())
                .putMetadata("hub_team", order.teamId().toString())
                .setPaymentIntentData(PaymentIntentData.builder()
                        .setDescription(order.text())
                        .putMetadata("hub_team", order.teamId().toString())
                        .build())
                .addLineItem(line)
                .setSuccessUrl(back)
                .setCancelUrl(back);
        if (order.billId() != null) {
            session.putMetadata("hub_bill", order.billId().toString());
        }
        if (order.email() != null) {
            session.setCustomerEmail(order.email());
        }
        return session.build();
    }

    /// Stripe counts in the smallest unit of a currency.
    private static long minor(Money money) {
        int digits = Math.max(0, money.currency().getDefaultFractionDigits());
        return money.amount().movePointRight(digits).longValueExact();
    }

    /// Reads an event that says to come from Stripe.
    ///
    /// @param signature the header `Stripe-Signature`
    /// @return what was paid; empty for events that tell of something else
    /// @throws HubException `INVALID_SIGNATURE` when it is not signed with the webhook's secret, or too long ago
    public Optional<Confirmation> read(String payload, @Nullable String signature) {
        String secret = config.stripeWebhookSecret().orElseThrow(StripeGateway::notSetUp);
        try {
            Webhook.Signature.verifyHeader(
                    payload, signature == null ? "" : signature, secret, TOLERANCE_SECONDS, clock);
        } catch (SignatureVerificationException e) {
            throw new HubException(ProblemCode.INVALID_SIGNATURE, "This event is not signed by Stripe.", e);
        }
        try (JsonReader reader = Json.createReader(new StringReader(payload))) {
            JsonObject event = reader.readObject();
            JsonObject session = event.getJsonObject("data").getJsonObject("object");
            boolean paid = PAID_EVENTS.contains(event.getString("type"))
                    && session.getString("payment_status", "").equals("paid");
            JsonObject metadata = object(session, "metadata");
            return paid && metadata.containsKey("hub_team")
                    ? Optional.of(confirmation(event, session, metadata))
                    : Optional.empty();
        } catch (JsonException | NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new HubException(ProblemCode.MALFORMED_JSON, "This event cannot be read.", e);
        }
    }

    private static Confirmation confirmation(JsonObject event, JsonObject session, JsonObject metadata) {
        Currency currency = Currency.getInstance(session.getString("currency").toUpperCase(Locale.ROOT));
        BigDecimal amount = BigDecimal.valueOf(
                session.getJsonNumber("amount_total").longValueExact(),
                Math.max(0, currency.getDefaultFractionDigits()));
        String bill = metadata.getString("hub_bill", "");
        String payer = object(session, "customer_details").getString("name", "");
        return new Confirmation(
                session.getString("payment_intent", session.getString("id")),
                session.getString("id"),
                UUID.fromString(metadata.getString("hub_team")),
                bill.isEmpty() ? null : UUID.fromString(bill),
                new Money(amount, currency),
                LocalDate.ofInstant(
                        Instant.ofEpochSecond(event.getJsonNumber("created").longValueExact()), ZoneOffset.UTC),
                payer.isEmpty() ? null : payer.substring(0, Math.min(200, payer.length())));
    }

    private static JsonObject object(JsonObject json, String member) {
        JsonValue value = json.getOrDefault(member, JsonValue.EMPTY_JSON_OBJECT);
        return value.getValueType() == JsonValue.ValueType.OBJECT ? value.asJsonObject() : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static HubException notSetUp() {
        return new HubException(ProblemCode.GATEWAY_UNAVAILABLE, "Stripe is not set up here.");
    }
}
