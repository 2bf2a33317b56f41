package org.quantumhub.execution.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.service.Lanes;

/// Reads claimed jobs; at the start of a chunk it claims the next ones, waiting for some if there are none. The end of
/// the input is the end of the lane: the server stops, or there was nothing to do for a long time.
@Named
@Dependent
public class ClaimReader extends AbstractItemReader {

    private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    @Inject
    Lanes lanes;

    @Inject
    StepContext step;

    @Inject
    @BatchProperty
    String lane;

    private final Claim claim = new Claim();
    private long claimedAt = System.nanoTime();

    @Override
    public void open(@Nullable Serializable checkpoint) {
        // a checkpoint is of no use: what an earlier execution had claimed comes back through its leases
        step.setTransientUserData(claim);
        lanes.opened(number());
    }

    @Override
    public @Nullable Object readItem() {
        if (claim.isRead()) {
            List<ClaimedJob> jobs = lanes.next(number(), IDLE_MILLIS, System.nanoTime() - claimedAt);
            claimedAt = System.nanoTime();
            claim.take(jobs);
        }
        return claim.next();
    }

    @Override
    public void close() {
        lanes.closed(number(), claim.unsettled());
    }

    private int number() {
        return Integer.parseInt(lane);
    }
}
