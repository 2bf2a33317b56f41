package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of billing.
@ApplicationScoped
public class BillingConfig {

    @Inject
    @ConfigProperty(name = "hub.billing.welcome-credit", defaultValue = "100.00")
    BigDecimal welcomeCredit;

    /// What a new team finds in its wallet, in its own currency; 0 gives nothing.
    public BigDecimal welcomeCredit() {
        return welcomeCredit;
    }
}
