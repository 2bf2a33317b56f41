package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.quantumhub.notification.FeedReader.Told;
import org.quantumhub.notification.InboxRegister;
import org.quantumhub.notification.InboxRegister.Message;
import org.quantumhub.notification.InboxRegister.Recipient;
import org.quantumhub.notification.NotificationType;

/// Puts into words what owners and admins of a team are to be told in person: in the inbox, and by mail to those who
/// want
/// it so.
@ApplicationScoped
public class Notices {

    static final Set<String> TYPES = Set.of("secret.invalid", "bill.issued", "bill.overdue", "bill.paid");

    /// The topics on which there are mails, for everybody who has not said otherwise.
    static final Set<String> BY_MAIL = Set.of("secret.invalid", "bill.standing");

    @Inject
    InboxRegister inbox;

    @Inject
    Mails mails;

    @Inject
    MailConfig config;

    /// Part of the transaction that reads the feed: told once, or not at all.
    void tell(Connection connection, Told told) throws SQLException {
        Notice notice = words(told);
        inbox.tellAdmins(connection, told.teamId(), notice.message());
        boolean usual = BY_MAIL.contains(notice.message().topic());
        for (Recipient recipient :
                inbox.mailed(connection, told.teamId(), notice.message().topic(), usual)) {
            mails.put(
                    connection,
                    MailTemplate.NOTICE,
                    recipient.userId(),
                    recipient.email(),
                    Map.of(
                            "title", notice.message().title(),
                            "message", notice.message().text(),
                            "topic", notice.message().topic(),
                            "link", config.publicUrl() + notice.path()));
        }
    }

    /// @param path where to look, below the hub's address
    private record Notice(Message message, String path) {}

    private static Notice words(Told told) {
        JsonObject data = json(told.data());
        return switch (told.type()) {
            case "secret.invalid" ->
                new Notice(
                        new Message(
                                "Credentials refused",
                                "The team's credentials with " + data.getString("provider") + " are not valid. "
                                        + data.getString("reason", "")
                                        + " Jobs that need them wait until others are stored.",
                                NotificationType.SECURITY,
                                "secret.invalid"),
                        "/api/v1/teams/" + told.teamId() + "/secrets");
            case "bill.issued" -> {
                boolean note = data.getString("kind").equals("CREDIT_NOTE");
                yield bill(
                        note ? "New credit note" : "New bill",
                        (note ? "The credit note " : "The bill ") + data.getString("number") + " of "
                                + data.getString("total") + " " + data.getString("currency") + " was issued."
                                + (note || new BigDecimal(data.getString("due")).signum() <= 0
                                        ? ""
                                        : " " + data.getString("due") + " " + data.getString("currency")
                                                + " are to be paid until " + data.getString("dueDate") + "."),
                        data);
            }
            case "bill.overdue" ->
                bill(
                        "Bill overdue",
                        "Of the bill " + data.getString("number") + ", which was due on " + data.getString("dueDate")
                                + ", " + data.getString("pending") + " " + data.getString("currency")
                                + " are still to be paid.",
                        data);
            case "bill.paid" ->
                bill(
                        "Bill paid",
                        data.getString("amount") + " " + data.getString("currency")
                                + " came in; nothing is left to be paid of this bill.",
                        data);
            default -> throw new IllegalArgumentException(told.type());
        };
    }

    private static Notice bill(String title, String text, JsonObject data) {
        return new Notice(
                new Message(title, text, NotificationType.BILLING, "bill.standing"),
                "/api/v1/bills/" + data.getString("billId"));
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
