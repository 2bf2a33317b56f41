package org.quantumhub.billing.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quantumhub.billing.service.BankStatement.Entry;
import org.quantumhub.shared.HubException;

class BankStatementTest {

    private static byte[] statement(String version, String entries) {
        return ("<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." + version
                        + "\"><BkToCstmrStmt><Stmt><Id>1</Id>" + entries + "</Stmt></BkToCstmrStmt></Document>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String entry(String status, String direction, String more) {
        return "<Ntry><Amt Ccy=\"EUR\">12.50</Amt><CdtDbtInd>" + direction + "</CdtDbtInd><Sts>" + status
                + "</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>" + more + "</Ntry>";
    }

    /// Version 2 writes the status as text and the payer's name one level higher than version 8.
    @ParameterizedTest
    @ValueSource(strings = {"02", "08"})
    void the_credits_of_a_statement_are_read_in_any_version(String version) {
        boolean old = version.equals("02");
        String details = "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>"
                + (old ? "<Nm>Acme &amp; Sons</Nm>" : "<Pty><Nm>Acme &amp; Sons</Nm></Pty>")
                + "</Dbtr></RltdPties><RmtInf><Ustrd>Bill 2026-000042</Ustrd><Ustrd>thanks</Ustrd></RmtInf></TxDtls></NtryDtls>";
        List<Entry> entries =
                BankStatement.camt053(statement(version, entry(old ? "BOOK" : "<Cd>BOOK</Cd>", "CRDT", details)));
        Entry entry = entries.getFirst();
        assertThat(entries).hasSize(1);
        assertThat(entry.key()).isEqualTo("R1");
        assertThat(entry.amount()).hasToString("12.50000000 EUR");
        assertThat(entry.bookedOn()).hasToString("2026-11-20");
        assertThat(entry.payer()).isEqualTo("Acme & Sons");
        assertThat(entry.remittance()).contains("Bill 2026-000042 thanks");
    }

    @Test
    void debits_and_what_is_not_booked_yet_are_left_out() {
        assertThat(BankStatement.camt053(
                        statement("08", entry("<Cd>BOOK</Cd>", "DBIT", "") + entry("<Cd>PDNG</Cd>", "CRDT", ""))))
                .isEmpty();
    }

    @Test
    void an_entry_of_several_transactions_is_taken_apart() {
        String parts = "<NtryDtls>"
                + "<TxDtls><Amt Ccy=\"EUR\">10.00</Amt><RmtInf><Ustrd>2026-000001</Ustrd></RmtInf></TxDtls>"
                + "<TxDtls><Refs><AcctSvcrRef>R1-B</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy=\"EUR\">2.50</Amt></TxAmt></AmtDtls>"
                + "<RmtInf><Ustrd>2026-000002</Ustrd></RmtInf></TxDtls></NtryDtls>";
        List<Entry> entries = BankStatement.camt053(statement("08", entry("<Cd>BOOK</Cd>", "CRDT", parts)));
        assertThat(entries).extracting(Entry::key).containsExactly("R1/1", "R1-B");
        assertThat(entries).extracting(e -> e.amount().toString()).containsExactly("10.00000000 EUR", "2.50000000 EUR");
        assertThat(entries).extracting(Entry::remittance).containsExactly("2026-000001", "2026-000002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<Document/>",
                "<Document><BkToCstmrStmt><Stmt><Ntry>",
                "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">many</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
                        + "<AcctSvcrRef>1</AcctSvcrRef><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>",
                "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
                        + "<BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>",
                "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">1.005</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
                        + "<AcctSvcrRef>1</AcctSvcrRef><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>",
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><Document><BkToCstmrStmt><Stmt><Ntry>"
                        + "<Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><AcctSvcrRef>&x;</AcctSvcrRef>"
                        + "<BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>"
            })
    void what_is_no_statement_is_refused_and_no_file_is_read_for_it(String text) {
        assertThatThrownBy(() -> BankStatement.camt053(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        HubException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("INVALID_STATEMENT"));
    }

    @Test
    void a_table_with_a_header_is_a_statement_too() {
        List<Entry> entries = BankStatement.csv("""
                reference,date,amount,currency,payer,remittance,balance
                A1,2026-11-20,100.00,eur,"Acme, Inc.",Bill 2026-000007,5000
                A2,2026-11-20,-3.00,EUR,,fee,4997
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().payer()).isEqualTo("Acme, Inc.");
        assertThatThrownBy(() -> BankStatement.csv("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("line 2");
    }
}
