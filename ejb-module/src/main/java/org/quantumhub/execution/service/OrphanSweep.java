package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.quantumhub.execution.StoredResults;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.ObjectStore;
import org.quantumhub.shared.service.ObjectStore.Stored;

/// Removes results from the object store that belong to no row: a server died between the store and the settlement, or
/// the store did not answer when the result was to go.
///
/// An object is looked at when it is old enough that whatever wrote it has been settled or given up long ago, and is
/// spared as long as a row tells of it or its job has not ended. Two servers that sweep at once do no harm.
@ApplicationScoped
public class OrphanSweep {

    private static final Logger LOG = System.getLogger(OrphanSweep.class.getName());

    @Inject
    ObjectStore store;

    @Inject
    StoredResults results;

    @Inject
    Database database;

    @Inject
    ExecutionConfig config;

    @Inject
    Clock clock;

    /// Goes through the whole store.
    ///
    /// @return how many objects were removed
    /// @throws org.quantumhub.shared.HubException `UNAVAILABLE` when the store cannot be reached
    int sweep() {
        Instant oldEnough = clock.instant().minus(Duration.ofHours(config.orphanHours()));
        AtomicInteger removed = new AtomicInteger();
        store.walk(StoredResults.KIND, page -> removed.addAndGet(remove(page, oldEnough)));
        if (removed.get() > 0) {
            LOG.log(Level.INFO, "results that belong to no job removed objects={0}", removed.get());
        }
        return removed.get();
    }

    private int remove(List<Stored> page, Instant oldEnough) {
        List<String> old = page.stream()
                .filter(stored -> stored.since().isBefore(oldEnough))
                .map(Stored::path)
                .toList();
        List<String> orphans = database.asBackground(connection -> results.orphans(connection, old));
        if (!orphans.isEmpty()) {
            store.delete(orphans);
        }
        return orphans.size();
    }
}
