package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class BillingCloseTest {

    private final TestDatabase database = TestDatabase.hub();
    private final Books books = new Books();
    private final BillingKit kit = new BillingKit();

    /// Runs the close, killed again and again at a statement drawn at random, sometimes going on at the checkpoint and
    /// sometimes from the beginning, as a restart and a new start do.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {20261121, 4711})
    void killed_at_fifty_points_and_run_again_it_writes_the_same_bills_byte_for_byte(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            kit.tenant(random, 1 + random.nextInt(9));
        }
        List<String> undisturbed;
        try (Connection connection = database.connect(Role.WORKER)) {
            connection.setAutoCommit(false);
            UUID last = new UUID(0, 0);
            for (UUID next = kit.chunk(connection, last, 4);
                    !next.equals(last);
                    next = kit.chunk(connection, last, 4)) {
                last = next;
            }
            undisturbed = kit.bills(connection);
            connection.rollback();
        }
        assertThat(undisturbed).hasSizeGreaterThan(50);

        int kills = 0;
        UUID checkpoint = new UUID(0, 0);
        while (kills < 50) {
            try (Connection connection = database.connect(Role.WORKER)) {
                connection.setAutoCommit(false);
                int deadly = 1 + random.nextInt(60);
                try {
                    UUID reached =
                            kit.chunk(BillingKit.breaking(connection, deadly), checkpoint, 1 + random.nextInt(6));
                    connection.commit();
                    checkpoint = reached.equals(checkpoint) ? new UUID(0, 0) : reached;
                } catch (SQLException killed) {
                    assertThat(killed.getMessage()).isEqualTo("killed");
                    connection.rollback();
                    kills++;
                    if (random.nextInt(3) == 0) {
                        checkpoint = new UUID(0, 0);
                    }
                }
            }
        }
        kit.close();
        assertThat(database.<List<String>>ask(Role.WORKER, kit::bills)).isEqualTo(undisturbed);
        kit.close();
        assertThat(database.<List<String>>ask(Role.WORKER, kit::bills)).isEqualTo(undisturbed);
        booksAgree();
    }

    /// Bills and lines say what the ledger says.
    private void booksAgree() throws SQLException {
        database.inTransaction(Role.WORKER, connection -> {
            assertThat(TestDatabase.rows(connection, """
                            select b.id from hub.bills b
                              left join (select t.team_id, sum(case t.kind when 'CHARGE' then t.amount else -t.amount end) as used
                                           from hub.ledger_transfers t
                                          where t.kind in ('CHARGE', 'REFUND') and t.created_at >= ?::date and t.created_at < ?::date
                                          group by t.team_id) l on l.team_id = b.team_id
                              left join (select i.bill_id, sum(i.exact_amount) as exact, sum(i.amount) as rounded
                                           from hub.billing_items i group by i.bill_id) i on i.bill_id = b.id
                             where b.period_start = ?
                               and (b.usage <> l.used or b.usage <> i.exact or b.net <> i.rounded)
                            """, kit.period.start(), kit.period.end(), kit.period.start()))
                    .isEmpty();
            List<String> numbers = TestDatabase.column(
                            connection,
                            "select number from hub.bills where extract(year from billing_date) = ? and kind = 'INVOICE' and number is not null order by number",
                            kit.terms.billingDate().getYear())
                    .stream()
                    .map(String::valueOf)
                    .toList();
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i))
                        .isEqualTo(
                                String.format("%d-%06d", kit.terms.billingDate().getYear(), i + 1));
            }
        });
    }

    @Test
    void two_who_close_at_once_write_each_bill_once_and_leave_no_gap() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            kit.tenant(random, 3);
        }
        Callable<Boolean> closing = () -> {
            kit.close();
            return true;
        };
        assertThat(Books.atOnce(Collections.nCopies(4, closing))).containsOnly(true);
        booksAgree();
        assertThat(database.<String>ask(
                        Role.WORKER,
                        connection -> TestDatabase.value(
                                connection,
                                "select count(*) from hub.bills where period_start = ?",
                                kit.period.start())))
                .isEqualTo("30");
    }

    @Test
    void what_one_month_leaves_over_is_carried_into_the_next() throws Exception {
        Tenant tenant = database.tenant("0");
        books.past(tenant, TransferKind.ADVANCE, Ids.next(), "10", "line", kit.time(-1));
        books.pastCharge(tenant, "0.004", "Job on a", kit.time(1));
        kit.close();
        BillingKit next = new BillingKit();
        assertThat(bill(tenant, kit).get(0)).isEqualTo("0.00");
        assertThat(new BigDecimal(String.valueOf(bill(tenant, kit).get(1)))).isEqualByComparingTo("0.004");
        assertThat(bill(tenant, kit).get(2)).isEqualTo("PAID");
        books.pastCharge(tenant, "0.004", "Job on a", next.time(1));
        next.close();
        assertThat(bill(tenant, next).get(0)).isEqualTo("0.01");
        assertThat(new BigDecimal(String.valueOf(bill(tenant, next).get(1)))).isEqualByComparingTo("-0.002");
        assertThat(bill(tenant, next).get(2)).isEqualTo("PENDING");
    }

    private List<? extends Object> bill(Tenant tenant, BillingKit of) throws SQLException {
        return database.ask(
                Role.APP,
                tenant,
                connection -> TestDatabase.rows(
                                connection,
                                "select net, carried_out, payment_status from hub.bills where period_start = ?",
                                of.period.start())
                        .getFirst());
    }

    @Test
    void a_draft_that_was_thrown_away_can_be_drawn_up_again() throws Exception {
        Tenant tenant = kit.tenant(new Random(1), 2);
        UUID draft = database.ask(
                Role.WORKER,
                connection -> kit.register
                        .drawUp(connection, tenant.team(), kit.period, kit.terms)
                        .orElseThrow());
        assertThat(database.<Boolean>ask(
                        Role.WORKER,
                        connection -> kit.register
                                .drawUp(connection, tenant.team(), kit.period, kit.terms)
                                .isPresent()))
                .isFalse();
        assertThat(database.<Boolean>ask(Role.WORKER, connection -> kit.numbers.discard(connection, draft)))
                .isTrue();
        kit.close();
        List<String> drawn = database.ask(
                Role.WORKER,
                connection -> TestDatabase.column(
                                connection,
                                "select payment_status from hub.bills where team_id = ? order by created_at",
                                tenant.team())
                        .stream()
                        .map(String::valueOf)
                        .toList());
        assertThat(drawn).hasSize(2).contains("CANCELLED").doesNotContain("DRAFT");
        assertThat(database.<Boolean>ask(Role.WORKER, connection -> kit.numbers.discard(connection, draft)))
                .isFalse();
        booksAgree();
    }

    /// The guard matters: without the look whether a bill is there, the second run trips over the unique index.
    @Test
    void a_period_is_billed_once_whatever_the_program_thinks() throws Exception {
        Tenant tenant = kit.tenant(new Random(2), 2);
        kit.close();
        assertThatThrownBy(() -> database.inTransaction(
                        Role.WORKER,
                        connection -> TestDatabase.change(
                                connection,
                                "insert into hub.bills (id, team_id, user_id, kind, period_start, period_end, currency, usage, net,"
                                        + " total, due, pending_amount, carried_out, billing_date, due_date, seller, buyer)"
                                        + " select gen_random_uuid(), team_id, user_id, kind, period_start, period_end, currency, 0, 0,"
                                        + " 0, 0, 0, 0, billing_date, due_date, seller, buyer from hub.bills where team_id = ?",
                                tenant.team())))
                .hasMessageContaining("bills_once");
    }
}
