package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Columns;

/// Draws up bills, on the connection of the caller's transaction. Everything in a bill follows from the
/// ledger, the bills before it and the day: whoever is interrupted and begins again writes the same bills.
@ApplicationScoped
public class BillRegister {

    private static final String TEAMS = """
            select w.team_id
              from hub.wallets w
             where w.team_id > ?
               and exists (select from hub.ledger_transfers t
                            where t.team_id = w.team_id and t.kind in ('CHARGE', 'REFUND')
                              and t.created_at >= ?::timestamptz and t.created_at < ?::timestamptz)
             order by w.team_id
             limit ?
            """;

    private static final String UNBILLED = """
            select exists (select from hub.wallets w
                            where exists (select from hub.ledger_transfers t
                                           where t.team_id = w.team_id and t.kind in ('CHARGE', 'REFUND')
                                             and t.created_at >= ?::timestamptz and t.created_at < ?::timestamptz)
                              and not exists (select from hub.bills b
                                               where b.team_id = w.team_id and b.period_start = ? and b.kind = 'INVOICE'))
            """;

    private static final String DRAWN_UP = "select payment_status = 'CANCELLED' and number is null from hub.bills"
            + " where team_id = ? and period_start = ? and kind = 'INVOICE'";
    private static final String USAGE = """
            select t.kind, t.description, count(*), sum(t.amount), min(t.id), max(t.id)
              from hub.ledger_transfers t
             where t.team_id = ? and t.kind in ('CHARGE', 'REFUND')
               and t.created_at >= ?::timestamptz and t.created_at < ?::timestamptz
             group by t.kind, t.description
             order by t.kind, t.description collate "C"
            """;
    private static final String BEFORE = LedgerSeals.text("bill-before.sql");
    private static final String PAYER = """
            select w.currency, t.name,
                   (select m.user_id from hub.team_members m where m.team_id = w.team_id
                     order by m.role <> 'OWNER', m.created_at, m.user_id limit 1),
                   p.country, p.tax_id,
                   jsonb_strip_nulls(jsonb_build_object('name', coalesce(p.legal_name, t.name), 'street', p.street,
                       'postalCode', p.postal_code, 'city', p.city, 'country', p.country, 'taxId', p.tax_id,
                       'email', p.email, 'reference', p.reference))::text
              from hub.wallets w
              join hub.teams t on t.id = w.team_id
              left join hub.billing_profiles p on p.team_id = w.team_id
             where w.team_id = ?
            """;
    private static final String RATE = "select name, rate, eu from hub.tax_rates"
            + " where country = ? and valid_from <= ? order by valid_from desc limit 1";
    private static final String DRAW_UP = """
            insert into hub.bills (id, team_id, user_id, kind, period_start, period_end, currency, usage, carried_in, carried_out,
                                   rounding, net, granted, tax_name, tax_rate, tax, tax_note, total, prepaid, due, pending_amount,
                                   billing_date, due_date, seller, buyer)
            values (?, ?, ?, 'INVOICE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
            """;
    private static final String LINES = """
            insert into hub.billing_items (bill_id, team_id, position, description, quantity, unit, exact_amount, amount,
                                           first_transfer, last_transfer)
            select bill_id, team_id, position, description, quantity, unit, exact_amount, amount, first_transfer, last_transfer
              from unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::bigint[], ?::text[], ?::numeric[], ?::numeric[],
                          ?::bigint[], ?::bigint[])
                   as l (bill_id, team_id, position, description, quantity, unit, exact_amount, amount, first_transfer, last_transfer)
            """;
    /// What a bill says that does not come from the ledger.
    ///
    /// @param seller who sells, as JSON
    /// @param sellerCountry null when the seller has not said; then no tax is charged
    /// @param paymentDays from the billing date to the due date
    public record Terms(String seller, @Nullable String sellerCountry, LocalDate billingDate, int paymentDays) {}

    private record Payer(
            String currency,
            UUID userId,
            @Nullable String country,
            @Nullable String taxId,
            String buyer) {}

