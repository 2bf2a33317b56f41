package org.quantumhub.billing.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.service.Invoicing;

/// Reads the teams with something to bill, in the order of their ids. The checkpoint is the last of them.
@Named
@Dependent
public class TeamsToBill extends AbstractItemReader {

    private static final int PAGE = 200;

    @Inject
    Invoicing invoicing;

    @Inject
    @BatchProperty
    String month;

    private final Deque<UUID> page = new ArrayDeque<>();
    private UUID last = new UUID(0, 0);

    @Override
    public void open(@Nullable Serializable checkpoint) {
        if (checkpoint instanceof UUID team) {
            last = team;
        }
    }

    @Override
    public @Nullable Object readItem() {
        if (page.isEmpty()) {
            page.addAll(invoicing.teams(YearMonth.parse(month), last, PAGE));
        }
        UUID team = page.poll();
        if (team != null) {
            last = team;
        }
        return team;
    }

    @Override
    public Serializable checkpointInfo() {
        return last;
    }
}
