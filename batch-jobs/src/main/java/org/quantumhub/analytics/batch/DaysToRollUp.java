package org.quantumhub.analytics.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Reads the days of the job, one after the other. The checkpoint is the next of them.
@Named
@Dependent
public class DaysToRollUp extends AbstractItemReader {

    @Inject
    @BatchProperty
    String from;

    @Inject
    @BatchProperty
    String to;

    private LocalDate next = LocalDate.EPOCH;

    @Override
    public void open(@Nullable Serializable checkpoint) {
        next = checkpoint instanceof LocalDate day ? day : LocalDate.parse(from);
    }

    @Override
    public @Nullable Object readItem() {
        if (!next.isBefore(LocalDate.parse(to))) {
            return null;
        }
        LocalDate day = next;
        next = day.plusDays(1);
        return day;
    }

    @Override
    public Serializable checkpointInfo() {
        return next;
    }
}
