package org.quantumhub.shared.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table that leaves the hub as comma-separated values (RFC 4180), row by row.
public final class Csv {

    public static final String MEDIA_TYPE = "text/csv";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final CsvWriter writer;

    private Csv(CsvWriter writer) {
        this.writer = writer;
    }

    /// Writes one row. A text that a spreadsheet would take for a formula gets an apostrophe in front.
    public void row(@Nullable Object... values) {
        writer.writeRecord(Arrays.stream(values).map(Csv::cell).toList());
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean formula = !text.isEmpty()
                && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return formula ? "'" + text : text;
    }

    /// An answer that is written while it is read.
    ///
    /// @param file the name to store it under
    /// @param rows writes all rows but the first, one page after the other
    public static Response answer(String file, List<String> head, Consumer<Csv> rows) {
        StreamingOutput body = stream -> {
            Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            try (CsvWriter writer = CsvWriter.builder().build(text)) {
                Csv csv = new Csv(writer);
                writer.writeRecord(head);
                rows.accept(csv);
            } catch (UncheckedIOException gone) {
                throw new IOException(gone);
            }
        };
        return Response.ok(body)
                .type(MEDIA_TYPE + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + file + "\"")
                .build();
    }
}
