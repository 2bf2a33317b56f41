package org.quantumhub.audit.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.quantumhub.audit.AuditEntry;
import org.quantumhub.audit.AuditFilter;

/// Entries as comma-separated values (RFC 4180), written page by page. A cell that a spreadsheet would take for a
/// formula
/// begins with an apostrophe.
final class AuditCsv implements StreamingOutput {

    static final String MEDIA_TYPE = "text/csv;charset=UTF-8";
    private static final int PAGE = 1_000;
    private static final String FORMULA = "=+-@\t\r";

    private final AuditFilter filter;
    private final int atMost;
    private final BiFunction<AuditFilter, Integer, List<AuditEntry>> read;

    /// @param read finds a page, one entry longer than asked for when there are more
    AuditCsv(AuditFilter filter, int atMost, BiFunction<AuditFilter, Integer, List<AuditEntry>> read) {
        this.filter = filter;
        this.atMost = atMost;
        this.read = read;
    }

    @Override
    public void write(OutputStream output) throws IOException {
        Writer writer = new OutputStreamWriter(output, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().build(writer);
        csv.writeRecord(
                "id",
                "occurredAt",
                "teamId",
                "actor",
                "via",
                "address",
                "requestId",
                "action",
                "entity",
                "entityId",
                "before",
                "after");
        AuditFilter rest = filter;
        int left = atMost;
        while (left > 0) {
            List<AuditEntry> page = read.apply(rest, Math.min(PAGE, left));
            List<AuditEntry> entries = page.subList(0, Math.min(page.size(), Math.min(PAGE, left)));
            entries.forEach(entry -> csv.writeRecord(cells(entry)));
            left -= entries.size();
            if (page.size() == entries.size()) {
                break;
            }
            rest = rest.behind(entries.getLast().id());
        }
        csv.flush();
    }

    private static List<String> cells(AuditEntry entry) {
        return List.of(
                Long.toString(entry.id()),
                entry.occurredAt().toString(),
                cell(entry.teamId()),
                cell(entry.actor()),
                cell(entry.via()),
                cell(entry.address()),
                cell(entry.requestId()),
                entry.action().name(),
                cell(entry.entity()),
                cell(entry.entityId()),
                cell(entry.before()),
                cell(entry.after()));
    }

    static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
