package org.quantumhub.billing.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Currency;
import java.util.List;
import org.quantumhub.billing.Ledger;
import org.quantumhub.billing.Transfer;
import org.quantumhub.billing.TransferKind;
import org.quantumhub.billing.Wallet;
import org.quantumhub.billing.WalletRepository;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.Money;
import org.quantumhub.shared.ProblemCode;
import org.quantumhub.shared.service.Database;
import org.quantumhub.team.TeamCreated;

/// What teams have to spend.
@ApplicationScoped
public class Wallets {

    @Inject
    WalletRepository wallets;

    @Inject
    Ledger ledger;

    @Inject
    Database database;

    @Inject
    BillingConfig config;

    /// Opens a wallet for a new team, in the transaction that makes the team. The welcome credit is a person's, so it
    /// comes with the personal team only: further teams cost nothing to make.
    void open(@Observes TeamCreated team) {
        Money welcome = new Money(config.welcomeCredit(), Currency.getInstance(team.currency()));
        database.asRequest(connection -> {
            ledger.open(connection, team.teamId(), team.currency());
            if (team.personal() && welcome.isPositive()) {
                ledger.post(
                        connection,
                        List.of(new Transfer(
                                TransferKind.CREDIT, team.teamId(), Ids.next(), welcome, "Welcome credit")));
            }
            return team;
        });
    }

    @Transactional
    public Wallet of(Caller caller) {
        return wallets.find(caller.teamId())
                .orElseThrow(() -> new HubException(ProblemCode.NOT_FOUND, "The team has no wallet."));
    }
}
