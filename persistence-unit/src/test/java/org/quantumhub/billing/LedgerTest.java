package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quantumhub.billing.TransferKind.CHARGE;
import static org.quantumhub.billing.TransferKind.CREDIT;
import static org.quantumhub.billing.TransferKind.HOLD;
import static org.quantumhub.billing.TransferKind.REFUND;
import static org.quantumhub.billing.TransferKind.RELEASE;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class LedgerTest {

    private final TestDatabase database = TestDatabase.hub();
    private final Ledger ledger = new Ledger();
    private final Books books = new Books();

    @Test
    void money_goes_from_credit_through_hold_to_charge_and_release() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("10", "0", "0"));
        books.post(tenant, Books.transfer(HOLD, tenant, job, "3.00000001"));
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("6.99999999", "3.00000001", "0"));
        books.post(
                tenant, Books.transfer(CHARGE, tenant, job, "2"), Books.transfer(RELEASE, tenant, job, "1.00000001"));
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("8", "0", "2"));
        books.post(tenant, Books.transfer(REFUND, tenant, job, "0.5"));
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("8.5", "0", "1.5"));
        books.checkBooks(List.of(tenant));
    }

    @Test
    void requests_hold_and_charge_and_give_back_and_post_nothing_else() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        postAsRequest(tenant, Books.transfer(HOLD, tenant, job, "3"));
        postAsRequest(tenant, Books.transfer(CHARGE, tenant, job, "0.5"), Books.transfer(RELEASE, tenant, job, "1"));
        for (TransferKind kind : List.of(CREDIT, REFUND)) {
            assertThatThrownBy(() -> postAsRequest(tenant, Books.transfer(kind, tenant, Ids.next(), "1")))
                    .hasMessageContaining("row-level security");
        }
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("8", "1.5", "0.5"));
        assertThatThrownBy(() -> postAsRequest(tenant, Books.transfer(CHARGE, tenant, Ids.next(), "1.6")))
                .hasMessageContaining("wallets_held");
    }

    @Test
    void holds_and_what_became_of_them_come_in_one_statement() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        postAsRequest(
                tenant,
                Books.transfer(HOLD, tenant, job, "3"),
                Books.transfer(CHARGE, tenant, job, "2"),
                Books.transfer(RELEASE, tenant, job, "1"));
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("8", "0", "2"));
        assertThat(books.kinds(job)).containsExactly(HOLD, CHARGE, RELEASE);
        books.checkBooks(List.of(tenant));
    }

    @Test
    void a_wallet_is_welcomed_once() throws Exception {
        Tenant tenant = database.tenant("0");
        postAsRequest(tenant, Books.transfer(CREDIT, tenant, Ids.next(), "5"));
        assertThatThrownBy(() -> postAsRequest(tenant, Books.transfer(CREDIT, tenant, Ids.next(), "5")))
                .hasMessageContaining("row-level security");
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("5", "0", "0"));
    }

    private void postAsRequest(Tenant tenant, Transfer... transfers) throws SQLException {
        database.inTransaction(Role.APP, tenant, connection -> ledger.post(connection, List.of(transfers)));
    }

    @Test
    void a_group_moves_many_wallets_at_once() throws Exception {
        List<Tenant> tenants = books.tenants(5, "1.00");
        List<Transfer> holds = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            holds.add(Books.transfer(HOLD, tenants.get(i % 5), Ids.next(), "0.01"));
        }
        database.inTransaction(Role.WORKER, connection -> ledger.post(connection, holds));
        for (Tenant tenant : tenants) {
            assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("0.9", "0.1", "0"));
        }
    }

    @Test
    void a_locked_wallet_tells_what_is_available() throws Exception {
        Tenant tenant = database.tenant("2.50");
        Map<UUID, Ledger.Purse> purses = database.ask(
                Role.APP, tenant, connection -> ledger.lock(connection, List.of(tenant.team(), Ids.next())));
        assertThat(purses).containsOnlyKeys(tenant.team());
        assertThat(purses.values()).extracting(Ledger.Purse::available).containsExactly(Money.of("2.50", "USD"));
    }

    @ParameterizedTest
    @EnumSource(TransferKind.class)
    void nothing_happens_twice_for_one_reference(TransferKind kind) throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID other = Ids.next();
        books.post(tenant, Books.transfer(HOLD, tenant, other, "5"));
        books.post(tenant, Books.transfer(CHARGE, tenant, other, "2"));
        UUID job = Ids.next();
        books.post(tenant, Books.transfer(kind, tenant, job, "0.5"));
        Books.Amounts once = books.wallet(tenant);
        assertThatThrownBy(() -> books.post(tenant, Books.transfer(kind, tenant, job, "0.25")))
                .hasMessageContaining("ledger_transfers_once");
        assertThat(books.wallet(tenant)).isEqualTo(once);
        UUID twin = Ids.next();
        assertThatThrownBy(() -> books.post(
                        tenant, Books.transfer(kind, tenant, twin, "0.1"), Books.transfer(kind, tenant, twin, "0.1")))
                .hasMessageContaining("ledger_transfers_once");
        assertThat(books.wallet(tenant)).isEqualTo(once);
    }

    /// The guard matters: without it a job is charged twice.
    @Test
    void without_the_unique_key_a_second_charge_would_go_through() throws Exception {
        Tenant tenant = database.tenant("10.00");
        UUID job = Ids.next();
        try (Connection connection = database.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            TestDatabase.change(connection, "alter table hub.ledger_transfers drop constraint ledger_transfers_once");
            ledger.post(connection, List.of(Books.transfer(HOLD, tenant, job, "3")));
            ledger.post(connection, List.of(Books.transfer(CHARGE, tenant, job, "1")));
            ledger.post(connection, List.of(Books.transfer(CHARGE, tenant, job, "1")));
            assertThat(TestDatabase.value(connection, "select spent from hub.wallets where team_id = ?", tenant.team()))
                    .isEqualTo("2.00000000");
            connection.rollback();
        }
    }

    @Test
    void nobody_spends_what_is_not_available() throws Exception {
        Tenant tenant = database.tenant("1.00");
        Tenant rich = database.tenant("100.00");
        UUID job = Ids.next();
        assertThatThrownBy(() -> books.post(tenant, Books.transfer(HOLD, tenant, job, "1.00000001")))
                .hasMessageContaining("wallets_available_covered");
        assertThatThrownBy(() -> books.post(tenant, Books.transfer(CHARGE, tenant, job, "0.1")))
                .hasMessageContaining("wallets_held_covered");
        assertThatThrownBy(() -> books.post(tenant, Books.transfer(RELEASE, tenant, job, "0.1")))
                .hasMessageContaining("wallets_held_covered");
        assertThatThrownBy(() -> books.post(tenant, Books.transfer(REFUND, tenant, job, "0.1")))
                .hasMessageContaining("wallets_spent_covered");
        // one that cannot pay fails the whole group
        assertThatThrownBy(() -> database.inTransaction(
                        Role.WORKER,
                        connection -> ledger.post(
                                connection,
                                List.of(
                                        Books.transfer(HOLD, rich, Ids.next(), "1"),
                                        Books.transfer(HOLD, tenant, job, "2")))))
                .hasMessageContaining("wallets_available_covered");
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("1", "0", "0"));
        assertThat(books.wallet(rich)).isEqualTo(Books.Amounts.of("100", "0", "0"));
        assertThat(books.entries(tenant)).isEqualTo(2);
        books.post(tenant, Books.transfer(HOLD, tenant, job, "1"));
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("0", "1", "0"));
    }

    @ParameterizedTest
    @CsvSource({
        "HOLD, HELD, AVAILABLE",
        "HOLD, AVAILABLE, REVENUE",
        "CHARGE, AVAILABLE, REVENUE",
        "RELEASE, REVENUE, AVAILABLE",
        "CREDIT, REVENUE, AVAILABLE",
        "CREDIT, FUNDING, HELD",
        "GIFT, FUNDING, AVAILABLE"
    })
    void a_kind_moves_money_between_its_own_accounts_only(String kind, String debit, String credit) throws Exception {
        Tenant tenant = database.tenant("1.00");
        assertThatThrownBy(() -> insert(tenant, kind, debit, credit, "0.1", "USD"))
                .hasMessageContaining("ledger_transfers_kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.00000001", "-5", "NaN", "Infinity", "99999999999"})
    void an_amount_is_more_than_nothing_and_finite(String amount) throws Exception {
        Tenant tenant = database.tenant("1.00");
        assertThatThrownBy(() -> insert(tenant, "CREDIT", "FUNDING", "AVAILABLE", amount, "USD"))
                .isInstanceOf(SQLException.class);
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("1", "0", "0"));
    }

    @Test
    void a_transfer_in_another_currency_than_the_wallets_is_refused() throws Exception {
        Tenant tenant = database.tenant("1.00");
        assertThatThrownBy(() -> insert(tenant, "CREDIT", "FUNDING", "AVAILABLE", "1", "EUR"))
                .hasMessageContaining("foreign key");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void the_ledger_is_only_added_to(Role role) throws Exception {
        Tenant tenant = database.tenant("1.00");
        for (String verb : List.of(
                "update hub.ledger_transfers set amount = amount + 1",
                "update hub.ledger_transfers set description = ''",
                "delete from hub.ledger_transfers",
                "truncate hub.ledger_transfers",
                "truncate hub.wallets, hub.ledger_transfers cascade")) {
            assertThatThrownBy(() ->
                            database.inTransaction(role, tenant, connection -> TestDatabase.change(connection, verb)))
                    .as(verb)
                    .hasMessageFindingMatch("append-only|permission denied|read-only transaction");
        }
        assertThat(books.entries(tenant)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"APP", "WORKER"})
    void amounts_of_a_wallet_follow_the_ledger_and_nothing_else(Role role) throws Exception {
        Tenant tenant = database.tenant("1.00");
        for (String verb : List.of(
                "update hub.wallets set available = 1000",
                "update hub.wallets set held = 0, spent = 0",
                "update hub.wallets set team_id = team_id",
                "insert into hub.wallets (team_id, currency, available) values (gen_random_uuid(), 'USD', 5)",
                "delete from hub.wallets",
                "select hub.post_transfers()")) {
            assertThatThrownBy(() ->
                            database.inTransaction(role, tenant, connection -> TestDatabase.change(connection, verb)))
                    .as(verb)
                    .hasMessageContaining("permission denied");
        }
        assertThat(books.wallet(tenant)).isEqualTo(Books.Amounts.of("1", "0", "0"));
    }

    private void insert(Tenant tenant, String kind, String debit, String credit, String amount, String currency)
            throws SQLException {
        database.inTransaction(
                Role.WORKER,
                tenant,
                connection -> TestDatabase.change(
                        connection,
                        "insert into hub.ledger_transfers"
                                + " (team_id, kind, reference, debit_account, credit_account, amount, currency, description)"
                                + " values (?, ?, ?, ?, ?, ?::numeric, ?, 'of a test')",
                        tenant.team(),
                        kind,
                        Ids.next(),
                        debit,
                        credit,
                        amount,
                        currency));
    }
}
