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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
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
import org.quantumhub.billing.BillItem;
import org.quantumhub.billing.BillStatus;
import org.quantumhub.billing.PaymentMethod;
import org.quantumhub.billing.PaymentRegister.Incoming;
import org.quantumhub.billing.service.Bills;
import org.quantumhub.billing.service.Bills.Whole;
import org.quantumhub.billing.service.Checkouts;
import org.quantumhub.billing.service.InvoicePdf;
import org.quantumhub.billing.service.Invoicing;
import org.quantumhub.billing.service.PaymentGateway.Checkout;
import org.quantumhub.billing.service.Payments;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.rest.Csv;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.PageView;
import org.quantumhub.shared.rest.Problem;

/// The bills of the team that a request acts for, and what the billing office does with them.
@Path("/bills")
@ApplicationScoped
@RolesAllowed(Door.ANYBODY)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class BillsResource {

    private static final String PDF = "application/pdf";
    private static final String CENTS = "[0-9]{1,10}(\\.[0-9]{1,2})?";
    private static final List<String> HEAD = List.of(
            "bill",
            "position",
            "description",
            "quantity",
            "unit",
            "exactAmount",
            "amount",
            "currency",
            "firstTransfer",
            "lastTransfer");

    @Inject
    Bills bills;

    @Inject
    Invoicing invoicing;

    @Inject
    Payments payments;

    @Inject
    Checkouts checkouts;

    @Schema(name = "NewCreditNote")
    public record NewCreditNote(
            @Schema(description = "decimal string, with tax; all that is left of the bill if missing")
            @Nullable
            @Pattern(regexp = CENTS)
            String amount,

            @NotBlank @Size(max = 200) String reason) {}

    @Schema(name = "NewPayment")
    public record NewPayment(
            @Schema(description = "decimal string, in the bill's currency") @NotNull @Pattern(regexp = CENTS)
            String amount,

            @Schema(
                    description =
                            "the other side's word for it, such as the bank's reference; the same word is booked once")
            @NotBlank
            @Size(max = 200)
            String reference,

            @Schema(description = "a day such as 2026-11-20; today if missing")
            @Nullable
            @Pattern(regexp = "[0-9]{4}-[0-9]{2}-[0-9]{2}")
            String receivedOn,

            @Nullable @Size(max = 200) String payer,
            @Nullable @Size(max = 200) String note) {}

    @Schema(name = "NewCheckout")
    public record NewCheckout(
            @Schema(description = "STRIPE or BANK") @NotBlank
            String gateway) {}

    @Schema(name = "Checkout")
    public record CheckoutView(
            @Schema(description = "the page to pay at") @Nullable
            String url,

            @Schema(description = "what to do where there is no page")
            List<String> instructions) {

        static CheckoutView of(Checkout checkout) {
            return new CheckoutView(checkout.url(), checkout.instructions());
        }
    }

    @GET
    @Operation(operationId = "listBills", summary = "The team's bills and credit notes, newest period first")
    public PageView<BillView> list(
            @QueryParam("status") @Nullable String status,
            @Parameter(description = "another team's, for those who look after everybody's money")
                    @QueryParam("teamId")
                    @Nullable
                    UUID teamId,
            @Parameter(description = "'next' of the page before") @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit,
            @Context SecurityContext security) {
        return PageView.of(
                bills.list(
                        Amounts.reader(security, teamId),
                        Amounts.word("status", BillStatus.class, status),
                        PageView.cursor(after),
                        PageView.size(limit)),
                BillView::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getBill", summary = "A bill with its lines and payments")
    public BillView get(
            @PathParam("id") UUID id, @QueryParam("teamId") @Nullable UUID teamId, @Context SecurityContext security) {
        return BillView.of(bills.get(Amounts.reader(security, teamId), id));
    }

    @GET
    @Path("/{id}/download")
    @Produces({PDF, Csv.MEDIA_TYPE, MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    @Operation(operationId = "downloadBill", summary = "A bill as a paper, as a table of its lines, or as data")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = PDF, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = BillView.class))
            })
    public Response download(
            @PathParam("id") UUID id,
            @Parameter(description = "pdf, the default, csv or json") @QueryParam("format") @Nullable String format,
            @QueryParam("teamId") @Nullable UUID teamId,
            @Context SecurityContext security) {
        Whole whole = bills.get(Amounts.reader(security, teamId), id);
        return switch (format == null ? "pdf" : format.toLowerCase(Locale.ROOT)) {
            case "pdf" -> attached(InvoicePdf.of(whole), whole, "pdf", PDF);
            case "json" -> attached(BillView.of(whole), whole, "json", MediaType.APPLICATION_JSON);
            case "csv" -> csv(whole);
            default -> throw Amounts.invalid("format", "'format' must be pdf, csv or json.");
        };
    }

    private static Response attached(Object entity, Whole whole, String extension, String type) {
        return Response.ok(entity)
                .type(type)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + InvoicePdf.fileName(whole.bill(), extension) + "\"")
                .build();
    }

    private static Response csv(Whole whole) {
        int digits = whole.bill().digits();
        return Csv.answer(InvoicePdf.fileName(whole.bill(), "csv"), HEAD, csv -> {
            for (BillItem item : whole.items()) {
                csv.row(
                        whole.bill().number(),
                        item.position(),
                        item.description(),
                        item.quantity(),
                        item.unit(),
                        item.exactAmount().toPlainString(),
                        BillView.plain(item.amount(), digits),
                        whole.bill().currency(),
                        item.firstTransfer(),
                        item.lastTransfer());
            }
        });
    }

    @POST
    @Path("/{id}/checkout")
    @Operation(operationId = "payBill", summary = "Begin to pay a bill, of all that is pending")
    public CheckoutView pay(
            @PathParam("id") UUID id, @NotNull @Valid NewCheckout body, @Context SecurityContext security) {
        return CheckoutView.of(checkouts.pay(Door.caller(security), id, body.gateway()));
    }

    @POST
    @Path("/{id}/issue")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(operationId = "issueBill", summary = "Give a draft its number")
    public BillView issue(@PathParam("id") UUID id, @Context SecurityContext security) {
        invoicing.issue(id);
        return read(id, security);
    }

    @POST
    @Path("/{id}/discard")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(operationId = "discardBill", summary = "Throw a draft away; its period can be billed again")
    public BillView discard(@PathParam("id") UUID id, @Context SecurityContext security) {
        invoicing.discard(id);
        return read(id, security);
    }

    @POST
    @Path("/{id}/credit-notes")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(
            operationId = "creditBill",
            summary = "Take a bill back, or a part of it",
            description =
                    "What was not paid is no longer asked for; what was paid lies in the wallet as money paid in advance.")
    @APIResponse(
            responseCode = "201",
            description = "The credit note",
            content = @Content(schema = @Schema(implementation = BillView.class)))
    public Response credit(
            @PathParam("id") UUID id, @NotNull @Valid NewCreditNote body, @Context SecurityContext security) {
        UUID note = invoicing.credit(
                id, body.amount() == null ? null : Amounts.positive("amount", body.amount()), body.reason());
        return Response.status(Response.Status.CREATED)
                .entity(read(note, security))
                .build();
    }

    @POST
    @Path("/{id}/payments")
    @RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
    @Operation(
            operationId = "recordPayment",
            summary = "Note a payment by hand",
            description = "What the bill does not ask for lies in the team's wallet as money paid in advance.")
    @APIResponse(
            responseCode = "201",
            description = "Booked; the bill as it stands now",
            content = @Content(schema = @Schema(implementation = BillView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Booked before",
            content = @Content(schema = @Schema(implementation = BillView.class)))
    public Response record(
            @PathParam("id") UUID id, @NotNull @Valid NewPayment body, @Context SecurityContext security) {
        Caller office = Door.caller(security);
        UUID team = payments.teamOf(id);
        Currency currency = Currency.getInstance(
                bills.get(Amounts.reader(security, team), id).bill().currency());
        LocalDate day = Amounts.day("receivedOn", body.receivedOn());
        Payments.Booked booked = payments.book(new Incoming(
                team,
                id,
                PaymentMethod.MANUAL,
                new Money(Amounts.positive("amount", body.amount()), currency),
                day,
                body.reference(),
                body.payer(),
                body.note(),
                office.userId()));
        return Response.status(booked.known() ? Response.Status.OK : Response.Status.CREATED)
                .entity(read(id, security))
                .build();
    }

    private BillView read(UUID id, SecurityContext security) {
        return BillView.of(bills.get(Amounts.reader(security, payments.teamOf(id)), id));
    }
}