    /// Teams with something to bill in a period, in the order of their ids.
    public List<UUID> teams(Connection connection, BillingPeriod period, UUID after, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TEAMS)) {
            statement.setObject(1, after);
            statement.setObject(2, period.start().atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.setObject(3, period.end().atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.setInt(4, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> teams = new ArrayList<>();
                while (rows.next()) {
                    teams.add(rows.getObject(1, UUID.class));
                }
                return teams;
            }
        }
    }

    /// Whether a team has something to bill in a period and no bill for it, not even a draft that was thrown away.
    public boolean hasUnbilled(Connection connection, BillingPeriod period) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNBILLED)) {
            statement.setObject(1, period.start().atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.setObject(2, period.end().atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.setObject(3, period.start());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /// Draws up the bill of a team for a period as a draft. Whoever draws up bills of the same year waits here.
    ///
    /// @return empty when it has been drawn up before, or when there is nothing to bill
    public Optional<UUID> drawUp(Connection connection, UUID team, BillingPeriod period, Terms terms)
            throws SQLException {
        BillNumbers.lock(connection, BillKind.INVOICE, terms.billingDate().getYear());
        OptionalInt discarded = discarded(connection, team, period);
        if (discarded.isEmpty()) {
            return Optional.empty();
        }
        List<BillSum.Usage> usages = usages(connection, team, period);
        if (usages.isEmpty()) {
            return Optional.empty();
        }
        Payer payer = payer(connection, team);
        Tax tax = tax(connection, terms, payer);
        int digits = Math.clamp(Currency.getInstance(payer.currency()).getDefaultFractionDigits(), 0, 2);
        BillSum sum = BillSum.of(usages, before(connection, team, period), tax, digits);
        UUID id = id(team, period, discarded.getAsInt());
        insert(connection, id, team, period, terms, payer, tax, sum);
        insertLines(connection, id, team, sum);
        return Optional.of(id);
    }

    /// How many drafts for this period were thrown away; empty when there is a bill.
    private static OptionalInt discarded(Connection connection, UUID team, BillingPeriod period) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DRAWN_UP)) {
            statement.setObject(1, team);
            statement.setObject(2, period.start());
            try (ResultSet rows = statement.executeQuery()) {
                int discarded = 0;
                while (rows.next()) {
                    if (!rows.getBoolean(1)) {
                        return OptionalInt.empty();
                    }
                    discarded++;
                }
                return OptionalInt.of(discarded);
            }
        }
    }

    private static List<BillSum.Usage> usages(Connection connection, UUID team, BillingPeriod period)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USAGE)) {
            statement.setObject(1, team);
            statement.setObject(2, period.start().atStartOfDay().atOffset(ZoneOffset.UTC));
            statement.setObject(3, period.end().atStartOfDay().atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                List<BillSum.Usage> usages = new ArrayList<>();
                while (rows.next()) {
                    usages.add(new BillSum.Usage(
                            TransferKind.valueOf(rows.getString(1)),
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getBigDecimal(4),
                            rows.getLong(5),
                            rows.getLong(6)));
                }
                return usages;
            }
        }
    }

    private static BillSum.Before before(Connection connection, UUID team, BillingPeriod period) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
            statement.setObject(1, team);
            statement.setObject(2, period.start());
            statement.setObject(3, team);
            statement.setObject(4, period.end().atStartOfDay().atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new BillSum.Before(
                        row.getBigDecimal(1), row.getBigDecimal(2), row.getBigDecimal(3), row.getBigDecimal(4));
            }
        }
    }

    private static Payer payer(Connection connection, UUID team) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAYER)) {
            statement.setObject(1, team);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Payer(
                        row.getString(1),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6));
            }
        }
    }

    private static Tax tax(Connection connection, Terms terms, Payer payer) throws SQLException {
        Map<String, Tax.Rate> rates = new HashMap<>();
        for (String country : new String[] {terms.sellerCountry(), payer.country()}) {
            Tax.Rate rate = country == null ? null : rate(connection, country, terms.billingDate());
            if (rate != null) {
                rates.put(country, rate);
            }
        }
        return Tax.between(
                terms.sellerCountry(),
                payer.country(),
                payer.taxId(),
                terms.billingDate(),
                (country, day) -> rates.get(country));
    }

    private static Tax.@Nullable Rate rate(Connection connection, String country, LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RATE)) {
            statement.setString(1, country);
            statement.setObject(2, day);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Tax.Rate(country, row.getString(1), row.getBigDecimal(2), row.getBoolean(3))
                        : null;
            }
        }
    }

    private static void insert(
            Connection connection,
            UUID id,
            UUID team,
            BillingPeriod period,
            Terms terms,
            Payer payer,
            Tax tax,
            BillSum sum)
            throws SQLException {
        Object[] values = {
            id,
            team,
            payer.userId(),
            period.start(),
            period.end(),
            payer.currency(),
            sum.usage(),
            sum.carriedIn(),
            sum.carriedOut(),
            sum.rounding(),
            sum.net(),
            sum.granted(),
            tax.name(),
            tax.rate(),
            sum.tax(),
            tax.note(),
            sum.total(),
            sum.prepaid(),
            sum.due(),
            sum.due(),
            terms.billingDate(),
            terms.billingDate().plusDays(terms.paymentDays()),
            terms.seller(),
            payer.buyer()
        };
        try (PreparedStatement statement = connection.prepareStatement(DRAW_UP)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void insertLines(Connection connection, UUID id, UUID team, BillSum sum) throws SQLException {
        List<BillSum.Line> lines = sum.lines();
        try (PreparedStatement statement = connection.prepareStatement(LINES)) {
            Columns.of(lines)
                    .uuid(line -> id)
                    .uuid(line -> team)
                    .integer(line -> lines.indexOf(line) + 1)
                    .text(line -> (line.usage().kind() == TransferKind.REFUND ? "Refund: " : "")
                            + line.usage().description())
                    .bigint(line -> line.usage().transfers())
                    .text(line -> line.usage().kind() == TransferKind.REFUND ? "refund" : "charge")
                    .numeric(BillSum.Line::exact)
                    .numeric(BillSum.Line::amount)
                    .bigint(line -> line.usage().first())
                    .bigint(line -> line.usage().last())
                    .bind(statement);
            statement.executeUpdate();
        }
    }

    /// The id of a bill follows from its team and period. Its first bits are the period's end, as in UUID version 7, so
    /// that bills sort by time like everything else; the rest is a digest.
    static UUID id(UUID team, BillingPeriod period, int discarded) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("bill " + team + " " + period.start() + " " + discarded).getBytes(StandardCharsets.UTF_8));
            ByteBuffer random = ByteBuffer.wrap(digest);
            long millis = period.end().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
            long high = millis << 16 | 0x7000 | random.getLong() & 0xFFF;
            long low = random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
