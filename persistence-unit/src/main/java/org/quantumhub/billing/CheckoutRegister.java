package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.Money;

/// Writes which payments were begun at a gateway, on the connection of the caller's transaction.
@ApplicationScoped
public class CheckoutRegister {

    private static final String OPEN =
            "insert into hub.checkouts (id, team_id, bill_id, gateway, external_id, amount, currency)"
                    + " values (?, ?, ?, ?, ?, ?, ?) on conflict (external_id) do nothing";
    private static final String PAID = "update hub.checkouts set status = 'PAID', updated_at = now()"
            + " where external_id = ? and status <> 'PAID'";

    public void open(
            Connection connection,
            UUID id,
            UUID teamId,
            @Nullable UUID billId,
            String gateway,
            String externalId,
            Money amount)
            throws SQLException {
        BillStanding.execute(
                connection,
                OPEN,
                id,
                teamId,
                billId,
                gateway,
                externalId,
                amount.amount(),
                amount.currency().getCurrencyCode());
    }

    public void paid(Connection connection, String externalId) throws SQLException {
        BillStanding.execute(connection, PAID, externalId);
    }
}
