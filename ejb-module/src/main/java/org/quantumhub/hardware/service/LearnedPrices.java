package org.quantumhub.hardware.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.PriceComponents;
import org.quantumhub.billing.PriceVersion;
import org.quantumhub.billing.service.Prices;
import org.quantumhub.hardware.DeviceRegister;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.DeviceRegister.Priced;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;

/// Lets the price list follow what providers ask for. A price that the billing office has set is never touched: only
/// the
/// first version of a backend, and versions that were learned themselves, are followed by the next.
@ApplicationScoped
public class LearnedPrices {

    private static final Logger LOG = System.getLogger(LearnedPrices.class.getName());
    private static final String CURRENCY = "USD";

    @Inject
    Prices prices;

    @Inject
    HardwareConfig config;

    @Inject
    Books books;

    /// Learns the price of a device, if it tells one.
    public void learn(Learned device) {
        PriceComponents told = device.price();
        Priced known = told == null || !config.learnPrices()
                ? null
                : books.last(device.deviceArn()).orElse(null);
        if (told == null || known == null) {
            return;
        }
        List<PriceComponents> listed = prices.history(known.slug(), null, 2).stream()
                .filter(version -> version.currency().equals(CURRENCY))
                .map(PriceVersion::components)
                .toList();
        PriceComponents newest = listed.isEmpty() ? null : listed.getFirst();
        PriceComponents last = known.last();
        if (follows(newest, listed.size() == 1, last, told)) {
            announce(known.slug(), next(newest, told));
        }
        if (last == null || !last.hasRatesOf(told)) {
            books.note(known.slug(), told);
        }
    }

    /// Whether the list follows.
    ///
    /// @param listed the version that no other follows; null when there is none at all
    /// @param only whether it is the first version
    /// @param last what the provider asked for before
    static boolean follows(
            @Nullable PriceComponents listed, boolean only, @Nullable PriceComponents last, PriceComponents told) {
        if (listed == null) {
            return true;
        }
        boolean ours = last == null ? only : listed.hasRatesOf(last);
        return ours && !listed.hasRatesOf(told);
    }

    /// What follows in the list. Between prices by the shot the fee and the minimum are the billing office's; a price
    /// by
    /// time is the provider's as a whole, because its minimum is a time too.
    static PriceComponents next(@Nullable PriceComponents listed, PriceComponents told) {
        return listed == null || listed.isTimed() || told.isTimed()
                ? told
                : new PriceComponents(
                        listed.taskFee(), told.perShot(), BigDecimal.ZERO, BigDecimal.ZERO, listed.minimumCost());
    }

    private void announce(String slug, PriceComponents price) {
        try {
            prices.announce(slug, price, CURRENCY, null);
            LOG.log(
                    Level.INFO,
                    "price learned backend={0} perShot={1} perSecond={2}",
                    slug,
                    price.perShot(),
                    price.perSecond());
        } catch (HubException planned) {
            // another server was faster, or the billing office has planned something
            if (planned.code() != ProblemCode.PRICE_PLANNED) {
                throw planned;
            }
        }
    }

    /// Its transactions.
    @ApplicationScoped
    public static class Books {

        @Inject
        Database database;

        @Inject
        DeviceRegister register;

        @Transactional(TxType.REQUIRES_NEW)
        public Optional<Priced> last(String deviceArn) {
            return database.asBackground(connection -> register.lastPrice(connection, deviceArn));
        }

        @Transactional(TxType.REQUIRES_NEW)
        public void note(String slug, PriceComponents told) {
            database.asBackground(connection -> {
                register.priced(connection, slug, told);
                return slug;
            });
        }
    }
}
