package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Settings of billing.
@ApplicationScoped
public class BillingConfig {

    @Inject
    @ConfigProperty(name = "hub.billing.welcome-credit", defaultValue = "100.00")
    BigDecimal welcomeCredit;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.name", defaultValue = "Quantum Hub")
    String sellerName;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.street")
    Optional<String> sellerStreet;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.postal-code")
    Optional<String> sellerPostalCode;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.city")
    Optional<String> sellerCity;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.country")
    Optional<String> sellerCountry;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.tax-id")
    Optional<String> sellerTaxId;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.email")
    Optional<String> sellerEmail;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.bank")
    Optional<String> sellerBank;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.iban")
    Optional<String> sellerIban;

    @Inject
    @ConfigProperty(name = "hub.billing.seller.bic")
    Optional<String> sellerBic;

    @Inject
    @ConfigProperty(name = "hub.billing.payment-days", defaultValue = "14")
    int paymentDays;

    @Inject
    @ConfigProperty(name = "hub.billing.close-monthly", defaultValue = "true")
    boolean closeMonthly;

    @Inject
    @ConfigProperty(name = "hub.billing.close-grace-minutes", defaultValue = "60")
    int closeGraceMinutes;

    @Inject
    @ConfigProperty(name = "hub.billing.stripe.api-key")
    Optional<String> stripeApiKey;

    @Inject
    @ConfigProperty(name = "hub.billing.stripe.webhook-secret")
    Optional<String> stripeWebhookSecret;

    @Inject
    @ConfigProperty(name = "hub.billing.stripe.api-base", defaultValue = "https://api.stripe.com")
    String stripeApiBase;

    @Inject
    @ConfigProperty(name = "hub.billing.stripe.return-url", defaultValue = "http://localhost:9080/")
    String stripeReturnUrl;

    /// What a new team finds in its wallet, in its own currency; 0 gives nothing.
    public BigDecimal welcomeCredit() {
        return welcomeCredit;
    }

    /// Who sells, as bills show it; what is not set is left out.
    public String seller() {
        JsonObjectBuilder seller = Json.createObjectBuilder().add("name", sellerName);
        add(seller, "street", sellerStreet);
        add(seller, "postalCode", sellerPostalCode);
        add(seller, "city", sellerCity);
        add(seller, "country", Optional.ofNullable(sellerCountry()));
        add(seller, "taxId", sellerTaxId);
        add(seller, "email", sellerEmail);
        add(seller, "bank", sellerBank);
        add(seller, "iban", sellerIban);
        add(seller, "bic", sellerBic);
        return seller.build().toString();
    }

    private static void add(JsonObjectBuilder seller, String member, Optional<String> value) {
        value.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> seller.add(member, text));
    }

    /// Two letters; null when it is not set, and no tax is charged then.
    public @Nullable String sellerCountry() {
        return sellerCountry
                .map(country -> country.strip().toUpperCase(Locale.ROOT))
                .filter(country -> country.matches("[A-Z]{2}"))
                .orElse(null);
    }

    /// How many days a bill gives to pay it.
    public int paymentDays() {
        return paymentDays;
    }

    /// Whether the last month is billed by itself when it is over.
    public boolean closesMonthly() {
        return closeMonthly;
    }

    /// How long after its end a period is left open for what is still on its way.
    public int closeGraceMinutes() {
        return closeGraceMinutes;
    }

    /// Empty while Stripe is not used.
    public Optional<String> stripeApiKey() {
        return stripeApiKey.filter(key -> !key.isBlank());
    }

    /// What Stripe signs its events with.
    public Optional<String> stripeWebhookSecret() {
        return stripeWebhookSecret.filter(secret -> !secret.isBlank());
    }

    public String stripeApiBase() {
        return stripeApiBase;
    }

    /// Where Stripe sends people when they have paid.
    public String stripeReturnUrl() {
        return stripeReturnUrl;
    }
}
