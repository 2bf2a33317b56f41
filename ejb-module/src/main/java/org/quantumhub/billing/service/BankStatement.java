package org.quantumhub.billing.service;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;

/// Reads the credits of bank statements: CAMT.053 of ISO 20022, in any of its versions, and CSV.
public final class BankStatement {

    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_REMITTANCE = 1_000;
    private static final int LONGEST_NAME = 200;

    private BankStatement() {}

    /// Money that a statement says was credited.
    ///
    /// @param key the bank's word for it, by which it is recognised on the next statement
    /// @param remittance what the payer wrote
    public record Entry(
            String key,
            LocalDate bookedOn,
            Money amount,
            @Nullable String payer,
            String remittance) {}

    /// Reads CSV with a header. Columns: `date` (2026-11-20), `amount` (decimal point; debits, below zero, are left
    /// out),
    /// `currency`, `payer`, `remittance`, `reference` (the bank's, unique). Others are passed over.
    ///
    /// @throws HubException `INVALID_STATEMENT`, naming the line
    public static List<Entry> csv(byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(new String(bytes, StandardCharsets.UTF_8))) {
            for (NamedCsvRecord row : rows) {
                long line = row.getStartingLineNumber();
                BigDecimal amount = amount(field(row, "amount"), line);
                if (amount.signum() > 0) {
                    add(
                            entries,
                            field(row, "reference"),
                            field(row, "date"),
                            amount,
                            field(row, "currency"),
                            field(row, "payer"),
                            field(row, "remittance"),
                            line);
                }
            }
        } catch (java.io.IOException | RuntimeException e) {
            throw e instanceof HubException refusal ? refusal : unreadable("The file is no CSV with a header.", e);
        }
        return entries;
    }

    private static String field(NamedCsvRecord row, String name) {
        return row.findField(name).map(String::strip).orElse("");
    }

    /// Reads a statement in XML. Entries that are not booked yet, and debits, are left out; an entry that sums several
    /// transactions up is taken apart.
    ///
    /// @throws HubException `INVALID_STATEMENT`
    public static List<Entry> camt053(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // a text with an ampersand in it comes in one piece
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            List<Entry> entries = new ArrayList<>();
            boolean statement = false;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    statement |= xml.getLocalName().equals("BkToCstmrStmt");
                    if (statement && xml.getLocalName().equals("Ntry")) {
                        entry(xml, entries);
                    }
                }
            }
            if (!statement) {
                throw unreadable("The file is no CAMT.053 statement.", null);
            }
            return entries;
        } catch (XMLStreamException | RuntimeException e) {
            throw e instanceof HubException refusal ? refusal : unreadable("The file is no CAMT.053 statement.", e);
        }
    }

    /// One `Ntry`: its own facts, and those of each `TxDtls` in it, by their paths.
    private static void entry(XMLStreamReader xml, List<Entry> entries) throws XMLStreamException {
        long line = xml.getLocation().getLineNumber();
        Map<String, String> own = new HashMap<>();
        List<Map<String, String>> parts = new ArrayList<>();
        Map<String, String> facts = own;
        List<String> path = new ArrayList<>();
        String currency = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                path.add(xml.getLocalName());
                if (xml.getLocalName().equals("TxDtls")) {
                    facts = new HashMap<>();
                    parts.add(facts);
                }
                currency = xml.getLocalName().equals("Amt") ? xml.getAttributeValue(null, "Ccy") : null;
            } else if (event == XMLStreamConstants.CHARACTERS && !xml.isWhiteSpace() && !path.isEmpty()) {
                String name = String.join("/", path.subList(Math.max(0, path.indexOf("TxDtls") + 1), path.size()));
                facts.merge(name, xml.getText().strip(), (a, b) -> name.endsWith("Ustrd") ? a + " " + b : a + b);
                if (currency != null) {
                    facts.put(name + "@Ccy", currency);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (path.isEmpty()) {
                    break;
                }
                if (path.removeLast().equals("TxDtls")) {
                    facts = own;
                }
            }
        }
        boolean booked = "BOOK".equals(own.getOrDefault("Sts/Cd", own.getOrDefault("Sts", "BOOK")));
        if (booked && "CRDT".equals(own.get("CdtDbtInd"))) {
            take(own, parts, entries, line);
        }
    }

    private static void take(Map<String, String> own, List<Map<String, String>> parts, List<Entry> entries, long line) {
        String day = own.getOrDefault("BookgDt/Dt", own.getOrDefault("BookgDt/DtTm", ""));
        String key = first(own, "AcctSvcrRef", "NtryRef").orElse("");
        boolean several = parts.size() > 1;
        for (int i = 0; i < Math.max(1, parts.size()); i++) {
            Map<String, String> part = parts.isEmpty() ? Map.of() : parts.get(i);
            String amount = several ? first(part, "Amt", "AmtDtls/TxAmt/Amt").orElse("") : own.getOrDefault("Amt", "");
            String currency = several
                    ? first(part, "Amt@Ccy", "AmtDtls/TxAmt/Amt@Ccy").orElse("")
                    : own.getOrDefault("Amt@Ccy", "");
            String reference = several
                    ? first(part, "Refs/AcctSvcrRef", "Refs/TxId").orElse(key + "/" + (i + 1))
                    : key.isEmpty()
                            ? first(part, "Refs/AcctSvcrRef", "Refs/TxId", "Refs/EndToEndId")
                                    .orElse("")
                            : key;
            String text = String.join(
                    " ",
                    part.getOrDefault("RmtInf/Ustrd", ""),
                    part.getOrDefault("RmtInf/Strd/CdtrRefInf/Ref", ""),
                    part.getOrDefault("RmtInf/Strd/RfrdDocInf/Nb", ""),
                    part.getOrDefault("Refs/EndToEndId", ""),
                    own.getOrDefault("AddtlNtryInf", ""));
            add(
                    entries,
                    reference,
                    day.length() > 10 ? day.substring(0, 10) : day,
                    amount(amount, line),
                    currency,
                    first(part, "RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm").orElse(""),
                    text.strip(),
                    line);
        }
    }

    private static Optional<String> first(Map<String, String> facts, String... names) {
        for (String name : names) {
            if (facts.containsKey(name)) {
                return Optional.ofNullable(facts.get(name));
            }
        }
        return Optional.empty();
    }

    private static void add(
            List<Entry> entries,
            String key,
            String day,
            BigDecimal amount,
            String currency,
            String payer,
            String remittance,
            long line) {
        if (entries.size() == MOST_ENTRIES) {
            throw new HubException(ProblemCode.BODY_TOO_LARGE, "A statement has at most " + MOST_ENTRIES + " credits.")
                    .with("limit", MOST_ENTRIES);
        }
        if (key.isEmpty() || key.length() > 200) {
            throw wrong("reference", key, line);
        }
        try {
            Money money = new Money(amount, Currency.getInstance(currency.toUpperCase(Locale.ROOT)));
            entries.add(new Entry(
                    key,
                    LocalDate.parse(day),
                    money,
                    payer.isEmpty() ? null : cut(payer, LONGEST_NAME),
                    cut(remittance, LONGEST_REMITTANCE)));
        } catch (DateTimeException e) {
            throw wrong("date", day, line);
        } catch (IllegalArgumentException e) {
            throw wrong("currency", currency, line);
        }
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static BigDecimal amount(String text, long line) {
        if (!text.matches("[+-]?[0-9]{1,15}(\\.[0-9]{1,5})?")) {
            throw wrong("amount", text, line);
        }
        BigDecimal amount = new BigDecimal(text).stripTrailingZeros();
        if (amount.scale() > 2) {
            throw wrong("amount", text, line);
        }
        return amount;
    }

    private static HubException wrong(String what, String text, long line) {
        return new HubException(
                        ProblemCode.INVALID_STATEMENT,
                        "The entry in line " + line + " has no usable " + what + ": '" + cut(text, 50) + "'.")
                .with("line", line);
    }

    private static HubException unreadable(String message, @Nullable Exception cause) {
        HubException refusal = new HubException(ProblemCode.INVALID_STATEMENT, message);
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
