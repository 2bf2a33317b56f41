package org.quantumhub.hardware.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.DeviceRegister;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.Provider;
import org.quantumhub.shared.service.Database;

/// Learns from the providers which devices they have, how those are, and what was measured of them.
@ApplicationScoped
public class CatalogueRefresh {

    private static final Logger LOG = System.getLogger(CatalogueRefresh.class.getName());

    @Inject
    Providers providers;

    @Inject
    ProviderCredentials credentials;

    @Inject
    Catalogue catalogue;

    @Inject
    RefreshTransaction transaction;

    @Inject
    LearnedPrices prices;

    /// Reads the catalogue of every provider that can be asked.
    public void refresh() {
        for (Provider provider : catalogue.providers()) {
            providers.of(provider.adapter()).filter(adapter -> ready(provider)).ifPresent(adapter -> {
                try {
                    List<Learned> devices = credentials.in(Account.HUB, adapter::devices);
                    transaction.learn(provider.slug(), devices);
                    devices.forEach(prices::learn);
                    LOG.log(Level.INFO, "catalogue read provider={0} devices={1}", provider.slug(), devices.size());
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "catalogue not read provider={0}: {1}", provider.slug(), e.toString());
                    transaction.failed(provider.slug(), String.valueOf(e.getMessage()));
                }
            });
        }
    }

    private boolean ready(Provider provider) {
        return catalogue.all().stream()
                .anyMatch(backend -> backend.isProvided()
                        && backend.provider().slug().equals(provider.slug())
                        && providers.notReady(backend).isEmpty());
    }

    /// Its transactions.
    @ApplicationScoped
    public static class RefreshTransaction {

        @Inject
        Database database;

        @Inject
        DeviceRegister register;

        @Transactional(TxType.REQUIRES_NEW)
        public void learn(String provider, List<Learned> devices) {
            database.asBackground(connection -> {
                for (Learned device : devices) {
                    register.learn(connection, provider, slug(provider, device), device);
                }
                register.refreshed(connection, provider, null);
                return devices;
            });
        }

        @Transactional(TxType.REQUIRES_NEW)
        public void failed(String provider, @Nullable String reason) {
            database.asBackground(connection -> {
                String text = String.valueOf(reason);
                register.refreshed(connection, provider, text.length() > 500 ? text.substring(0, 500) : text);
                return provider;
            });
        }

        private static String slug(String provider, Learned device) {
            String words =
                    (provider + "-" + device.name()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            return words.length() > 100 ? words.substring(0, 100) : words;
        }
    }
}
