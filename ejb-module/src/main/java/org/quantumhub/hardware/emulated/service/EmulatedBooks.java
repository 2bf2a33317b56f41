package org.quantumhub.hardware.emulated.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.EmulatedTaskRegister;
import org.quantumhub.hardware.EmulatedTaskRegister.Entry;
import org.quantumhub.hardware.EmulatedTaskRegister.Order;
import org.quantumhub.shared.service.Database;

/// The transactions of the emulated devices. Each is one of its own, as a call to somebody outside would be.
@ApplicationScoped
public class EmulatedBooks {

    private static final int LEASE_SECONDS = 120;

    @Inject
    Database database;

    @Inject
    EmulatedTaskRegister register;

    @Transactional(TxType.REQUIRES_NEW)
    UUID order(Order order, Instant startsAt) {
        return database.asBackground(connection -> register.add(connection, order, startsAt));
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<Entry> find(String token) {
        return database.asBackground(connection -> register.find(connection, token));
    }

    @Transactional(TxType.REQUIRES_NEW)
    List<Entry> list(Collection<UUID> ids) {
        return database.asBackground(connection -> register.list(connection, ids));
    }

    @Transactional(TxType.REQUIRES_NEW)
    List<Entry> since(Instant from) {
        return database.asBackground(connection -> register.since(connection, from));
    }

    @Transactional(TxType.REQUIRES_NEW)
    List<Entry> begin(UUID runner, int atMost) {
        return database.asBackground(connection -> register.begin(connection, runner, LEASE_SECONDS, atMost));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void end(UUID id, @Nullable String result, @Nullable String failure) {
        database.asBackground(connection -> {
            register.end(connection, id, result, failure);
            return id;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    void cancel(UUID id) {
        database.asBackground(connection -> {
            register.cancel(connection, id);
            return id;
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<String> result(UUID id) {
        return database.asBackground(connection -> register.result(connection, id));
    }
}
