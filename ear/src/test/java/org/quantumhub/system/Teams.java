package org.quantumhub.system;

import java.math.BigDecimal;
import java.util.UUID;
import org.quantumhub.shared.Ids;
import org.quantumhub.system.HubClient.Person;

/// Teams as the accounts issue will let people make them: with a purse of a chosen size.
final class Teams {

    private Teams() {}

    /// A team of one person, with this much in its wallet.
    ///
    /// @return the person's client, acting for the team
    static HubClient with(Sql sql, Person owner, String credit) {
        UUID team = Ids.next();
        sql.run(
                "insert into teams (id, name, slug) values (?, ?, ?)",
                team,
                "Purse of " + credit,
                "purse-" + team.toString().substring(24) + "-" + Long.toString(System.nanoTime(), 36));
        sql.run("insert into team_members (team_id, user_id, role) values (?, ?, 'OWNER')", team, owner.id());
        sql.run("insert into wallets (team_id, currency) values (?, 'USD')", team);
        sql.run(
                "insert into ledger_transfers (team_id, kind, reference, debit_account, credit_account, amount, currency,"
                        + " description) values (?, 'CREDIT', ?, 'FUNDING', 'AVAILABLE', ?, 'USD', 'for a test')",
                team,
                Ids.next(),
                new BigDecimal(credit));
        return owner.client().with("X-Team-Id", team.toString());
    }
}
