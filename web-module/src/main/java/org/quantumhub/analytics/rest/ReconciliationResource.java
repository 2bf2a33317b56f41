package org.quantumhub.analytics.rest;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.analytics.Reconciliation.Difference;
import org.quantumhub.analytics.Reconciliation.Line;
import org.quantumhub.analytics.Reconciliation.NewStatement;
import org.quantumhub.analytics.service.UsageReports;
import org.quantumhub.analytics.service.UsageReports.Taken;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Csv;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// Statements of providers, held against the hub's own books.
@Path("/provider-statements")
@ApplicationScoped
@RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER, Roles.OPERATOR})
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Usage")
public class ReconciliationResource {

    private static final int MOST_LINES = 100_000;
    private static final int LONGEST_TASK = 300;

    @Inject
    UsageReports reports;

    @Schema(name = "ProviderStatement")
    public record StatementView(UUID id, String provider, String name, int lines) {}

    @Schema(name = "Difference", description = "A job that the provider and the hub do not agree about.")
    public record DifferenceView(
            @Schema(description = "missing when the provider names a task that the hub did not order") @Nullable
            UUID jobId,

            @Schema(description = "the provider's own id") @Nullable
            String taskId,

            @Schema(
                    description =
                            "UNKNOWN_JOB, UNKNOWN_TASK, MISSING (ordered in the period, and not in the statement), TWICE,"
                                    + " UNFINISHED, NOT_CHARGED_HERE, OTHER_CURRENCY, OTHER_SHOTS or DEARER_THAN_CHARGED")
            String kind,

            @Schema(description = "what the provider asks for it, decimal string")
            String asked,

            String currency,
            @Nullable Long shots,
            long lines,
            @Nullable String jobStatus,

            @Schema(description = "what the hub charged for it, decimal string") @Nullable
            String charged) {

        static DifferenceView of(Difference d) {
            return new DifferenceView(
                    d.jobId(),
                    d.taskId(),
                    d.kind(),
                    d.asked().toPlainString(),
                    d.currency(),
                    d.shots(),
                    d.lines(),
                    d.jobStatus(),
                    d.charged() == null ? null : d.charged().toPlainString());
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "importProviderStatement",
            summary = "Take in what a provider says it did",
            description =
                    "CSV with a header: task (the provider's own id) or job (the hub's), amount, currency, and shots where the"
                            + " provider tells them. Sent again, the same file is the same statement. With a period, tasks"
                            + " that were ordered in it and are not in the statement are differences, too.")
    @RequestBody(content = @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "201",
            description = "Taken in; its differences can be asked for",
            content = @Content(schema = @Schema(implementation = StatementView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Taken in before",
            content = @Content(schema = @Schema(implementation = StatementView.class)))
    public Response take(
            String body,
            @Parameter(description = "the provider's slug") @QueryParam("provider") @NotBlank @Size(max = 50)
                    String provider,
            @Parameter(description = "its name, such as a month; known ones are refused")
                    @QueryParam("name")
                    @NotBlank
                    @Size(max = 200)
                    String name,
            @Parameter(description = "the first day that it covers, UTC") @QueryParam("from") @Nullable String from,
            @Parameter(description = "the last day that it covers, UTC") @QueryParam("to") @Nullable String to,
            @Context SecurityContext security,
            @Context UriInfo uri) {
        List<Line> lines = lines(body);
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if ((first == null) != (last == null) || (first != null && first.isAfter(last))) {
            throw new HubException(
                            ProblemCode.INVALID_PARAMETER, "A period has a first day 'from' and a last one 'to'.")
                    .with("parameter", "to");
        }
        Taken taken = reports.take(
                new NewStatement(
                        Ids.next(), provider, name, Door.caller(security).userId(), first, last, digest(body)),
                lines);
        StatementView view = new StatementView(taken.id(), provider, name, lines.size());
        URI place = uri.getAbsolutePathBuilder().path(taken.id().toString()).build();
        return (taken.isNew() ? Response.created(place) : Response.ok().location(place))
                .entity(view)
                .build();
    }

    private static @Nullable LocalDate day(String parameter, @Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new HubException(ProblemCode.INVALID_PARAMETER, "'" + parameter + "' is a day, like 2026-11-30.", e)
                    .with("parameter", parameter);
        }
    }

    private static String digest(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<Line> lines(String body) {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(body)) {
            for (NamedCsvRecord row : rows) {
                if (lines.size() == MOST_LINES) {
                    throw new HubException(
                                    ProblemCode.BODY_TOO_LARGE, "A statement has at most " + MOST_LINES + " lines.")
                            .with("limit", MOST_LINES);
                }
                lines.add(line(row));
            }
        } catch (IOException e) {
            throw new HubException(ProblemCode.INVALID_STATEMENT, "The file is no CSV with a header.", e);
        }
        return lines;
    }

    private static Line line(NamedCsvRecord row) {
        int number = (int) row.getStartingLineNumber();
        try {
            String amount = row.getField("amount").strip();
            String currency = row.getField("currency").strip();
            String shots = row.findField("shots").map(String::strip).orElse("");
            String job = row.findField("job").map(String::strip).orElse("");
            String task = row.findField("task").map(String::strip).orElse("");
            if ((job.isEmpty() && task.isEmpty()) || task.length() > LONGEST_TASK) {
                throw new IllegalArgumentException("neither a job nor a task");
            }
            if (!amount.matches("[0-9]{1,9}(\\.[0-9]{1,8})?") || !currency.matches("[A-Z]{3}")) {
                throw new IllegalArgumentException("amount or currency");
            }
            return new Line(
                    number,
                    job.isEmpty() ? null : UUID.fromString(job),
                    task.isEmpty() ? null : task,
                    new BigDecimal(amount),
                    currency,
                    shots.isEmpty() ? null : Long.valueOf(shots));
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            throw new HubException(
                            ProblemCode.INVALID_STATEMENT,
                            "Line " + number
                                    + " needs a job or a task, an amount and a currency, and whole shots if any.")
                    .with("line", number);
        }
    }

    @GET
    @Path("/{id}/differences")
    @Operation(
            operationId = "listDifferences",
            summary = "Jobs that a statement and the hub's books do not agree about")
    public PageView<DifferenceView> differences(
            @PathParam("id") UUID id,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        int size = PageView.size(limit);
        List<Difference> found = reports.differences(id, PageView.cursor(after), size + 1);
        return PageView.of(Page.cut(found, size, Difference::place), DifferenceView::of);
    }
}
