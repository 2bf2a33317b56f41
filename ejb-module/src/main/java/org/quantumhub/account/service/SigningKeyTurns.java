package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.SigningKeyStore;
import org.quantumhub.account.SigningKeyStore.Stored;
import org.quantumhub.account.service.SigningKeys.Sealed;
import org.quantumhub.shared.service.Database;

/// The short transactions of the ring of signing keys.
@ApplicationScoped
public class SigningKeyTurns {

    /// A token lives for fifteen minutes; clocks differ, and servers read the ring every half minute.
    private static final int OUTLIVED_SECONDS = 20 * 60;

    @Inject
    Database database;

    @Inject
    SigningKeyStore store;

    @Transactional(TxType.REQUIRES_NEW)
    List<Stored> all() {
        return database.asBackground(store::all);
    }

    @Transactional(TxType.REQUIRES_NEW)
    void add(Sealed key) {
        database.asBackground(connection -> {
            store.add(connection, key.kid(), key.publicJwk(), key.privateSealed(), key.afterSeconds());
            return key;
        });
    }

    /// Adds the first key, unless another server has just done so.
    @Transactional(TxType.REQUIRES_NEW)
    void addFirst(Function<List<Stored>, ? extends @Nullable Object> usable, Supplier<Sealed> make) {
        database.asBackground(connection -> {
            store.lock(connection);
            if (usable.apply(store.all(connection)) == null) {
                Sealed key = make.get();
                store.add(connection, key.kid(), key.publicJwk(), key.privateSealed(), key.afterSeconds());
            }
            return store;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void removeOutlived() {
        database.asBackground(connection -> store.removeOutlived(connection, OUTLIVED_SECONDS));
    }
}
