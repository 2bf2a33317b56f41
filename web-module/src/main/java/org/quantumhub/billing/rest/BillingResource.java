package org.quantumhub.billing.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
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
import org.quantumhub.billing.BankEntry;
import org.quantumhub.billing.BillingProfile;
import org.quantumhub.billing.service.BankStatement;
import org.quantumhub.billing.service.Bills;
import org.quantumhub.billing.service.Checkouts;
import org.quantumhub.billing.service.Invoicing;
import org.quantumhub.billing.service.Payments;
import org.quantumhub.billing.service.StripeGateway;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.rest.Door;
import org.quantumhub.shared.rest.Problem;

/// The billing office: closing months, bank statements, events of gateways; and whom a team's bills are made out to.
@Path("/billing")
@ApplicationScoped
@RolesAllowed({Roles.ADMIN, Roles.BILLING_MANAGER})
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "Billing")
public class BillingResource {

    @Inject
    Invoicing invoicing;

    @Inject
    Bills bills;

    @Inject
    Payments payments;

    @Inject
    Checkouts checkouts;

    @Inject
    StripeGateway stripe;

    @Schema(name = "NewClosing")
    public record NewClosing(
            @Schema(description = "the month to bill, such as 2026-11")
            @NotNull
            @Pattern(regexp = "[0-9]{4}-(0[1-9]|1[0-2])")
            String month,

            @Schema(description = "false leaves drafts for people to look at; true if missing") @Nullable
            Boolean issue) {}

    @Schema(name = "Closing")
    public record ClosingView(
            long id,
            String month,
            String billingDate,
            boolean issues,

            @Schema(description = "of the run: STARTING, STARTED, COMPLETED, FAILED, STOPPED")
            String status,

            Instant startedAt,
            @Nullable Instant endedAt) {

        static ClosingView of(Invoicing.Run run) {
            return new ClosingView(
                    run.id(),
                    run.month(),
                    run.billingDate(),
                    run.issues(),
                    run.status().name(),
                    run.startedAt(),
                    run.endedAt());
        }
    }

    @Schema(name = "BillingProfile")
    public record ProfileView(
            @NotBlank @Size(max = 200) String legalName,
            @Nullable @Size(max = 200) String street,
            @Nullable @Size(max = 20) String postalCode,
            @Nullable @Size(max = 100) String city,

            @Schema(description = "two letters") @Nullable @Pattern(regexp = "[A-Z]{2}")
            String country,

            @Schema(description = "of a business") @Nullable @Size(max = 30)
            String taxId,

            @Nullable @Email @Size(max = 255) String email,

            @Schema(description = "your own word on the bill, such as an order number") @Nullable @Size(max = 100)
            String reference) {

        static ProfileView of(BillingProfile.Details d) {
            return new ProfileView(
                    d.legalName(),
                    d.street(),
                    d.postalCode(),
                    d.city(),
                    d.country(),
                    d.taxId(),
                    d.email(),
                    d.reference());
        }

        BillingProfile.Details details() {
            return new BillingProfile.Details(legalName, street, postalCode, city, country, taxId, email, reference);
        }
    }

    @Schema(name = "BankEntry")
    public record BankEntryView(
            String reference,
            LocalDate bookedOn,
            String amount,
            String currency,
            @Nullable String payer,
            String remittance,
            BankEntry.Outcome outcome,
            @Nullable UUID paymentId) {

        static BankEntryView of(BankEntry e) {
            return new BankEntryView(
                    e.key(),
                    e.bookedOn(),
                    Amounts.plain(e.amount()),
                    e.amount().currency().getCurrencyCode(),
                    e.payer(),
                    e.remittance(),
                    e.outcome(),
                    e.paymentId());
        }
    }

    @Schema(name = "BankImport")
    public record ImportView(
            @Schema(description = "what was new on the statement")
            List<BankEntryView> entries,

            @Schema(description = "how many credits an earlier statement had told")
            int known) {}

    @Schema(name = "NewTopUp")
    public record NewTopUp(
            @Schema(description = "decimal string, in the currency of the team's wallet")
            @NotNull
            @Pattern(regexp = "[0-9]{1,7}(\\.[0-9]{1,2})?")
            String amount,

            @Schema(description = "STRIPE or BANK") @NotBlank
            String gateway) {}

