package org.quantumhub.billing.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Bill;
import org.quantumhub.billing.BillItem;
import org.quantumhub.billing.BillKind;
import org.quantumhub.billing.BillStatus;
import org.quantumhub.billing.Payment;
import org.quantumhub.billing.PaymentMethod;
import org.quantumhub.billing.service.Bills.Whole;

/// A bill as it leaves the hub.
@Schema(
        name = "Bill",
        description = "Amounts are decimal strings; those of the bill have the decimals of its currency.")
public record BillView(
        UUID id,
        BillKind kind,

        @Schema(description = "missing while it is a draft") @Nullable
        String number,

        UUID teamId,
        UUID userId,
        LocalDate periodStart,

        @Schema(description = "the last day") LocalDate periodEnd,
        String currency,

        @Schema(description = "what the ledger says, exactly")
        String usage,

        @Schema(description = "what earlier bills left over by rounding")
        String carriedIn,

        @Schema(description = "what this one leaves to the next")
        String carriedOut,

        @Schema(description = "all lines together") String net,

        @Schema(description = "the part that was given away")
        String granted,

        @Nullable String taxName,

        @Schema(description = "in percent") String taxRate,
        String tax,
        @Nullable String taxNote,
        String total,

        @Schema(description = "the part that was paid in advance")
        String prepaid,

        String due,
        String paidAmount,

        @Schema(description = "taken back by credit notes") String credited,

        @Schema(description = "still to be paid") String pendingAmount,
        LocalDate billingDate,
        LocalDate dueDate,
        BillStatus paymentStatus,

        @Schema(description = "where to fetch it as a paper")
        String invoiceUrl,

        @Schema(description = "the bill that a credit note takes back") @Nullable
        UUID correctsId,

        @Nullable String reason,

        @Schema(type = SchemaType.OBJECT) JsonObject seller,
        @Schema(type = SchemaType.OBJECT) JsonObject buyer,
        @Nullable Instant issuedAt,

        @Schema(description = "in the answer about one bill only") @Nullable
        List<ItemView> items,

        @Schema(description = "in the answer about one bill only") @Nullable
        List<PaymentView> payments) {

    @Schema(name = "BillItem")
    public record ItemView(
            int position,
            String description,
            long quantity,
            String unit,

            @Schema(description = "what the ledger says, exactly")
            String exactAmount,

            @Schema(description = "rounded, with what the line before left over")
            String amount,

            @Schema(description = "the first of the transfers it sums up") @Nullable
            Long firstTransfer,

            @Nullable Long lastTransfer) {

        static ItemView of(BillItem item, int digits) {
            return new ItemView(
                    item.position(),
                    item.description(),
                    item.quantity(),
                    item.unit(),
                    item.exactAmount().toPlainString(),
                    plain(item.amount(), digits),
                    item.firstTransfer(),
                    item.lastTransfer());
        }
    }

    @Schema(name = "Payment")
    public record PaymentView(
            UUID id,
            PaymentMethod method,
            String amount,
            String currency,
            LocalDate receivedOn,
            @Nullable String note) {

        static PaymentView of(Payment payment, int digits) {
            return new PaymentView(
                    payment.id(),
                    payment.method(),
                    plain(payment.amount(), digits),
                    payment.currency(),
                    payment.receivedOn(),
                    payment.note());
        }
    }

    static BillView of(Bill bill) {
        return of(bill, null, null);
    }

    static BillView of(Whole whole) {
        int digits = whole.bill().digits();
        return of(
                whole.bill(),
                whole.items().stream().map(item -> ItemView.of(item, digits)).toList(),
                whole.payments().stream()
                        .map(payment -> PaymentView.of(payment, digits))
                        .toList());
    }

    private static BillView of(Bill b, @Nullable List<ItemView> items, @Nullable List<PaymentView> payments) {
        int digits = b.digits();
        return new BillView(
                b.id(),
                b.kind(),
                b.number(),
                b.teamId(),
                b.userId(),
                b.periodStart(),
                b.lastDay(),
                b.currency(),
                b.usage().toPlainString(),
                b.carriedIn().toPlainString(),
                b.carriedOut().toPlainString(),
                plain(b.net(), digits),
                plain(b.granted(), digits),
                b.taxName(),
                b.taxRate().stripTrailingZeros().toPlainString(),
                plain(b.tax(), digits),
                b.taxNote(),
                plain(b.total(), digits),
                plain(b.prepaid(), digits),
                plain(b.due(), digits),
                plain(b.paidAmount(), digits),
                plain(b.credited(), digits),
                plain(b.pendingAmount(), digits),
                b.billingDate(),
                b.dueDate(),
                b.paymentStatus(),
                "/api/v1/bills/" + b.id() + "/download",
                b.correctsId(),
                b.reason(),
                json(b.seller()),
                json(b.buyer()),
                b.issuedAt(),
                items,
                payments);
    }

    static String plain(BigDecimal amount, int digits) {
        return amount.setScale(digits).toPlainString();
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
