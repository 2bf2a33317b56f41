package org.quantumhub.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Bills whose time is over, on the connection of the caller's transaction.
@ApplicationScoped
public class Dunning {

    private static final String OVERDUE = """
            update hub.bills set payment_status = 'OVERDUE', updated_at = now(), version = version + 1
             where id = any (array (select id from hub.bills
                                     where payment_status in ('PENDING', 'PARTIALLY_PAID')
                                       and due_date < (now() at time zone 'UTC')::date
                                     order by due_date limit ? for update skip locked))
            """;
    private static final String REMIND = """
            update hub.bills b
               set dunning_level = n.level, updated_at = now(), version = b.version + 1
              from (select o.id, l.level
                      from hub.bills o
                     cross join lateral (select case when (now() at time zone 'UTC')::date - o.due_date >= 29 then 3
                                                     when (now() at time zone 'UTC')::date - o.due_date >= 15 then 2
                                                     else 1 end) as l (level)
                     where o.payment_status = 'OVERDUE' and o.dunning_level < l.level
                     order by o.due_date
                     limit ?
                       for update of o skip locked) n
             where b.id = n.id
            returning b.id, b.team_id, b.user_id, b.number, b.pending_amount, b.currency, b.due_date, b.dunning_level
            """;
    private static final String REMINDED =
            "insert into hub.bill_reminders (bill_id, level, team_id) values (?, ?, ?) on conflict do nothing";

    /// Marks bills as overdue whose due date has passed.
    ///
    /// @return how many
    public int markOverdue(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OVERDUE)) {
            statement.setInt(1, atMost);
            return statement.executeUpdate();
        }
    }

    /// Overdue bills whose payers are to be reminded now, each noted.
    public List<BillOverdue> remind(Connection connection, int atMost) throws SQLException {
        List<BillOverdue> reminders = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(REMIND)) {
            statement.setInt(1, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reminders.add(new BillOverdue(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getObject(3, UUID.class),
                            rows.getString(4),
                            rows.getBigDecimal(5),
                            rows.getString(6),
                            rows.getObject(7, LocalDate.class),
                            rows.getInt(8)));
                }
            }
        }
        for (BillOverdue reminder : reminders) {
            BillStanding.execute(connection, REMINDED, reminder.billId(), reminder.level(), reminder.teamId());
        }
        return reminders;
    }
}
