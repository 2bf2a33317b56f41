package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.notification.MailOutbox;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.service.Database;
import org.quantumhub.shared.service.Seal;

/// Asks for mails. They are written in the running transaction and leave once it has been committed, if it is.
@ApplicationScoped
public class Mails {

    static final String PURPOSE = "mail";

    @Inject
    MailOutbox outbox;

    @Inject
    Database database;

    @Inject
    Seal seal;

    /// Writes a mail into the outbox, in the transaction of a request.
    ///
    /// @param userId whose account it is about, null for somebody without one
    /// @param values what the template asks for; escaped there
    @Transactional(TxType.MANDATORY)
    public void ask(MailTemplate template, @Nullable UUID userId, String recipient, Map<String, String> values) {
        database.asRequest(connection -> put(connection, template, userId, recipient, values));
    }

    /// The same on the connection of a transaction of the background.
    UUID put(
            Connection connection,
            MailTemplate template,
            @Nullable UUID userId,
            String recipient,
            Map<String, String> values)
            throws SQLException {
        UUID id = Ids.next();
        outbox.put(connection, id, userId, recipient, template.name(), seal.seal(PURPOSE, id.toString(), json(values)));
        return id;
    }

    private static byte[] json(Map<String, String> values) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        values.forEach(json::add);
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
