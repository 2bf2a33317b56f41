package org.quantumhub.analytics.batch;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.List;
import org.quantumhub.analytics.service.UsageReports;

/// Rolls a day up in the chunk's own transaction.
@Named
@Dependent
public class DayWriter extends AbstractItemWriter {

    @Inject
    UsageReports reports;

    @Override
    public void writeItems(List<Object> days) {
        days.forEach(day -> reports.rollUp((LocalDate) day));
    }
}
