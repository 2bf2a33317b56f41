package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;

/// Finds wallets.
@ApplicationScoped
public class WalletRepository {

    @PersistenceContext(unitName = "hub")
    EntityManager entities;

    public Optional<Wallet> find(UUID teamId) {
        return Optional.ofNullable(entities.find(Wallet.class, teamId));
    }
}
