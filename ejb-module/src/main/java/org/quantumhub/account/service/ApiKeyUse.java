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
import java.util.function.Predicate;
import org.quantumhub.account.KeyUsage;
import org.quantumhub.account.KeyUsage.Used;
import org.quantumhub.shared.service.Database;

/// Counts what keys are used for: gathered in memory, written by the [AccountTimer], so that no request pays for it.
@ApplicationScoped
public class ApiKeyUse {

    private static final int PARTS = 10;

    @Inject
    Database database;

    @Inject
    KeyUsage usage;

    private final Map<Counted, AtomicLong> counts = new ConcurrentHashMap<>();

    /// Whose counts were written last; only the timer asks.
    private int part;

    private record Counted(UUID keyId, UUID userId, String endpoint) {}

    void note(UUID keyId, UUID userId, String endpoint) {
        counts.computeIfAbsent(new Counted(keyId, userId, endpoint), key -> new AtomicLong())
                .incrementAndGet();
    }

    /// Writes a part of the counts down, each part in turn: all at once would hold up who comes at that moment.
    @Transactional
    void writePart() {
        part = (part + 1) % PARTS;
        write(keyId -> Math.floorMod(keyId.hashCode(), PARTS) == part);
    }

    @Transactional
    void writeAll() {
        write(keyId -> true);
    }

    private void write(Predicate<UUID> whose) {
        List<Used> used = new ArrayList<>();
        counts.forEach((counted, count) -> {
            if (!whose.test(counted.keyId())) {
                return;
            }
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
