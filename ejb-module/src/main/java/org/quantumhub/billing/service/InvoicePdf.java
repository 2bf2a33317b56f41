package org.quantumhub.billing.service;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;
import org.quantumhub.billing.Bill;
import org.quantumhub.billing.BillItem;
import org.quantumhub.billing.BillKind;
import org.quantumhub.billing.BillStatus;
import org.quantumhub.billing.Payment;
import org.quantumhub.billing.service.Bills.Whole;

/// A bill on paper, A4: seller and buyer, the lines, the way from their sum to what is to be paid, and how to pay it.
/// The
/// same bill is always the same file, byte for byte.
public final class InvoicePdf {

    private static final float LEFT = 57;
    private static final float RIGHT = 538;
    private static final float[] COLUMNS = {LEFT, LEFT + 30, 395, 458, RIGHT};

    private final Bill bill;
    private final List<BillItem> items;
    private final List<Payment> payments;
    private final JsonObject seller;
    private final JsonObject buyer;

    private InvoicePdf(Whole whole) {
        this.bill = whole.bill();
        this.items = whole.items();
        this.payments = whole.payments();
        this.seller = read(bill.seller());
        this.buyer = read(bill.buyer());
    }

    private static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    public static byte[] of(Whole whole) {
        return new InvoicePdf(whole).write();
    }

