package org.quantumhub.billing.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.quantumhub.billing.service.Invoicing;

/// Writes the bills of a chunk of teams in the chunk's own transaction, with its checkpoint.
@Named
@Dependent
public class BillWriter extends AbstractItemWriter {

    @Inject
    Invoicing invoicing;

    @Inject
    @BatchProperty
    String month;

    @Inject
    @BatchProperty
    String billingDate;

    @Inject
    @BatchProperty
    String issue;

    @Override
    public void writeItems(List<Object> teams) {
        invoicing.drawUp(
                teams.stream().map(UUID.class::cast).toList(),
                YearMonth.parse(month),
                LocalDate.parse(billingDate),
                Boolean.parseBoolean(issue));
    }
}
