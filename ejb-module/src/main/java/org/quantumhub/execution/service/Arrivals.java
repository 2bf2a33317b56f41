package org.quantumhub.execution.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.quantumhub.execution.Arrival;
import org.quantumhub.execution.service.JobBirths.Birth;
import org.quantumhub.shared.service.GroupWriter;
import org.quantumhub.shared.service.HubThreads;

/// Where submissions wait to be written, many in one transaction.
@ApplicationScoped
public class Arrivals {

    private static final int LARGEST_GROUP = 128;

    @Inject
    ExecutionConfig config;

    @Inject
    HubThreads threads;

    @Inject
    JobBirths births;

    private GroupWriter<Arrival, Birth> writer;

    @SuppressWarnings("NullAway") // filled by prepare
    public Arrivals() {}

    @PostConstruct
    void prepare() {
        writer = new GroupWriter<>(
                config.submissionQueue(), LARGEST_GROUP, config.pace(), threads.pool(), births::write);
    }

    /// The answer comes when the job is on disk.
    CompletionStage<Birth> write(Arrival arrival) {
        return writer.write(arrival);
    }

    /// How many come together, usually and just now.
    double crowd() {
        return writer.crowd();
    }
}
