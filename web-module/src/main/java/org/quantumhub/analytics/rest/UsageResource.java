package org.quantumhub.analytics.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.quantumhub.account.Roles;
import org.quantumhub.analytics.UsageBook.Endpoint;
import org.quantumhub.analytics.UsageBook.Group;
import org.quantumhub.analytics.UsageBook.Usage;
import org.quantumhub.analytics.service.UsageReports;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Csv;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// What was used, by day of submission. Rolled up every hour; `rolledAt` tells how fresh it is.
@Path("/usage")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Usage")
public class UsageResource {

    private static final int LONGEST_DAYS = 1_100;
    private static final int USUAL_DAYS = 28;
    private static final int CSV_PAGE = 1_000;
    private static final List<String> HEAD = List.of(
            "day",
            "team",
            "member",
            "backend",
            "project",
            "jobs",
            "completed",
            "failed",
            "cancelled",
            "shots",
            "computeSeconds",
            "cost",
            "currency");

    @Inject
    UsageReports reports;

    @Inject
    Clock clock;

    @Schema(name = "Usage", description = "A sum; what it is not grouped by is missing. Amounts are decimal strings.")
    public record UsageView(
            @Nullable UUID teamId,
            @Nullable UUID userId,
            @Nullable String backend,

            @Schema(description = "missing, too, for what was done for no project") @Nullable
            UUID projectId,

            @Nullable LocalDate day,
            long jobs,
            long completed,
            long failed,
            long cancelled,

            @Schema(description = "of completed jobs") long shots,

            @Schema(description = "decimal string") String computeSeconds,

            @Schema(description = "decimal string") String cost,
            String currency,
            Instant rolledAt) {

        static UsageView of(Usage u) {
            return new UsageView(
                    u.teamId(),
                    u.userId(),
                    u.backend(),
                    u.projectId(),
                    u.day(),
                    u.jobs(),
                    u.completed(),
                    u.failed(),
                    u.cancelled(),
                    u.shots(),
                    u.computeSeconds().toPlainString(),
                    u.cost().toPlainString(),
                    u.currency(),
                    u.rolledAt());
        }
    }

    @Schema(name = "EndpointUsage")
    public record EndpointView(
            LocalDate date,
            UUID userId,
            String endpoint,
            long requestCount,

            @Schema(description = "decimal string") String computeTimeSeconds) {

        static EndpointView of(Endpoint e) {
            return new EndpointView(
                    e.day(),
                    e.userId(),
                    e.endpoint(),
                    e.requests(),
                    e.computeSeconds().toPlainString());
        }
    }

    @Schema(name = "NewRollUp")
    public record NewRollUp(
            @NotNull @Pattern(regexp = "[0-9]{4}-[0-9]{2}-[0-9]{2}")
            String from,

            @Schema(description = "exclusive") @NotNull @Pattern(regexp = "[0-9]{4}-[0-9]{2}-[0-9]{2}")
            String to) {}

    /// The days that are asked for.
    ///
    /// @param to exclusive
    private record Days(LocalDate from, LocalDate to) {}

    @GET
    @Operation(
            operationId = "getUsage",
            summary = "Sums of usage, grouped as you like",
            description = "The last 28 days unless told; sums are of one currency each.")
    public PageView<UsageView> usage(
            @Parameter(description = "any of team, member, backend, project, day, with commas between them")
                    @QueryParam("groupBy")
                    @Nullable
                    String groupBy,
            @Parameter(description = "a day, inclusive") @QueryParam("from") @Nullable String from,
            @Parameter(description = "a day, exclusive") @QueryParam("to") @Nullable String to,
            @Parameter(description = "everybody's, for the platform's staff") @QueryParam("everybody")
                    boolean everybody,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        int size = PageView.size(limit);
        int offset = offset(after);
        List<Usage> found = find(Door.caller(security), groups(groupBy), days(from, to), everybody, offset, size + 1);
        return page(found.stream().map(UsageView::of).toList(), offset, size);
    }

    private List<Usage> find(Caller caller, Set<Group> groups, Days days, boolean everybody, int offset, int atMost) {
        if (!everybody) {
            return reports.usage(caller, groups, days.from(), days.to(), offset, atMost);
        }
        if (!caller.has(Roles.ADMIN) && !caller.has(Roles.BILLING_MANAGER) && !caller.has(Roles.AUDITOR)) {
            throw new HubException(ProblemCode.FORBIDDEN, "Everybody's usage is for the platform's staff.");
        }
        return reports.usageOfAll(groups, days.from(), days.to(), offset, atMost);
    }

