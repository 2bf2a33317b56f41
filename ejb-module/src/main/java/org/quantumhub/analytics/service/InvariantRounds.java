package org.quantumhub.analytics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.quantumhub.analytics.service.InvariantWatch.Broken;
import org.quantumhub.analytics.service.InvariantWatch.Report;

/// A look at all invariants, each asked in a transaction of its own.
@ApplicationScoped
public class InvariantRounds {

    @Inject
    InvariantWatch watch;

    /// Asks all of them.
    public Report look() {
        List<Broken> broken = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        var queries = InvariantWatch.queries();
        queries.forEach((name, query) -> {
            try {
                List<String> rows = watch.ask(query);
                if (!rows.isEmpty()) {
                    broken.add(new Broken(name, rows));
                }
            } catch (RuntimeException e) {
                unanswered.add(name);
            }
        });
        Report report = new Report(watch.now(), queries.size(), List.copyOf(broken), List.copyOf(unanswered));
        watch.found(report);
        return report;
    }
}
