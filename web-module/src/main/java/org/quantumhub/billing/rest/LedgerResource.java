package org.quantumhub.billing.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
import org.quantumhub.billing.LedgerRepository.Filter;
import org.quantumhub.billing.LedgerSeals.Verification;
import org.quantumhub.billing.LedgerTransfer;
import org.quantumhub.billing.TransferKind;
import org.quantumhub.billing.service.Credits;
import org.quantumhub.billing.service.Ledgers;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Page;
import org.quantumhub.shared.rest.Csv;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// The ledger of the team that a request acts for, and what billing managers post into it.
@Path("/ledger")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class LedgerResource {

    private static final int CSV_PAGE = 1_000;
    private static final List<String> HEAD =
            List.of("id", "createdAt", "kind", "from", "to", "amount", "currency", "reference", "description");

    @Inject
    Ledgers ledgers;

    @Inject
    Credits credits;

    @Schema(
            name = "LedgerTransfer",
            description = "A whole double entry: the amount leaves one account and reaches the other.")
    public record TransferView(
            long id,
            TransferKind kind,

            @Schema(description = "the account it leaves") TransferKind.Account debitAccount,
            @Schema(description = "the account it reaches") TransferKind.Account creditAccount,

            @Schema(description = "decimal string") String amount,
            String currency,

            @Schema(description = "what it is for, such as the id of a job")
            UUID reference,

            String description,
            Instant createdAt) {

        static TransferView of(LedgerTransfer t) {
            return new TransferView(
                    t.id(),
                    t.kind(),
                    t.debitAccount(),
                    t.creditAccount(),
                    Amounts.plain(t.amount()),
                    t.amount().currency().getCurrencyCode(),
                    t.reference(),
                    t.description(),
                    t.createdAt());
        }
    }

    @Schema(name = "NewCredit")
    public record NewCredit(
            @NotNull UUID teamId,

            @Schema(
                    description =
                            "CREDIT gives money away, TOPUP notes money paid in advance, ADVANCE grants a credit line that"
                                    + " bills ask for, RECALL takes one back",
                    enumeration = {"CREDIT", "TOPUP", "ADVANCE", "RECALL"})
            @NotNull
            @Pattern(regexp = "CREDIT|TOPUP|ADVANCE|RECALL")
            String kind,

            @Schema(description = "decimal string, in the currency of the team's wallet")
            @NotNull
            @Pattern(regexp = Amounts.PATTERN)
            String amount,

            @NotBlank @Size(max = 200) String description) {}

    @Schema(name = "NewRefund")
    public record NewRefund(
            @Schema(description = "what was charged for, such as the id of a job") @NotNull
            UUID reference,

            @Schema(description = "decimal string, at most what was charged; all of it if missing")
            @Nullable
            @Pattern(regexp = Amounts.PATTERN)
            String amount,

            @NotBlank @Size(max = 200) String description) {}

    @Schema(name = "Posting")
    public record PostingView(
            UUID reference,
            TransferKind kind,
            String amount,
            String currency,

            @Schema(description = "whether an earlier request had posted it")
            boolean repeated) {

        static PostingView of(Credits.Posted posted) {
            return new PostingView(
                    posted.reference(),
                    posted.kind(),
                    Amounts.plain(posted.amount()),
                    posted.amount().currency().getCurrencyCode(),
                    posted.repeated());
        }

        Response response() {
            return Response.status(repeated ? Response.Status.OK : Response.Status.CREATED)
                    .entity(this)
                    .build();
        }
    }

    @Schema(name = "LedgerVerification")
    public record VerificationView(
            @Schema(description = "whether the ledger is what was sealed")
            boolean intact,

            long blocks,
            long transfers,
            @Nullable LocalDate lastDay,

            @Schema(description = "the last seal; written down elsewhere, it proves later that nothing was changed")
            String seal,

            List<FaultView> faults) {

        static VerificationView of(Verification v) {
            return new VerificationView(
                    v.faults().isEmpty(),
                    v.blocks(),
                    v.transfers(),
                    v.lastDay(),
                    v.seal(),
                    v.faults().stream()
                            .limit(Page.LARGEST)
                            .map(f -> new FaultView(f.day(), f.block(), f.transferId(), f.what()))
                            .toList());
        }
    }

    @Schema(name = "LedgerFault")
    public record FaultView(
            LocalDate day, int block, @Nullable Long transferId, String what) {}

    @GET
    @Operation(operationId = "listLedger", summary = "The team's ledger, newest first")
    public PageView<TransferView> list(
            @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "what it is for, such as the id of a job") @QueryParam("reference") @Nullable
                    UUID reference,
            @Parameter(description = "a day or a time, inclusive") @QueryParam("from") @Nullable String from,
            @Parameter(description = "a day or a time, exclusive") @QueryParam("to") @Nullable String to,
            @Parameter(description = "another team's, for those who look after everybody's money")
                    @QueryParam("teamId")
                    @Nullable
                    UUID teamId,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        int size = PageView.size(limit);
        Filter filter = new Filter(
                Amounts.word("kind", TransferKind.class, kind),
                reference,
                Amounts.time("from", from),
                Amounts.time("to", to),
                Amounts.number(PageView.cursor(after)),
                size);
        List<LedgerTransfer> found = ledgers.list(Amounts.reader(security, teamId), filter);
        return PageView.of(Page.cut(found, size, t -> Amounts.cursor(t.id())), TransferView::of);
    }

    @GET
    @Path("/download")
    @Produces({Csv.MEDIA_TYPE, Problem.MEDIA_TYPE})
    @Operation(operationId = "downloadLedger", summary = "The team's ledger as CSV, newest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public Response download(
            @Parameter(description = "a day or a time, inclusive") @QueryParam("from") @Nullable String from,
            @Parameter(description = "a day or a time, exclusive") @QueryParam("to") @Nullable String to,
            @QueryParam("teamId") @Nullable UUID teamId,
            @Context SecurityContext security) {
        Caller caller = Amounts.reader(security, teamId);
        Instant begin = Amounts.time("from", from);
        Instant end = Amounts.time("to", to);
        return Csv.answer("ledger.csv", HEAD, csv -> {
            Long before = null;
            List<LedgerTransfer> page;
            do {
                page = ledgers.list(caller, new Filter(null, null, begin, end, before, CSV_PAGE - 1));
                for (LedgerTransfer t : page) {
                    csv.row(
                            t.id(),
                            t.createdAt(),
                            t.kind(),
                            t.debitAccount(),
                            t.creditAccount(),
                            Amounts.plain(t.amount()),
                            t.amount().currency().getCurrencyCode(),
                            t.reference(),
                            t.description());
                    before = t.id();
                }
            } while (page.size() == CSV_PAGE);
        });
    }

    @POST
    @Path("/credits")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(operationId = "postCredit", summary = "Put money into a team's wallet, or take a credit line back")
    @APIResponse(
            responseCode = "201",
            description = "Posted",
            content = @Content(schema = @Schema(implementation = PostingView.class)))
    @APIResponse(
            responseCode = "200",
            description = "What an earlier request with this Idempotency-Key posted",
            content = @Content(schema = @Schema(implementation = PostingView.class)))
    public Response credit(
            @NotNull @Valid NewCredit body,
            @HeaderParam("Idempotency-Key") @Nullable @Size(max = 200) String idempotencyKey) {
        return PostingView.of(credits.post(
                        body.teamId(),
                        TransferKind.valueOf(body.kind()),
                        Amounts.positive("amount", body.amount()),
                        body.description(),
                        idempotencyKey))
                .response();
    }

    @POST
    @Path("/refunds")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(
            operationId = "postRefund",
            summary = "Give a charge back",
            description = "Once for each charge, in whole or in part; asked for again, it tells what was given back.")
    @APIResponse(
            responseCode = "201",
            description = "Posted",
            content = @Content(schema = @Schema(implementation = PostingView.class)))
    @APIResponse(
            responseCode = "200",
            description = "What was given back before",
            content = @Content(schema = @Schema(implementation = PostingView.class)))
    public Response refund(@NotNull @Valid NewRefund body) {
        return PostingView.of(credits.refund(
                        body.reference(),
                        body.amount() == null ? null : Amounts.positive("amount", body.amount()),
                        body.description()))
                .response();
    }

    @GET
    @Path("/verification")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER, Roles.AUDITOR})
    @Operation(
            operationId = "verifyLedger",
            summary = "Compute the hash chain over the whole ledger again",
            description =
                    "Transfers are sealed in blocks a few minutes after they were posted; each seal covers the one before.")
    public VerificationView verify() {
        return VerificationView.of(ledgers.verify());
    }
}