    private static <T> PageView<T> page(List<T> found, int offset, int size) {
        return found.size() > size
                ? new PageView<>(found.subList(0, size), new UUID(0, (long) offset + size).toString())
                : new PageView<>(found, null);
    }

    private static int offset(@Nullable String after) {
        UUID cursor = PageView.cursor(after);
        return cursor == null ? 0 : (int) Math.clamp(cursor.getLeastSignificantBits(), 0, Integer.MAX_VALUE);
    }

    @GET
    @Path("/endpoints")
    @Operation(operationId = "getEndpointUsage", summary = "Requests by day, person and door, newest day first")
    public PageView<EndpointView> endpoints(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        int size = PageView.size(limit);
        int offset = offset(after);
        Days days = days(from, to);
        List<Endpoint> found = reports.endpoints(Door.caller(security), days.from(), days.to(), offset, size + 1);
        return page(found.stream().map(EndpointView::of).toList(), offset, size);
    }

    @GET
    @Path("/download")
    @Produces({Csv.MEDIA_TYPE, Problem.MEDIA_TYPE})
    @Operation(
            operationId = "downloadUsage",
            summary =
                    "Usage by day, member, backend and project as CSV, in the hub's own columns or those of FOCUS 1.0")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public Response download(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Parameter(description = "hub, the default, or focus") @QueryParam("format") @Nullable String format,
            @QueryParam("everybody") boolean everybody,
            @Context SecurityContext security) {
        Caller caller = Door.caller(security);
        Days days = days(from, to);
        boolean focus = "focus".equals(format);
        if (format != null && !focus && !format.equals("hub")) {
            throw invalid("format", "'format' must be hub or focus.");
        }
        find(caller, Set.of(), days, everybody, 0, 1); // whoever may not is told before the answer begins
        return Csv.answer(focus ? "focus.csv" : "usage.csv", focus ? FocusRow.HEAD : HEAD, csv -> {
            int offset = 0;
            List<Usage> page;
            do {
                page = find(caller, EnumSet.allOf(Group.class), days, everybody, offset, CSV_PAGE);
                for (Usage u : page) {
                    if (focus) {
                        csv.row(FocusRow.of(u).toArray());
                    } else {
                        csv.row(
                                u.day(),
                                u.teamId(),
                                u.userId(),
                                u.backend(),
                                u.projectId(),
                                u.jobs(),
                                u.completed(),
                                u.failed(),
                                u.cancelled(),
                                u.shots(),
                                u.computeSeconds().toPlainString(),
                                u.cost().toPlainString(),
                                u.currency());
                    }
                }
                offset += CSV_PAGE;
            } while (page.size() == CSV_PAGE);
        });
    }

    /// The days that are rolled up.
    @Schema(name = "RollUp")
    public record RollUpView(
            @Schema(description = "first day, UTC") String from,
            @Schema(description = "day after the last, UTC") String to) {}

    @POST
    @Path("/roll-ups")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(operationId = "rollUpUsage", summary = "Roll days up anew, in the background")
    @APIResponse(
            responseCode = "202",
            description = "Started",
            content = @Content(schema = @Schema(implementation = RollUpView.class)))
    public Response rollUp(@NotNull @Valid NewRollUp body) {
        Days days = days(body.from(), body.to());
        reports.rollUp(days.from(), days.to());
        return Response.accepted(
                        new RollUpView(days.from().toString(), days.to().toString()))
                .build();
    }

    private static Set<Group> groups(@Nullable String text) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        if (text != null && !text.isBlank()) {
            for (String word : text.split(",", -1)) {
                try {
                    groups.add(Group.valueOf(word.strip().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                    throw invalid("groupBy", "'groupBy' takes any of team, member, backend, project and day.");
                }
            }
        }
        return groups;
    }

    private Days days(@Nullable String from, @Nullable String to) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate end = to == null ? today.plusDays(1) : day("to", to);
        LocalDate begin = from == null ? end.minusDays(USUAL_DAYS) : day("from", from);
        long length = ChronoUnit.DAYS.between(begin, end);
        if (length < 1 || length > LONGEST_DAYS) {
            throw invalid("to", "'to' must lie 1 to " + LONGEST_DAYS + " days after 'from'.");
        }
        return new Days(begin, end);
    }

    private static LocalDate day(String parameter, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw invalid(parameter, "'" + parameter + "' must be a day such as 2026-11-20.");
        }
    }

    private static HubException invalid(String parameter, String message) {
        return new HubException(ProblemCode.INVALID_PARAMETER, message).with("parameter", parameter);
    }
}