    @Schema(name = "Gateways")
    public record GatewaysView(List<String> gateways) {}

    @GET
    @Path("/profile")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "getBillingProfile", summary = "Whom the team's bills are made out to")
    public ProfileView profile(@Context SecurityContext security) {
        return ProfileView.of(bills.profile(Door.caller(security)));
    }

    @PUT
    @Path("/profile")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "putBillingProfile", summary = "Say whom the team's bills are made out to from now on")
    public ProfileView describe(@NotNull @Valid ProfileView body, @Context SecurityContext security) {
        return ProfileView.of(
                bills.describe(Door.caller(security), body.details()).details());
    }

    @GET
    @Path("/gateways")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "listGateways", summary = "The ways to pay that are set up here")
    public GatewaysView gateways() {
        return new GatewaysView(checkouts.ready());
    }

    @POST
    @Path("/top-ups")
    @RolesAllowed(Door.ANYBODY)
    @Operation(operationId = "topUp", summary = "Begin to pay in advance")
    public BillsResource.CheckoutView topUp(@NotNull @Valid NewTopUp body, @Context SecurityContext security) {
        return BillsResource.CheckoutView.of(
                checkouts.topUp(Door.caller(security), Amounts.positive("amount", body.amount()), body.gateway()));
    }

    @POST
    @Path("/closings")
    @Operation(
            operationId = "closeMonth",
            summary = "Draw up the bills of a month",
            description =
                    "In the background. Bills that are there already are left alone, so it may be asked for again.")
    @APIResponse(
            responseCode = "202",
            description = "Started; Location tells where to look",
            content = @Content(schema = @Schema(implementation = ClosingView.class)))
    public Response close(@NotNull @Valid NewClosing body, @Context UriInfo uri) {
        long run = invoicing.close(YearMonth.parse(body.month()), body.issue() == null || body.issue());
        return started(run, uri);
    }

    private Response started(long run, UriInfo uri) {
        return Response.accepted(ClosingView.of(invoicing.run(run)))
                .location(
                        uri.getBaseUriBuilder().path("billing/closings/" + run).build())
                .build();
    }

    @GET
    @Path("/closings/{id}")
    @Operation(operationId = "getClosing", summary = "A run of the close")
    public ClosingView closing(@PathParam("id") long id) {
        return ClosingView.of(invoicing.run(id));
    }

    @POST
    @Path("/closings/{id}/restart")
    @Operation(operationId = "restartClosing", summary = "Go on with a run that failed or was stopped")
    @APIResponse(
            responseCode = "202",
            description = "Started; Location tells where to look",
            content = @Content(schema = @Schema(implementation = ClosingView.class)))
    public Response restart(@PathParam("id") long id, @Context UriInfo uri) {
        return started(invoicing.restart(id), uri);
    }

    @POST
    @Path("/bank-statements")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "importBankStatement",
            summary = "Take in a bank statement, CAMT.053 or CSV",
            description =
                    "Credits that name a bill's number are booked as its payment. The same statement twice changes nothing."
                            + " CSV needs a header with date, amount, currency, payer, remittance and reference.")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_XML, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    public ImportView statement(
            byte[] body,
            @Parameter(hidden = true) @HeaderParam("Content-Type") @Nullable String type,
            @QueryParam("file") @Nullable @Size(max = 200) String file) {
        boolean csv = type != null && type.startsWith("text/csv");
        if (!csv && (type == null || !type.contains("xml"))) {
            throw new HubException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Statements are read as XML or text/csv.");
        }
        Payments.Imported imported = payments.take(
                csv ? BankStatement.csv(body) : BankStatement.camt053(body),
                file == null ? (csv ? "statement.csv" : "statement.xml") : file);
        return new ImportView(imported.entries().stream().map(BankEntryView::of).toList(), imported.known());
    }

    @POST
    @Path("/stripe/events")
    @PermitAll
    @Operation(
            operationId = "receiveStripeEvent",
            summary = "For Stripe: tell what was paid",
            description = "Signed by the webhook's secret in Stripe-Signature; what is not, or too old, is refused.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "204", description = "Understood")
    public void event(String body, @HeaderParam("Stripe-Signature") @Nullable String signature) {
        stripe.read(body, signature).ifPresent(checkouts::confirmed);
    }
}
