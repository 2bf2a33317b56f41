package org.quantumhub.analytics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.quantumhub.analytics.UsageBook;
import org.quantumhub.analytics.UsageBook.Requests;
import org.quantumhub.shared.service.Database;

/// Counts requests in memory and writes them down from time to time. A server that is killed loses the counts of a few
/// seconds; nobody is charged by them.
@ApplicationScoped
public class RequestCounts {

    /// More kinds of requests than this are not told apart between two writings.
    private static final int MOST = 50_000;

    @Inject
    UsageBook book;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private volatile Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    private record Key(UUID teamId, UUID userId, String endpoint) {}

    /// @param endpoint the door, not the address: `GET /jobs/{id}`
    public void count(UUID teamId, UUID userId, String endpoint) {
        Map<Key, LongAdder> now = counts;
        Key key = new Key(teamId, userId, endpoint);
        LongAdder adder = now.get(key);
        if (adder == null && now.size() < MOST) {
            adder = now.computeIfAbsent(key, any -> new LongAdder());
        }
        if (adder != null) {
            adder.increment();
        }
    }

    /// Writes down what was counted since the last time.
    @Transactional(TxType.REQUIRES_NEW)
    public void write() {
        Map<Key, LongAdder> counted = counts;
        if (counted.isEmpty()) {
            return;
        }
        counts = new ConcurrentHashMap<>();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Requests> requests = new ArrayList<>(counted.size());
        counted.forEach((key, count) ->
                requests.add(new Requests(today, key.teamId(), key.userId(), key.endpoint(), count.sum())));
        database.asBackground(connection -> {
            book.count(connection, requests);
            return true;
        });
    }
}
