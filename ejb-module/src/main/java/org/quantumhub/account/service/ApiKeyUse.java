package org.quantumhub.account.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.quantumhub.account.KeyUsage;
import org.quantumhub.account.KeyUsage.Used;
import org.quantumhub.shared.service.Database;

/// Counts what keys are used for: gathered in memory, written by the [AccountTimer], so that no request pays for it.
@ApplicationScoped
public class ApiKeyUse {

    @Inject
    Database database;

    @Inject
    KeyUsage usage;

    private final Map<Counted, AtomicLong> counts = new ConcurrentHashMap<>();

    private record Counted(UUID keyId, UUID userId, String endpoint) {}

    void note(UUID keyId, UUID userId, String endpoint) {
        counts.computeIfAbsent(new Counted(keyId, userId, endpoint), key -> new AtomicLong())
                .incrementAndGet();
    }

    @Transactional
    void write() {
        List<Used> used = new ArrayList<>();
        counts.forEach((counted, count) -> {
            long requests = count.getAndSet(0);
            if (requests > 0) {
                used.add(new Used(counted.keyId(), counted.userId(), counted.endpoint(), requests));
            } else {
                // a request that counts at this very moment starts a new count
                counts.remove(counted, count);
                long late = count.getAndSet(0);
                if (late > 0) {
                    used.add(new Used(counted.keyId(), counted.userId(), counted.endpoint(), late));
                }
            }
        });
        if (!used.isEmpty()) {
            database.asBackground(connection -> {
                usage.add(connection, used);
                return used;
            });
        }
    }
}
