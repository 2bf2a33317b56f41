package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/// Takes a mail to the SMTP server, or puts it as a file into a folder when there is none.
@ApplicationScoped
public class MailCarrier {

    private static final String PATIENCE_MILLIS = "15000";

    @Inject
    MailConfig config;

    @Inject
    MailComposer composer;

    /// @throws MessagingException when the server did not take it
    /// @throws IOException when the file could not be written
    public void carry(UUID id, String recipient, MailTemplate template, Map<String, String> values)
            throws MessagingException, IOException {
        Session session = Session.getInstance(properties(), authenticator());
        MimeMessage message = composer.compose(session, id, config.from(), recipient, template, values);
        if (config.host().isPresent()) {
            Transport.send(message);
        } else {
            write(message, id, template);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        String protocol = config.tls() ? "smtps" : "smtp";
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty("mail.transport.protocol.rfc822", protocol);
        String prefix = "mail." + protocol + ".";
        config.host().ifPresent(host -> properties.setProperty(prefix + "host", host));
        properties.setProperty(prefix + "port", String.valueOf(config.port()));
        properties.setProperty(prefix + "auth", String.valueOf(config.user().isPresent()));
        properties.setProperty(prefix + "starttls.enable", String.valueOf(config.startTls()));
        properties.setProperty(prefix + "starttls.required", String.valueOf(config.startTls()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "connectiontimeout", PATIENCE_MILLIS);
        properties.setProperty(prefix + "timeout", PATIENCE_MILLIS);
        properties.setProperty(prefix + "writetimeout", PATIENCE_MILLIS);
        return properties;
    }

    private Authenticator authenticator() {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(config.user().orElse(""), config.password());
            }
        };
    }

    private void write(MimeMessage message, UUID id, MailTemplate template) throws IOException, MessagingException {
        Path folder = Files.createDirectories(config.folder());
        Path file = folder.resolve(id + "-" + template.file() + ".eml");
        Path draft = folder.resolve(id + ".part");
        try (OutputStream out = Files.newOutputStream(draft)) {
            message.writeTo(out);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
