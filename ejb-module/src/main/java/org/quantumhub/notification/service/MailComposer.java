package org.quantumhub.notification.service;

import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Makes a message, plain text and HTML, from a template and its values. In HTML every value is escaped; a value with
/// a line end never reaches a header.
@ApplicationScoped
public class MailComposer {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Configuration templates = configuration();

    private static Configuration configuration() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(MailComposer.class, "");
        templates.setDefaultEncoding(UTF_8);
        templates.setLocale(Locale.ENGLISH);
        templates.setRecognizeStandardFileExtensions(true);
        templates.setLocalizedLookup(false);
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        // templates are our own and need no door into Java
        templates.setAPIBuiltinEnabled(false);
        templates.setNewBuiltinClassResolver(freemarker.core.TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        return templates;
    }

    /// @param id of the mail; its message id follows from it, so that a mail sent twice can be told
    public MimeMessage compose(
            Session session, UUID id, String from, String recipient, MailTemplate template, Map<String, String> values)
            throws MessagingException {
        String text = filled(template.file() + ".txt.ftl", values);
        int end = text.indexOf('\n');
        MimeMessage message = new Identified(session, id);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(RecipientType.TO, new InternetAddress(recipient, true));
        message.setSubject(text.substring(0, end).strip(), UTF_8);
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(text.substring(end + 1).strip() + "\n", "plain"));
        parts.addBodyPart(part(filled(template.file() + ".html.ftlh", values), "html"));
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String kind) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, kind);
        return part;
    }

    private String filled(String file, Map<String, String> values) {
        try {
            Template template = templates.getTemplate(file);
            StringWriter text = new StringWriter();
            template.process(values, text);
            return text.toString();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        } catch (TemplateException wrong) {
            throw new IllegalStateException("the template " + file + " lacks a value", wrong);
        }
    }

    private static final class Identified extends MimeMessage {

        private final UUID id;

        Identified(Session session, UUID id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@quantum-hub>");
        }
    }
}
