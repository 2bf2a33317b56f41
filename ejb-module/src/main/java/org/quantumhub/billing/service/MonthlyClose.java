package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Bills the last month when it is over. Several servers may come to it at once: what one has billed the others find
/// billed.
@ApplicationScoped
public class MonthlyClose {

    private static final Logger LOG = System.getLogger(MonthlyClose.class.getName());

    @Inject
    Invoicing invoicing;

    @Inject
    BillingConfig config;

    @Inject
    Clock clock;

    /// Starts the close of the last month if there is something left to bill.
    void closeIfDue() {
        YearMonth last = YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .minusMonths(1);
        if (!config.closesMonthly() || !invoicing.hasUnbilled(last)) {
            return;
        }
        try {
            long run = invoicing.close(last, true);
            LOG.log(Level.INFO, "billing close started month={0} run={1}", last, run);
        } catch (HubException open) {
            if (open.code() != ProblemCode.PERIOD_OPEN) {
                throw open;
            }
        }
    }
}