    private byte[] write() {
        try (PDDocument document = new PDDocument()) {
            Paper paper = new Paper(document, title() + " " + number());
            head(paper);
            facts(paper);
            lines(paper);
            sums(paper);
            payment(paper);
            paper.finish(footer());
            describe(document);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.setDocumentId(bill.id().getMostSignificantBits());
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describe(PDDocument document) {
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle(title() + " " + number());
        information.setAuthor(text(seller, "name"));
        information.setProducer("Quantum Hub");
        Calendar day = GregorianCalendar.from(bill.billingDate().atStartOfDay(java.time.ZoneOffset.UTC));
        information.setCreationDate(day);
        information.setModificationDate(day);
        document.setDocumentInformation(information);
    }

    private String title() {
        return bill.kind() == BillKind.CREDIT_NOTE ? "Credit note" : "Invoice";
    }

    private String number() {
        return bill.number() == null ? "DRAFT" : String.valueOf(bill.number());
    }

    private static String text(JsonObject json, String member) {
        return json.getString(member, "");
    }

    private static List<String> address(JsonObject party) {
        List<String> lines = new ArrayList<>();
        lines.add(text(party, "name"));
        lines.add(text(party, "street"));
        lines.add((text(party, "postalCode") + " " + text(party, "city")).strip());
        String country = text(party, "country");
        lines.add(country.isEmpty() ? "" : Locale.of("", country).getDisplayCountry(Locale.ENGLISH));
        lines.removeIf(String::isEmpty);
        return lines;
    }

    private void head(Paper paper) throws IOException {
        paper.bold(LEFT, 790, 15, text(seller, "name"));
        float y = 790;
        List<String> own =
                new ArrayList<>(address(seller).subList(1, address(seller).size()));
        if (!text(seller, "email").isEmpty()) {
            own.add(text(seller, "email"));
        }
        if (!text(seller, "taxId").isEmpty()) {
            own.add("Tax ID " + text(seller, "taxId"));
        }
        for (String line : own) {
            paper.right(RIGHT, y, 8.5f, line);
            y -= 11;
        }
        paper.line(LEFT, RIGHT, Math.min(y, 778) - 2, 1.2f);
        y = 704;
        paper.grey(LEFT, y + 14, 7.5f, "Bill to");
        List<String> to = address(buyer);
        for (int i = 0; i < to.size(); i++) {
            if (i == 0) {
                paper.bold(LEFT, y, 10.5f, to.get(i));
            } else {
                paper.text(LEFT, y, 10, to.get(i));
            }
            y -= 13;
        }
        if (!text(buyer, "taxId").isEmpty()) {
            paper.text(LEFT, y, 9, "Tax ID " + text(buyer, "taxId"));
        }
    }

    private void facts(Paper paper) throws IOException {
        float y = 704;
        float at = 350;
        List<String[]> facts = new ArrayList<>();
        facts.add(new String[] {title() + " number", number()});
        facts.add(new String[] {title() + " date", bill.billingDate().toString()});
        facts.add(new String[] {"Service period", bill.periodStart() + " to " + bill.lastDay()});
        if (bill.kind() == BillKind.INVOICE && bill.due().signum() > 0) {
            facts.add(new String[] {"Due date", bill.dueDate().toString()});
        }
        if (!text(buyer, "reference").isEmpty()) {
            facts.add(new String[] {"Your reference", text(buyer, "reference")});
        }
        facts.add(new String[] {"Customer", bill.teamId().toString().substring(24)});
        for (String[] fact : facts) {
            paper.grey(at, y, 9, fact[0]);
            paper.right(RIGHT, y, 9.5f, fact[1]);
            y -= 14;
        }
        paper.bold(LEFT, 596, 18, title() + " " + number());
        String status = watermark();
        if (!status.isEmpty()) {
            paper.grey(LEFT, 580, 9, status);
        }
        paper.moveTo(556);
    }

    private String watermark() {
        return switch (bill.paymentStatus()) {
            case DRAFT -> "This is a draft. It is no invoice until it has a number.";
            case CANCELLED -> "Taken back by a credit note.";
            case REFUNDED -> "Refunded by a credit note.";
            case PENDING, PARTIALLY_PAID, PAID, OVERDUE -> bill.reason() == null ? "" : String.valueOf(bill.reason());
        };
    }

    private void lines(Paper paper) throws IOException {
        tableHead(paper);
        for (BillItem item : items) {
            List<String> wrapped = paper.wrap(item.description(), 9.5f, COLUMNS[2] - COLUMNS[1] - 60);
            if (paper.needs(12f * wrapped.size() + 6)) {
                tableHead(paper);
            }
            float y = paper.y();
            paper.text(COLUMNS[0], y, 9.5f, String.valueOf(item.position()));
            for (int i = 0; i < wrapped.size(); i++) {
                paper.text(COLUMNS[1], y - 12 * i, 9.5f, wrapped.get(i));
            }
            paper.right(COLUMNS[2], y, 9.5f, String.format(Locale.ENGLISH, "%,d", item.quantity()));
            paper.text(COLUMNS[2] + 6, y, 9.5f, item.quantity() == 1 ? item.unit() : item.unit() + "s");
            paper.right(COLUMNS[4], y, 9.5f, money(item.amount()));
            paper.moveTo(y - 12 * wrapped.size() - 6);
            paper.line(LEFT, RIGHT, paper.y() + 12, 0.3f);
        }
    }

    private void tableHead(Paper paper) throws IOException {
        float y = paper.y();
        paper.band(LEFT - 4, y - 5, RIGHT - LEFT + 8, 17);
        paper.bold(COLUMNS[0], y, 9, "No.");
        paper.bold(COLUMNS[1], y, 9, "Description");
        paper.boldRight(COLUMNS[2], y, 9, "Quantity");
        paper.boldRight(COLUMNS[4], y, 9, "Amount " + bill.currency());
        paper.moveTo(y - 21);
    }

    private String money(BigDecimal amount) {
        return String.format(Locale.ENGLISH, "%,." + bill.digits() + "f", amount);
    }

    private void sums(Paper paper) throws IOException {
        List<String[]> sums = new ArrayList<>();
        sums.add(new String[] {"Sum of lines", money(bill.net())});
        if (bill.granted().signum() != 0) {
            sums.add(new String[] {"Credits granted", money(bill.granted().negate())});
            sums.add(new String[] {"Net", money(bill.net().subtract(bill.granted()))});
        }
        if (bill.taxName() != null) {
            String rate = bill.taxRate().stripTrailingZeros().toPlainString();
            sums.add(new String[] {bill.taxName() + " " + rate + " %", money(bill.tax())});
        }
        paper.needs(15f * sums.size() + 120);
        paper.moveTo(paper.y() - 8);
        sums.forEach(sum -> row(paper, sum[0], sum[1], false));
        row(paper, "Total " + bill.currency(), money(bill.total()), true);
        if (bill.kind() == BillKind.INVOICE && bill.prepaid().signum() != 0) {
            String label = bill.prepaid().signum() > 0 ? "Paid in advance" : "Kept as credit for later bills";
            row(paper, label, money(bill.prepaid().negate()), false);
        }
        if (bill.kind() == BillKind.INVOICE) {
            row(paper, "Amount due " + bill.currency(), money(bill.due()), true);
        }
        if (bill.taxNote() != null) {
            paper.text(LEFT, paper.y() - 4, 9, String.valueOf(bill.taxNote()));
            paper.moveTo(paper.y() - 18);
        }
    }

    private static void row(Paper paper, String label, String amount, boolean strong) {
        try {
            float y = paper.y();
            if (strong) {
                paper.line(330, RIGHT, y + 9, 0.8f);
                paper.bold(330, y - 4, 10.5f, label);
                paper.boldRight(RIGHT, y - 4, 10.5f, amount);
                paper.moveTo(y - 23);
            } else {
                paper.text(330, y, 9.5f, label);
                paper.right(RIGHT, y, 9.5f, amount);
                paper.moveTo(y - 15);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void payment(Paper paper) throws IOException {
        if (bill.kind() == BillKind.CREDIT_NOTE) {
            return;
        }
        paper.needs(80);
        float y = paper.y() - 12;
        if (bill.paymentStatus() == BillStatus.PAID) {
            paper.bold(LEFT, y, 10, "Nothing is to be paid.");
            y -= 14;
            for (Payment payment : payments) {
                paper.text(
                        LEFT,
                        y,
                        9,
                        "Received on " + payment.receivedOn() + ": " + money(payment.amount()) + " "
                                + payment.currency());
                y -= 12;
            }
        } else if (bill.due().signum() > 0 && bill.number() != null) {
            paper.bold(LEFT, y, 10, "Please pay by " + bill.dueDate() + ", naming " + number() + ".");
            y -= 14;
            for (String line : bankLines()) {
                paper.text(LEFT, y, 9, line);
                y -= 12;
            }
        }
        paper.moveTo(y);
    }

    private List<String> bankLines() {
        List<String> lines = new ArrayList<>();
        if (!text(seller, "iban").isEmpty()) {
            lines.add("Account holder " + text(seller, "name"));
            lines.add("IBAN " + text(seller, "iban").replaceAll("(.{4})(?=.)", "$1 "));
            lines.add(("BIC " + text(seller, "bic") + "  " + text(seller, "bank")).strip());
        }
        return lines;
    }

    private String footer() {
        List<String> parts = new ArrayList<>(address(seller));
        String taxId = text(seller, "taxId");
        if (!taxId.isEmpty()) {
            parts.add("Tax ID " + taxId);
        }
        return String.join("  ·  ", parts);
    }

    /// For whoever stores it.
    public static String fileName(Bill bill, String extension) {
        @Nullable String number = bill.number();
        return "bill-" + (number == null ? "draft-" + bill.id() : number) + "." + extension;
    }
}
