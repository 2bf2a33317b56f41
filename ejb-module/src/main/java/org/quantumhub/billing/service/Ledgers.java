package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import org.quantumhub.billing.LedgerRepository;
import org.quantumhub.billing.LedgerRepository.Filter;
import org.quantumhub.billing.LedgerSeals;
import org.quantumhub.billing.LedgerSeals.Verification;
import org.quantumhub.billing.LedgerTransfer;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.service.Database;

/// Reading the ledger, sealing it and checking the seals.
@ApplicationScoped
public class Ledgers {

    /// Younger transfers are not sealed yet: one with a smaller number may still be on its way to its commit.
    private static final int RIPE_SECONDS = 300;

    @Inject
    LedgerRepository repository;

    @Inject
    LedgerSeals seals;

    @Inject
    Database database;

    /// The transfers of the caller's team, newest first, one more than asked for when there are more.
    @Transactional
    public List<LedgerTransfer> list(Caller caller, Filter filter) {
        return repository.list(caller.teamId(), filter);
    }

    /// Seals the next block of transfers.
    ///
    /// @return how many; 0 when there is nothing to seal
    @Transactional(TxType.REQUIRES_NEW)
    public int seal() {
        return database.asBackground(connection -> seals.seal(connection, RIPE_SECONDS));
    }

    /// Computes the whole chain again.
    @Transactional
    public Verification verify() {
        return database.asBackground(seals::verify);
    }
}
