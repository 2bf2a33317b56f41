package org.quantumhub.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quantumhub.billing.TransferKind.HOLD;
import static org.quantumhub.billing.TransferKind.RELEASE;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quantumhub.billing.LedgerSeals.Fault;
import org.quantumhub.billing.LedgerSeals.Verification;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class LedgerSealsTest {

    private final TestDatabase database = TestDatabase.hub();
    private final LedgerSeals seals = new LedgerSeals();
    private final Books books = new Books();

    @FunctionalInterface
    private interface Tampering {
        void with(Connection superuser) throws SQLException;
    }

    private void sealAll() throws SQLException {
        while (database.ask(Role.WORKER, connection -> seals.seal(connection, 0)) > 0) {
            // block after block
        }
    }

    private List<Long> someTransfers() throws SQLException {
        Tenant tenant = database.tenant("100.00");
        for (int i = 0; i < 12; i++) {
            books.post(tenant, Books.transfer(HOLD, tenant, Ids.next(), "1." + i));
        }
        return database
                .ask(
                        Role.APP,
                        tenant,
                        connection -> TestDatabase.column(
                                connection, "select id from hub.ledger_transfers where kind = 'HOLD' order by id"))
                .stream()
                .map(id -> Long.parseLong(String.valueOf(id)))
                .toList();
    }

    /// Changes the past as only the owner of the machine can, looks at the chain, and takes the change back.
    private Verification after(Tampering tampering) throws SQLException {
        try (Connection connection = database.connect(Role.SUPERUSER)) {
            connection.setAutoCommit(false);
            TestDatabase.change(connection, "set local session_replication_role = replica");
            tampering.with(connection);
            Verification found = seals.verify(connection);
            connection.rollback();
            return found;
        }
    }

    @Test
    void what_was_sealed_is_found_intact() throws Exception {
        someTransfers();
        sealAll();
        Verification found = database.ask(Role.WORKER, seals::verify);
        assertThat(found.faults()).isEmpty();
        assertThat(found.transfers())
                .isEqualTo(Long.parseLong(database.ask(
                        Role.WORKER,
                        connection -> TestDatabase.value(connection, "select count(*) from hub.ledger_transfers"))));
        assertThat(found.seal()).hasSize(64);
        someTransfers();
        sealAll();
        Verification later = database.ask(Role.WORKER, seals::verify);
        assertThat(later.faults()).isEmpty();
        assertThat(later.blocks()).isGreaterThan(found.blocks());
        assertThat(later.seal()).isNotEqualTo(found.seal());
    }

    @Test
    void transfers_are_sealed_when_they_are_old_enough() throws Exception {
        sealAll();
        someTransfers();
        assertThat(database.<Integer>ask(Role.WORKER, connection -> seals.seal(connection, 3600)))
                .isZero();
        assertThat(database.<Integer>ask(Role.WORKER, connection -> seals.seal(connection, 0)))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "amount = amount + 0.00000001",
        "description = 'another'",
        "created_at = created_at + interval '1 microsecond'",
        "reference = gen_random_uuid()",
        "currency = 'EUR'"
    })
    void a_changed_transfer_is_named(String change) throws Exception {
        List<Long> ids = someTransfers();
        sealAll();
        long id = ids.get(new Random(change.hashCode()).nextInt(ids.size()));
        Verification found = after(superuser ->
                TestDatabase.change(superuser, "update hub.ledger_transfers set " + change + " where id = ?", id));
        assertThat(found.faults()).extracting(Fault::transferId).containsExactly(id);
    }

    @Test
    void a_removed_transfer_is_missed() throws Exception {
        List<Long> ids = someTransfers();
        sealAll();
        Verification found = after(superuser ->
                TestDatabase.change(superuser, "delete from hub.ledger_transfers where id = ?", ids.get(3)));
        assertThat(found.faults()).singleElement().extracting(Fault::what).isEqualTo("1 removed");
    }

    @Test
    void a_transfer_that_was_added_behind_the_seal_is_named() throws Exception {
        List<Long> ids = someTransfers();
        // a number that a transaction had drawn and given back
        long hole = Long.parseLong(database.ask(
                Role.SUPERUSER,
                connection -> TestDatabase.value(
                        connection, "select nextval(pg_get_serial_sequence('hub.ledger_transfers', 'id'))")));
        someTransfers();
        sealAll();
        Verification found = after(superuser -> TestDatabase.change(
                superuser,
                "insert into hub.ledger_transfers (id, team_id, kind, reference, debit_account, credit_account, amount,"
                        + " currency, description) overriding system value select ?, team_id, kind, gen_random_uuid(),"
                        + " debit_account, credit_account, amount, currency, description from hub.ledger_transfers where id = ?",
                hole,
                ids.getFirst()));
        assertThat(found.faults()).extracting(Fault::transferId).containsExactly(hole);
    }

    @Test
    void a_seal_that_was_made_anew_breaks_the_chain_behind_it() throws Exception {
        someTransfers();
        sealAll();
        List<Long> ids = someTransfers();
        sealAll();
        Tenant tenant = database.tenant("1.00");
        books.post(tenant, Books.transfer(HOLD, tenant, Ids.next(), "1"));
        sealAll();
        Verification found = after(superuser -> {
            TestDatabase.change(
                    superuser, "update hub.ledger_transfers set amount = amount * 2 where id = ?", ids.getFirst());
            TestDatabase.change(superuser, """
                    update hub.ledger_seals s
                       set digests = n.digests,
                           seal = sha256(s.previous_seal || convert_to(s.day || '|' || s.number || '|' || s.first_id || '|'
                                         || s.last_id || '|' || s.transfers || '|', 'UTF8') || n.whole)
                      from (select string_agg(substring(hub.transfer_digest(t) for 8), '' order by t.id) as digests,
                                   string_agg(hub.transfer_digest(t), '' order by t.id) as whole
                              from hub.ledger_transfers t, hub.ledger_seals z
                             where ? between z.first_id and z.last_id and t.id between z.first_id and z.last_id) n
                     where ? between s.first_id and s.last_id
                    """, ids.getFirst(), ids.getFirst());
        });
        assertThat(found.faults())
                .singleElement()
                .extracting(Fault::what)
                .isEqualTo("the seal before this one is another");
    }

    @Test
    void a_release_is_no_less_sealed_than_a_hold() throws Exception {
        Tenant tenant = database.tenant("1.00");
        java.util.UUID job = Ids.next();
        books.post(tenant, Books.transfer(HOLD, tenant, job, "1"), Books.transfer(RELEASE, tenant, job, "1"));
        sealAll();
        Verification found = after(superuser -> TestDatabase.change(
                superuser,
                "update hub.ledger_transfers set amount = 0.5 where reference = ? and kind = 'RELEASE'",
                job));
        assertThat(found.faults()).hasSize(1);
    }
}
