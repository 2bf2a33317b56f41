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
import org.quantumhub.hardware.DeviceRegister.Price;
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
        Price told = device.price();
        Priced known = told == null || !config.learnPrices()
                ? null
                : books.last(device.deviceArn()).orElse(null);
        if (told == null || known == null) {
            return;
        }
        List<PriceVersion> versions = prices.history(known.slug(), null, 2).stream()
                .filter(version -> version.currency().equals(CURRENCY))
                .toList();
        PriceVersion newest = versions.isEmpty() ? null : versions.getFirst();
        if (follows(
                newest == null ? null : newest.components().perShot(),
                versions.size() == 1,
                known.perShot(),
                told.perShot())) {
            announce(known.slug(), newest, told);
        }
        if (known.perShot() == null || known.perShot().compareTo(told.perShot()) != 0) {
            books.note(known.slug(), told);
        }
    }

    /// Whether the list follows.
    ///
    /// @param listed what a shot costs by the version that no other follows; null when there is none at all
    /// @param only whether it is the first version
    /// @param last what the provider asked for before
    static boolean follows(@Nullable BigDecimal listed, boolean only, @Nullable BigDecimal last, BigDecimal told) {
        if (listed == null) {
            return true;
        }
        boolean ours = last == null ? only : listed.compareTo(last) == 0;
        return ours && listed.compareTo(told) != 0;
    }

    private void announce(String slug, @Nullable PriceVersion newest, Price told) {
        BigDecimal fee = newest == null ? told.taskFee() : newest.components().taskFee();
        BigDecimal least = newest == null ? told.taskFee() : newest.components().minimumCost();
        try {
            prices.announce(
                    slug,
                    new PriceComponents(fee, told.perShot(), BigDecimal.ZERO, BigDecimal.ZERO, least),
                    CURRENCY,
                    null);
            LOG.log(Level.INFO, "price learned backend={0} perShot={1}", slug, told.perShot());
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
        public void note(String slug, Price told) {
            database.asBackground(connection -> {
                register.priced(connection, slug, told);
                return slug;
            });
        }
    }
}
